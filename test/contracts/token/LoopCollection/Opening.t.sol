// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {OPERATOR_ROLE} from "../../../../contracts/access/Roles.sol";
import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {IRecipeRegistry} from "../../../../contracts/interfaces/IRecipeRegistry.sol";
import {BatchStatus} from "../../../../contracts/types/BatchStatus.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

// open
// ├── when the caller is not an operator
// │   └── it reverts
// ├── when the recipient is zero
// │   └── it reverts
// ├── when the count is zero or above 5,000
// │   └── it reverts
// ├── when the conditions set a bit of the forge's
// │   └── it reverts
// ├── when the recipe was never registered
// │   └── it reverts
// ├── given the recipe is revoked
// │   └── it reverts
// ├── given minted and promised tokens leave too little of the supply
// │   └── it reverts
// ├── given an abandoned batch gave its promise back
// │   └── it opens up to the cap
// └── when everything is in order
//     ├── it gives the next number
//     ├── it stores recipient, count, recipe and block, and no root
//     ├── it promises the tokens and mints none
//     ├── it emits Opened
//     └── it writes two slots, the head and the counts
contract OpeningTest is LoopKit {
    function test_RevertWhen_CallerIsNotOperator() external {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, ADMIN, OPERATOR_ROLE)
        );
        vm.prank(ADMIN);
        collection.open(ALICE, RECIPE, 1, CONDITIONS);
    }

    function test_RevertWhen_RecipientIsZero() external {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(0)));
        _open(address(0), 1);
    }

    function test_RevertWhen_CountIsZero() external {
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionCountOutOfRange.selector, 0, 5_000));
        _open(ALICE, 0);
    }

    function testFuzz_RevertWhen_CountIsAboveTheCap(uint256 count) external {
        count = _bound(count, 5_001, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionCountOutOfRange.selector, count, 5_000));
        _open(ALICE, count);
    }

    function testFuzz_RevertWhen_ConditionsHoldAGeneration(bytes32 conditions, uint256 generation) external {
        generation = _bound(generation, 1, 15);
        conditions = (conditions & ~bytes32(uint256(0xf0))) | bytes32(generation << 4);
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionGenerationForbidden.selector, conditions));
        vm.prank(OPERATOR);
        collection.open(ALICE, RECIPE, 1, conditions);
    }

    function testFuzz_RevertWhen_RecipeIsUnknown(bytes32 recipe) external {
        vm.assume(recipe != RECIPE);
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryUnknown.selector, recipe));
        vm.prank(OPERATOR);
        collection.open(ALICE, recipe, 1, CONDITIONS);
    }

    function test_RevertGiven_RecipeIsRevoked() external {
        _revokeRecipe();
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryRevoked.selector, RECIPE));
        _open(ALICE, 1);
    }

    function test_RevertGiven_SupplyIsSpoken() external {
        _liftTheDailyLimit();
        _mint(ALICE, 5_000);
        for (uint256 i = 0; i < 2; ++i) _open(ALICE, 5_000);
        _open(ALICE, 4_990);

        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionSupplyExceeded.selector, 11, 10));
        _open(ALICE, 11);
        _open(ALICE, 10);
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionSupplyExceeded.selector, 1, 0));
        _open(ALICE, 1);
    }

    function test_BurningGivesNothingBackToTheSupply() external {
        _liftTheDailyLimit();
        _mint(ALICE, 5_000);
        for (uint256 i = 0; i < 3; ++i) _open(ALICE, 5_000);
        vm.prank(ALICE);
        collection.burn(_id(1, 0));

        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionSupplyExceeded.selector, 1, 0));
        _open(ALICE, 1);
    }

    function test_AbandoningGivesThePromiseBack() external {
        _liftTheDailyLimit();
        for (uint256 i = 0; i < 4; ++i) _open(ALICE, 5_000);
        vm.roll(collection.sealDeadline(1) + 1);
        collection.abandon(1);

        vm.assertEq(_open(ALICE, 5_000), 5, "the freed supply can be opened again");
    }

    function testFuzz_StoresTheBatch(address to, uint256 count, uint256 blockNumber) external {
        vm.assume(to != address(0));
        count = _bound(count, 1, 5_000);
        blockNumber = _bound(blockNumber, 1, type(uint40).max - SEED_DELAY - SEAL_WINDOW);
        vm.roll(blockNumber);

        uint256 batch = _open(to, count);
        ILoopCollection.Batch memory info = collection.batchOf(batch);

        vm.assertEq(batch, 1, "first batch");
        vm.assertEq(info.to, to, "recipient");
        vm.assertTrue(info.status == BatchStatus.Open, "status");
        vm.assertEq(info.count, count, "count");
        vm.assertEq(info.openBlock, blockNumber, "block");
        vm.assertEq(info.sealOrdinal, 0, "no ordinal yet");
        vm.assertEq(info.recipe, 1, "recipe number");
        vm.assertEq(info.root, bytes32(0), "no root yet");
        vm.assertEq(info.generation, 0, "generation");
        vm.assertEq(info.parents, 0, "parents");
        vm.assertEq(collection.seedBlock(batch), blockNumber + SEED_DELAY, "seed block");
        vm.assertEq(collection.sealDeadline(batch), blockNumber + SEED_DELAY + SEAL_WINDOW, "deadline");
    }

    function test_PromisesAndMintsNothing() external {
        _open(ALICE, 7);
        _open(BOB, 5);
        ILoopCollection.Counts memory counts = collection.totals();

        vm.assertEq(counts.batches, 2, "batches");
        vm.assertEq(counts.reserved, 12, "reserved");
        vm.assertEq(counts.minted, 0, "minted");
        vm.assertEq(counts.seals, 0, "seals");
        vm.assertEq(collection.balanceOf(ALICE), 0, "no balance before the seal");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, _id(1, 0)));
        collection.ownerOf(_id(1, 0));
    }

    function test_EmitsOpened() external {
        vm.expectEmit(address(collection));
        emit ILoopCollection.Opened(1, RECIPE, ALICE, 12, CONDITIONS);
        _open(ALICE, 12);
    }

    function test_WritesTwoSlots() external {
        vm.record();
        _open(ALICE, 12);
        (, bytes32[] memory writes) = vm.accesses(address(collection));

        vm.assertEq(writes.length, 2, "the head and the counts");
    }

    /// @dev So that the supply cap is what is met.
    function _liftTheDailyLimit() private {
        vm.prank(PARAMETERS);
        collection.setWorksPerDay(2 * MAX_SUPPLY);
    }
}
