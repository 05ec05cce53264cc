// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {BatchStatus} from "../../../../contracts/types/BatchStatus.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

// abandon
// ├── given the batch was never opened, is sealed, or is abandoned already
// │   └── it reverts with the status
// ├── when the block is in the window, its last block included
// │   └── it reverts
// ├── when the block is past the window
// │   ├── it abandons for anyone and emits Abandoned
// │   ├── it counts the batch and gives the promise back
// │   ├── it keeps recipient, count, recipe and block, so the works can be rebuilt
// │   └── it leaves no token behind
// └── given the recipe was revoked
//     └── it abandons all the same
contract AbandoningTest is LoopKit {
    function testFuzz_RevertGiven_BatchWasNeverOpened(uint256 batch) external {
        _expectNotOpen(batch, BatchStatus.None);
        collection.abandon(batch);
    }

    function test_RevertGiven_BatchIsSealed() external {
        uint256 batch = _mint(ALICE, 1);
        vm.roll(START + 100_000);

        _expectNotOpen(batch, BatchStatus.Sealed);
        collection.abandon(batch);
    }

    function test_RevertGiven_BatchIsAbandoned() external {
        uint256 batch = _abandoned(3);

        _expectNotOpen(batch, BatchStatus.Abandoned);
        collection.abandon(batch);
    }

    function testFuzz_RevertWhen_WindowIsOpen(uint256 blockNumber) external {
        uint256 batch = _open(ALICE, 1);
        uint256 last = collection.sealDeadline(batch);
        vm.roll(_bound(blockNumber, START, last));

        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionAbandonTooEarly.selector, batch, last));
        collection.abandon(batch);
    }

    function test_WindowEndsToTheBlock() external {
        uint256 batch = _open(ALICE, 1);
        uint256 last = collection.sealDeadline(batch);

        vm.roll(last);
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionAbandonTooEarly.selector, batch, last));
        collection.abandon(batch);

        vm.roll(last + 1);
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionSealTooLate.selector, batch, last));
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), bytes32("hash"));
        collection.abandon(batch);
        vm.assertTrue(collection.batchOf(batch).status == BatchStatus.Abandoned, "abandoned in the next block");
    }

    function testFuzz_AbandonsForAnyone(address caller, uint256 blockNumber) external {
        uint256 batch = _open(ALICE, 1);
        vm.roll(_bound(blockNumber, collection.sealDeadline(batch) + 1, type(uint64).max));

        vm.expectEmit(address(collection));
        emit ILoopCollection.Abandoned(batch, caller);
        vm.prank(caller);
        collection.abandon(batch);
    }

    function test_CountsAndGivesThePromiseBack() external {
        _open(BOB, 5);
        _abandoned(3);
        ILoopCollection.Counts memory counts = collection.totals();

        vm.assertEq(counts.batches, 2, "batches");
        vm.assertEq(counts.abandoned, 1, "abandoned");
        vm.assertEq(counts.seals, 0, "seals");
        vm.assertEq(counts.reserved, 5, "reserved");
        vm.assertEq(counts.minted, 0, "minted");
    }

    function test_KeepsWhatRebuildingNeeds() external {
        uint256 batch = _abandoned(3);
        ILoopCollection.Batch memory info = collection.batchOf(batch);

        vm.assertTrue(info.status == BatchStatus.Abandoned, "status");
        vm.assertEq(info.to, ALICE, "recipient");
        vm.assertEq(info.count, 3, "count");
        vm.assertEq(info.recipe, 1, "recipe");
        vm.assertEq(info.openBlock, START, "block");
        vm.assertEq(info.root, bytes32(0), "root");
        vm.assertEq(collection.seedBlock(batch), START + SEED_DELAY, "seed block");
    }

    function test_LeavesNoTokenBehind() external {
        uint256 batch = _abandoned(3);

        vm.assertEq(collection.balanceOf(ALICE), 0, "balance");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, _id(batch, 0)));
        collection.ownerOf(_id(batch, 0));
    }

    function test_AbandonsGivenRecipeIsRevoked() external {
        _revokeRecipeAfterOpening();

        vm.assertTrue(collection.batchOf(1).status == BatchStatus.Abandoned, "status");
    }

    function _revokeRecipeAfterOpening() private {
        uint256 batch = _open(ALICE, 1);
        _revokeRecipe();
        vm.roll(collection.sealDeadline(batch) + 1);
        collection.abandon(batch);
    }

    function _abandoned(uint256 count) private returns (uint256 batch) {
        batch = _open(ALICE, count);
        vm.roll(collection.sealDeadline(batch) + 1);
        collection.abandon(batch);
    }

    function _expectNotOpen(uint256 batch, BatchStatus status) private {
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionBatchNotOpen.selector, batch, status));
    }
}
