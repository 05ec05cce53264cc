// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {OPERATOR_ROLE} from "../../../contracts/access/Roles.sol";
import {ICollectionRoyalty} from "../../../contracts/interfaces/ICollectionRoyalty.sol";
import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";
import {BatchStatus} from "../../../contracts/types/BatchStatus.sol";
import {LoopKit} from "../kit/LoopKit.sol";

// setRoyalty
// ├── when the receiver is zero, or the royalty is above 10 %
// │   └── it reverts
// └── it moves the royalty of every batch that has none of its own, and emits RoyaltyChanged
// offerRoyalty
// ├── when the receiver is zero, or the royalty is above 10 %
// │   └── it reverts
// └── it offers that very pair, or withdraws it, and emits RoyaltyOffered
// openWithRoyalty
// ├── when the pair is not offered, or no longer
// │   └── it reverts
// ├── when the receiver is zero, or the royalty is above 10 %
// │   └── it reverts
// ├── when the caller is not the operator, or anything else is wrong as in open
// │   └── it reverts
// └── when everything is in order
//     ├── it opens the batch as open does, and emits BatchRoyaltyFixed
//     ├── it writes one slot more than open
//     └── the batch keeps its royalty for ever: through sealing, another default and a withdrawn offer
// royaltyInfo
// ├── it is floor(price * bps / 10,000) for every price there is, and never above the price
// └── it answers for every token, existing or not
contract CollectionRoyaltyTest is LoopKit {
    /* THE COLLECTION'S */

    function testFuzz_RevertWhen_SetTooHigh(address receiver, uint256 bps) external {
        vm.assume(receiver != address(0));
        bps = _bound(bps, 1_001, type(uint256).max);
        _expectTooHigh(bps);
        _set(receiver, bps);
        _expectTooHigh(bps);
        _offer(receiver, bps, true);
        _expectTooHigh(bps);
        collection.isRoyaltyOffered(receiver, bps);
        _expectTooHigh(bps);
        _openWith(receiver, bps);
    }

    function testFuzz_RevertWhen_ReceiverIsZero(uint256 bps) external {
        bps = _bound(bps, 0, 1_000);
        _expectMissing();
        _set(address(0), bps);
        _expectMissing();
        _offer(address(0), bps, true);
        _expectMissing();
        collection.isRoyaltyOffered(address(0), bps);
        _expectMissing();
        _openWith(address(0), bps);
    }

    function testFuzz_MovesTheCollections(address receiver, uint256 bps, uint256 tokenId, uint256 price) external {
        vm.assume(receiver != address(0));
        bps = _bound(bps, 0, 1_000);
        vm.expectEmit(address(collection));
        emit ICollectionRoyalty.RoyaltyChanged(receiver, bps);
        _set(receiver, bps);

        _checkInfo(tokenId, price, receiver, bps);
    }

    /* OFFERS */

    function testFuzz_OffersThatPairOnly(address receiver, uint256 bps, address other, uint256 otherBps) external {
        vm.assume(receiver != address(0) && other != address(0));
        bps = _bound(bps, 0, 1_000);
        otherBps = _bound(otherBps, 0, 1_000);
        vm.expectEmit(address(collection));
        emit ICollectionRoyalty.RoyaltyOffered(receiver, bps, true);
        _offer(receiver, bps, true);

        vm.assertTrue(collection.isRoyaltyOffered(receiver, bps), "offered");
        bool same = other == receiver && otherBps == bps;
        vm.assertTrue(collection.isRoyaltyOffered(other, otherBps) == same, "no other pair");
        vm.assertTrue(collection.isRoyaltyOffered(other, bps) == (other == receiver), "nor another receiver");
        vm.assertTrue(collection.isRoyaltyOffered(receiver, otherBps) == (otherBps == bps), "nor another share");
    }

    function test_WithdrawsAnOffer() external {
        _offer(BOB, 250, true);
        vm.expectEmit(address(collection));
        emit ICollectionRoyalty.RoyaltyOffered(BOB, 250, false);
        _offer(BOB, 250, false);

        vm.assertTrue(!collection.isRoyaltyOffered(BOB, 250), "withdrawn");
        _expectNotOffered(BOB, 250);
        _openWith(BOB, 250);
    }

    /* A BATCH'S OWN */

    function testFuzz_RevertWhen_NotOffered(address receiver, uint256 bps) external {
        vm.assume(receiver != address(0));
        bps = _bound(bps, 0, 1_000);
        _expectNotOffered(receiver, bps);
        _openWith(receiver, bps);
        vm.assertEq(collection.totals().batches, 0, "nothing was opened");
    }

    function test_TheCollectionsOwnIsNoOffer() external {
        _expectNotOffered(TREASURY, 500);
        _openWith(TREASURY, 500);
    }

    function testFuzz_RevertWhen_CallerIsNotOperator(address caller) external {
        vm.assume(caller != OPERATOR);
        _offer(BOB, 250, true);
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, caller, OPERATOR_ROLE)
        );
        vm.prank(caller);
        collection.openWithRoyalty(ALICE, RECIPE, 5, CONDITIONS, BOB, 250);
    }

    function test_RevertWhen_AnythingElseIsWrongAsInOpen() external {
        _offer(BOB, 250, true);
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionCountOutOfRange.selector, 5_001, 5_000));
        vm.prank(OPERATOR);
        collection.openWithRoyalty(ALICE, RECIPE, 5_001, CONDITIONS, BOB, 250);
        _revokeRecipe();
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryRevoked.selector, RECIPE));
        _openWith(BOB, 250);
    }

    function testFuzz_OpensAsOpenDoes(address receiver, uint256 bps) external {
        vm.assume(receiver != address(0));
        bps = _bound(bps, 0, 1_000);
        _offer(receiver, bps, true);
        vm.expectEmit(address(collection));
        emit ILoopCollection.Opened(1, RECIPE, ALICE, 5, CONDITIONS);
        vm.expectEmit(address(collection));
        emit ICollectionRoyalty.BatchRoyaltyFixed(1, receiver, bps);
        uint256 batch = _openWith(receiver, bps);
        ILoopCollection.Batch memory info = collection.batchOf(batch);

        vm.assertEq(batch, 1, "batch");
        vm.assertEq(info.to, ALICE, "recipient");
        vm.assertEq(info.count, 5, "count");
        vm.assertEq(info.recipe, 1, "recipe");
        vm.assertTrue(info.status == BatchStatus.Open, "open");
        vm.assertEq(collection.totals().reserved, 5, "promised");
    }

    function test_WritesOneSlotMoreThanOpen() external {
        _offer(BOB, 250, true);
        vm.record();
        _openWith(BOB, 250);
        (, bytes32[] memory writes) = vm.accesses(address(collection));
        vm.assertEq(writes.length, 3, "the head, the counts and the royalty");
    }

    function testFuzz_IsFixedForEver(address receiver, uint256 bps, uint256 price) external {
        vm.assume(receiver != address(0));
        bps = _bound(bps, 0, 1_000);
        _offer(receiver, bps, true);
        _open(ALICE, 5);
        uint256 batch = _openWith(receiver, bps);
        _open(ALICE, 5);
        _checkInfo(_id(batch, 4), price, receiver, bps);

        _seal(batch);
        _offer(receiver, bps, false);
        _set(CAROL, 777);
        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, _id(batch, 4));
        vm.prank(BOB);
        collection.burn(_id(batch, 4));

        _checkInfo(_id(batch, 0), price, receiver, bps);
        _checkInfo(_id(batch, 4), price, receiver, bps);
        _checkInfo(_id(batch, 999_999), price, receiver, bps);
        _checkInfo(_id(batch - 1, 999_999), price, CAROL, 777); // the neighbours have the collection's
        _checkInfo(_id(batch + 1, 0), price, CAROL, 777);
    }

    /* ASKING */

    function testFuzz_IsNeverAboveThePrice(uint256 tokenId, uint256 price) external {
        _set(BOB, 1_000);
        (, uint256 amount) = collection.royaltyInfo(tokenId, price);
        vm.assertEq(amount, price / 10, "a tenth, rounded down");
    }

    function test_TheHighestPriceAndTheLowest() external view {
        _checkInfo(_id(1, 0), 0, TREASURY, 500);
        _checkInfo(_id(1, 0), 19, TREASURY, 500); // 0.95 is nothing
        _checkInfo(_id(1, 0), 20, TREASURY, 500);
        _checkInfo(type(uint256).max, type(uint256).max, TREASURY, 500);
        (, uint256 amount) = collection.royaltyInfo(0, type(uint256).max);
        vm.assertEq(amount, type(uint256).max / 20, "a twentieth of everything");
    }

    /* HELPERS */

    function _set(address receiver, uint256 bps) private {
        vm.prank(PARAMETERS);
        collection.setRoyalty(receiver, bps);
    }

    function _offer(address receiver, uint256 bps, bool offered) private {
        vm.prank(PARAMETERS);
        collection.offerRoyalty(receiver, bps, offered);
    }

    function _openWith(address receiver, uint256 bps) private returns (uint256) {
        vm.prank(OPERATOR);
        return collection.openWithRoyalty(ALICE, RECIPE, 5, CONDITIONS, receiver, bps);
    }

    /// @dev The amount is looked at from below and above, where price * bps would not fit.
    function _checkInfo(uint256 tokenId, uint256 price, address receiver, uint256 bps) private view {
        (address answered, uint256 amount) = collection.royaltyInfo(tokenId, price);
        vm.assertEq(answered, receiver, "receiver");
        if (price <= type(uint256).max / 10_000) {
            vm.assertEq(amount, (price * bps) / 10_000, "amount");
        } else {
            uint256 rest = price % 10_000;
            vm.assertEq(amount - (rest * bps) / 10_000, ((price - rest) / 10_000) * bps, "amount");
        }
    }

    function _expectTooHigh(uint256 bps) private {
        vm.expectRevert(abi.encodeWithSelector(ICollectionRoyalty.CollectionRoyaltyTooHigh.selector, bps, 1_000));
    }

    function _expectMissing() private {
        vm.expectRevert(abi.encodeWithSelector(ICollectionRoyalty.CollectionRoyaltyReceiverMissing.selector));
    }

    function _expectNotOffered(address receiver, uint256 bps) private {
        vm.expectRevert(abi.encodeWithSelector(ICollectionRoyalty.CollectionRoyaltyNotOffered.selector, receiver, bps));
    }
}
