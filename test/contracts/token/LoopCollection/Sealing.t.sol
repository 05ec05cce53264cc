// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {IRecipeRegistry} from "../../../../contracts/interfaces/IRecipeRegistry.sol";
import {BatchStatus} from "../../../../contracts/types/BatchStatus.sol";
import {Vm} from "../../kit/Vm.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

// seal
// ├── when the caller is not an operator
// │   └── it reverts
// ├── given the batch was never opened, is sealed already, or is abandoned
// │   └── it reverts with the status
// ├── when the root is zero
// │   └── it reverts
// ├── given the recipe was revoked after the opening
// │   └── it reverts
// └── when everything is in order
//     ├── it keeps the root and the next ordinal
//     ├── it moves the promise to the minted
//     ├── it counts the balance
//     ├── it emits Sealed, then one Transfer for each token in order, and nothing else
//     ├── it gives every token to the recipient, and no token beyond the count
//     └── it does not call a recipient contract back
contract SealingTest is LoopKit {
    function test_RevertWhen_CallerIsNotOperator() external {
        uint256 batch = _open(ALICE, 1);
        bytes32 blockHash = _seed(batch);

        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessControl.AccessControlUnauthorizedAccount.selector,
                ALICE,
                keccak256("OPERATOR_ROLE")
            )
        );
        vm.prank(ALICE);
        collection.seal(batch, _rootOf(batch), blockHash);
    }

    function testFuzz_RevertGiven_BatchWasNeverOpened(uint256 batch) external {
        _expectNotOpen(batch, BatchStatus.None);
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), bytes32("hash"));
    }

    function test_RevertGiven_BatchIsSealed() external {
        uint256 batch = _open(ALICE, 1);
        bytes32 blockHash = _seed(batch);
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), blockHash);

        _expectNotOpen(batch, BatchStatus.Sealed);
        vm.prank(OPERATOR);
        collection.seal(batch, keccak256("another root"), blockHash);
    }

    function test_RevertGiven_BatchIsAbandoned() external {
        uint256 batch = _open(ALICE, 1);
        vm.roll(collection.sealDeadline(batch) + 1);
        collection.abandon(batch);

        _expectNotOpen(batch, BatchStatus.Abandoned);
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), bytes32("hash"));
    }

    function test_RevertWhen_RootIsZero() external {
        uint256 batch = _open(ALICE, 1);
        bytes32 blockHash = _seed(batch);

        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionRootMissing.selector, batch));
        vm.prank(OPERATOR);
        collection.seal(batch, bytes32(0), blockHash);
    }

    function test_RevertGiven_RecipeWasRevokedInBetween() external {
        uint256 batch = _open(ALICE, 1);
        bytes32 blockHash = _seed(batch);
        _revokeRecipe();

        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryRevoked.selector, RECIPE));
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), blockHash);
    }

    function testFuzz_KeepsTheRootAndTheOrdinal(uint256 first, uint256 second) external {
        first = _bound(first, 1, 40);
        second = _bound(second, 1, 40);
        uint256 older = _open(ALICE, first);
        uint256 newer = _open(BOB, second);
        _seal(newer); // batches may be sealed in any order: the ordinal counts seals, not openings
        _seal(older);
        ILoopCollection.Batch memory info = collection.batchOf(older);

        vm.assertTrue(info.status == BatchStatus.Sealed, "status");
        vm.assertEq(info.sealOrdinal, 2, "sealed second");
        vm.assertEq(collection.batchOf(newer).sealOrdinal, 1, "sealed first");
        vm.assertEq(info.openBlock, 0, "the block gave its bits to the ordinal");
        vm.assertEq(info.root, _rootOf(older), "root");
        vm.assertEq(info.to, ALICE, "recipient");
        vm.assertEq(info.count, first, "count");
        vm.assertEq(info.recipe, 1, "recipe");
    }

    function test_MovesThePromiseToTheMinted() external {
        uint256 batch = _open(ALICE, 7);
        _open(BOB, 5);
        _seal(batch);
        ILoopCollection.Counts memory counts = collection.totals();

        vm.assertEq(counts.batches, 2, "batches");
        vm.assertEq(counts.seals, 1, "seals");
        vm.assertEq(counts.minted, 7, "minted");
        vm.assertEq(counts.reserved, 5, "reserved");
        vm.assertEq(collection.balanceOf(ALICE), 7, "balance");
    }

    function test_EmitsSealedAndOneTransferForEachToken() external {
        uint256 batch = _open(ALICE, 30);
        bytes32 blockHash = _seed(batch);

        vm.recordLogs();
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), blockHash);
        Vm.Log[] memory logs = vm.getRecordedLogs();

        vm.assertEq(logs.length, 31, "one Sealed and thirty Transfers");
        vm.assertEq(logs[0].topics[0], ILoopCollection.Sealed.selector, "Sealed");
        vm.assertEq(uint256(logs[0].topics[1]), batch, "batch");
        vm.assertEq(logs[0].topics[2], RECIPE, "recipe");
        vm.assertEq(logs[0].data, abi.encode(_rootOf(batch), blockHash, 1), "root, hash and ordinal");
        for (uint256 i = 0; i < 30; ++i) {
            Vm.Log memory log = logs[i + 1];
            vm.assertEq(log.emitter, address(collection), "emitter");
            vm.assertEq(log.topics[0], IERC721.Transfer.selector, "Transfer");
            vm.assertEq(uint256(log.topics[1]), 0, "from nobody");
            vm.assertEq(uint256(log.topics[2]), uint160(ALICE), "to the recipient");
            vm.assertEq(uint256(log.topics[3]), _id(batch, i), "token");
            vm.assertEq(log.data.length, 0, "no data");
        }
    }

    function testFuzz_GivesEveryTokenAndNoneBeyond(uint256 count, uint256 index) external {
        count = _bound(count, 1, 300); // gas.test.ts seals 5,000
        index = _bound(index, 0, 2 * count);
        uint256 batch = _mint(ALICE, count);

        (bool exists, bytes memory answer) = address(collection).staticcall(
            abi.encodeCall(collection.ownerOf, (_id(batch, index)))
        );
        vm.assertTrue(exists == index < count, "exists up to the count");
        if (exists) vm.assertEq(abi.decode(answer, (address)), ALICE, "owner");
    }

    function test_DoesNotCallARecipientContractBack() external {
        Trap trap = new Trap();
        uint256 batch = _mint(address(trap), 3);

        vm.assertEq(collection.ownerOf(_id(batch, 2)), address(trap), "minted without a callback");
    }

    function _expectNotOpen(uint256 batch, BatchStatus status) private {
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionBatchNotOpen.selector, batch, status));
    }
}

/// @dev Reverts on every call.
contract Trap {
    fallback() external {
        revert("called back");
    }
}
