// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {PARAMETER_ROLE} from "../../../contracts/access/Roles.sol";
import {ICollectionRoyalty} from "../../../contracts/interfaces/ICollectionRoyalty.sol";
import {ICreatorToken} from "../../../contracts/interfaces/ICreatorToken.sol";
import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {ILoopRoles} from "../../../contracts/interfaces/ILoopRoles.sol";
import {IParameterController} from "../../../contracts/interfaces/IParameterController.sol";
import {ITermsInForce} from "../../../contracts/interfaces/ITermsInForce.sol";
import {ControllerKit} from "../kit/ControllerKit.sol";
import {PickyValidator} from "../mocks/PickyValidator.sol";

// constructor
// ├── when limits are not ordered, beyond the cap, without delay or window, or would burn one work
// │   └── it reverts
// ├── when a value is out of its limits, or nobody receives royalties
// │   └── it reverts
// └── it keeps everything as its own, and says so
// takeOffice
// ├── when the job was not offered
// │   └── it reverts
// └── it puts every slot in force, and an open forge too
// govern
// ├── when there are no reasons, or it is out of bounds
// │   └── it reverts
// └── it goes anywhere within the bounds, frozen, expired and unobserved, and spends nothing
// setLimits
// ├── given the value is outside of the new ones
// │   └── it moves to the nearest, at once, in the collection too
// └── what was spent stays spent
// what the collection hears
// ├── royalty, to the receiver; a new receiver
// ├── burn count: the forge's, zero closes it, and it opens again
// ├── guard, odds, cadence: terms in force, in an open forge too
// └── offers, the daily limit, forge terms
// setTransferValidator
// ├── given it would keep a holder from wrapping or unwrapping
// │   └── it reverts
// ├── given it has no code
// │   └── the collection refuses it
// └── others are named, and nobody
contract ParameterControllerDaoTest is ControllerKit {
    bytes32 private constant CHILD = keccak256("recipe of children");

    /* CONSTRUCTION */

    function test_RevertWhen_LimitsAreNone() external {
        for (uint256 i = 0; i < SLOTS; ++i) {
            IParameterController.Slot slot = IParameterController.Slot(i);
            IParameterController.Limits memory limits = _limitsOf(slot);
            uint64 cap = controller.slotOf(slot).cap;
            for (uint256 wrong = 0; wrong < 4; ++wrong) {
                IParameterController.Limits memory other = abi.decode(
                    abi.encode(limits),
                    (IParameterController.Limits)
                );
                if (wrong == 0) (other.low, other.high) = (5, 4);
                if (wrong == 1) other.high = cap + 1;
                if (wrong == 2) other.delay = 0;
                if (wrong == 3) other.window = 0;
                _refuseLimits(slot, other);
            }
            limits.high = cap;
            _setLimits(slot, limits);
        }
    }

    function test_RevertWhen_LimitsWouldBurnOneWork() external {
        _refuseLimits(BURN_COUNT, IParameterController.Limits(1, 6, 1, 2, 1, 1));
        _refuseLimits(BURN_COUNT, IParameterController.Limits(0, 1, 1, 2, 1, 1));
    }

    function _refuseLimits(IParameterController.Slot slot, IParameterController.Limits memory limits) private {
        bytes memory refusal = abi.encodeWithSelector(
            IParameterController.ParameterControllerInvalidLimits.selector,
            slot,
            limits
        );
        vm.expectRevert(refusal);
        _setLimits(slot, limits);

        IParameterController.Settings memory settings = _controllerSettings();
        settings.limits[uint256(slot)] = limits;
        vm.expectRevert(refusal);
        this.deploy(settings);
    }

    function test_RevertWhen_AValueIsOutOfItsLimits() external {
        IParameterController.Settings memory settings = _controllerSettings();
        settings.values[4] = 7_001;
        bytes4 refused = IParameterController.ParameterControllerOutOfBounds.selector;
        vm.expectRevert(abi.encodeWithSelector(refused, GUARD, 7_001, 4_000, 7_000));
        this.deploy(settings);
    }

    function test_RevertWhen_NobodyReceivesRoyalties() external {
        IParameterController.Settings memory settings = _controllerSettings();
        settings.royaltyReceiver = address(0);
        vm.expectRevert(abi.encodeWithSelector(IParameterController.ParameterControllerReceiverMissing.selector));
        this.deploy(settings);
        vm.expectRevert(abi.encodeWithSelector(IParameterController.ParameterControllerReceiverMissing.selector));
        vm.prank(ADMIN);
        controller.setRoyaltyReceiver(address(0));
    }

    /// @dev Through a call, because an expected revert is that of the next one.
    function deploy(IParameterController.Settings calldata settings) external {
        _deploy("ParameterController", abi.encode(settings));
    }

    function test_KeepsEverything() external view {
        IParameterController.Settings memory settings = _controllerSettings();
        uint64[6] memory caps = [uint64(1_000), 15, 100_000_000_000, 31_536_000, 10_000, 30_000];
        for (uint256 i = 0; i < SLOTS; ++i) {
            IParameterController.SlotInfo memory info = controller.slotOf(IParameterController.Slot(i));
            vm.assertEq(info.value, settings.values[i], "value");
            vm.assertEq(abi.encode(info.limits), abi.encode(settings.limits[i]), "limits");
            vm.assertEq(info.cap, caps[i], "cap");
            vm.assertEq(info.spent, 0, "nothing spent");
            vm.assertEq(info.movedAt, 0, "never moved");
        }
        vm.assertEq(controller.royaltyReceiver(), TREASURY, "receiver");
        vm.assertEq(controller.grantExpiry(), EXPIRY, "grant");
        vm.assertEq(abi.encode(controller.breaker()), abi.encode(settings.breaker), "breaker");
        vm.assertEq(address(controller.COLLECTION()), address(collection), "collection");
        vm.assertEq(controller.WRAPPER(), WRAPPER, "wrapper");
    }

    /* OFFICE */

    function test_RevertGiven_TheJobWasNotOffered() external {
        vm.expectRevert(
            abi.encodeWithSelector(ILoopRoles.LoopRolesNotOffered.selector, PARAMETER_ROLE, address(controller))
        );
        controller.takeOffice();
    }

    function test_PutsEverySlotInForce() external {
        _openForge();
        IParameterController.Settings memory settings = _controllerSettings();
        settings.values = [uint64(700), 5, 7, 2 days, 4_500, 12_000];
        IParameterController next = IParameterController(_deploy("ParameterController", abi.encode(settings)));
        vm.prank(ADMIN);
        IAccessControl(address(registry)).grantRole(PARAMETER_ROLE, address(next));
        vm.prank(STRANGER);
        next.takeOffice();

        controller = next;
        _assertInForce();
    }

    /// @dev What the collection has is what the slots say.
    function _assertInForce() private view {
        (address receiver, uint256 amount) = collection.royaltyInfo(0, 10_000);
        vm.assertEq(receiver, controller.royaltyReceiver(), "receiver");
        vm.assertEq(amount, controller.valueOf(ROYALTY), "royalty");
        ITermsInForce.TermsInForce memory terms = collection.termsInForce();
        vm.assertTrue(terms.isSet, "set");
        vm.assertEq(terms.guardThreshold, controller.valueOf(GUARD), "guard");
        vm.assertEq(terms.oddsSensitivity, controller.valueOf(ODDS), "odds");
        vm.assertEq(terms.cadence, controller.valueOf(CADENCE), "cadence");
        ILoopCollection.ForgeTerms memory forge = collection.forgeTerms();
        vm.assertEq(forge.recipe, CHILD, "forge's recipe");
        vm.assertEq(forge.parents, controller.valueOf(BURN_COUNT), "forge's parents");
        vm.assertEq(forge.conditions, _conditions(), "forge's conditions");
    }

    function _openForge() private {
        vm.prank(ADMIN);
        controller.setForge(CHILD, CONDITIONS);
    }

    /* GOVERNING */

    function test_RevertWhen_ReasonsAreMissing() external {
        vm.expectRevert(abi.encodeWithSelector(IParameterController.ParameterControllerReasonsMissing.selector));
        vm.prank(ADMIN);
        controller.govern(ROYALTY, 600, bytes32(0));
    }

    function testFuzz_GoesAnywhereWithinTheBounds(uint256 pick, uint256 to) external {
        IParameterController.Slot slot = IParameterController.Slot(pick % SLOTS);
        IParameterController.Limits memory limits = _limitsOf(slot);
        uint256 from = controller.valueOf(slot);
        to = _bound(to, limits.low, limits.high);
        if (to == from) to = from - 1;
        _openForge();
        _freeze();
        vm.warp(EXPIRY + 1); // nor is there a round that is young enough

        vm.expectEmit(address(controller));
        emit IParameterController.ParameterChanged(slot, ADMIN, from, to, REASONS);
        _govern(slot, to);
        _assertInForce();
        vm.assertEq(controller.slotOf(slot).spent, 0, "spends nothing");
        vm.assertEq(controller.slotOf(slot).movedAt, 0, "the steward never moved");
    }

    function testFuzz_RevertWhen_GoverningOutOfBounds(uint256 pick, uint64 value) external {
        IParameterController.Slot slot = IParameterController.Slot(pick % SLOTS);
        IParameterController.Limits memory limits = _limitsOf(slot);
        vm.assume(value < limits.low || value > limits.high);

        bytes4 refused = IParameterController.ParameterControllerOutOfBounds.selector;
        vm.expectRevert(abi.encodeWithSelector(refused, slot, value, limits.low, limits.high));
        _govern(slot, value);
    }

    /* LIMITS */

    function testFuzz_NewBoundsMoveTheValueAtOnce(uint256 pick, uint256 low, uint256 high) external {
        IParameterController.Slot slot = IParameterController.Slot(pick % SLOTS);
        IParameterController.Limits memory limits = _limitsOf(slot);
        uint256 least = slot == BURN_COUNT ? 2 : 0;
        high = _bound(high, least, controller.slotOf(slot).cap);
        low = _bound(low, least, high);
        (limits.low, limits.high) = (uint64(low), uint64(high));
        uint256 value = controller.valueOf(slot);
        uint256 nearest = value < low ? low : (value > high ? high : value);
        _openForge();

        if (nearest != value) {
            vm.expectEmit(address(controller));
            emit IParameterController.LimitsChanged(slot, limits);
            vm.expectEmit(address(controller));
            emit IParameterController.ParameterChanged(slot, ADMIN, value, nearest, bytes32(0));
        }
        _setLimits(slot, limits);

        vm.assertEq(controller.valueOf(slot), nearest, "value");
        vm.assertEq(abi.encode(_limitsOf(slot)), abi.encode(limits), "limits");
        _assertInForce();
    }

    function testFuzz_WhatWasSpentStaysSpent(uint32 window, uint64 budget, uint256 waited) external {
        IParameterController.Limits memory limits = _limitsOf(ROYALTY);
        _move(ROYALTY, 550);
        vm.warp(block.timestamp + _bound(waited, 0, 10 days - 1));
        uint256 spent = controller.slotOf(ROYALTY).spent;
        (limits.window, limits.budget) = (window == 0 ? 1 : window, budget);
        _setLimits(ROYALTY, limits);

        IParameterController.SlotInfo memory info = controller.slotOf(ROYALTY);
        vm.assertTrue(spent != 0, "something");
        vm.assertEq(info.spent, spent, "spent");
        vm.assertEq(info.movedAt, NOW, "and moved then");
    }

    function test_ANarrowBudgetLeavesNothing() external {
        IParameterController.Limits memory limits = _limitsOf(ROYALTY);
        _move(ROYALTY, 550);
        _wait(1 days);
        limits.budget = 40; // 46 are spent
        _setLimits(ROYALTY, limits);

        bytes4 refused = IParameterController.ParameterControllerBudgetSpent.selector;
        _refuseMove(ROYALTY, 551, abi.encodeWithSelector(refused, ROYALTY, 1, 0));
        vm.warp(block.timestamp + 30 days);
        _observe();
        _move(ROYALTY, 560);
    }

    /* WHAT THE COLLECTION HEARS */

    function test_ClosesTheForgeAndOpensItAgain() external {
        _openForge();
        _setLimits(BURN_COUNT, IParameterController.Limits(0, 15, 0, 0, 1, 1));
        _govern(BURN_COUNT, 0);
        vm.assertEq(collection.forgeTerms().parents, 0, "closed");
        _govern(GUARD, 6_000);
        _govern(BURN_COUNT, 15);
        _assertInForce();

        vm.prank(ADMIN);
        controller.setForge(bytes32(0), bytes32(0));
        vm.assertEq(collection.forgeTerms().parents, 0, "closed by the DAO");
        _govern(BURN_COUNT, 4);
        vm.assertEq(collection.forgeTerms().parents, 0, "stays closed");
    }

    function test_PaysRoyaltiesToSomebodyElse() external {
        vm.expectEmit(address(controller));
        emit IParameterController.ReceiverChanged(BOB);
        vm.prank(ADMIN);
        controller.setRoyaltyReceiver(BOB);
        _openForge();
        _assertInForce();
        _move(ROYALTY, 510);
        _assertInForce();
    }

    function test_PassesOnWhatTheDaoAloneDoes() external {
        vm.prank(ADMIN);
        controller.offerRoyalty(BOB, 250, true);
        vm.assertTrue(ICollectionRoyalty(address(collection)).isRoyaltyOffered(BOB, 250), "offered");
        vm.prank(ADMIN);
        controller.setWorksPerDay(77);
        vm.assertEq(collection.limits().worksPerDay, 77, "limit");
    }

    function test_SaysWhatTheDaoSets() external {
        IParameterController.Breaker memory breaker = IParameterController.Breaker(1, 2, 3);
        vm.expectEmit(address(controller));
        emit IParameterController.BreakerChanged(breaker);
        vm.prank(ADMIN);
        controller.setBreaker(breaker);
        vm.assertEq(abi.encode(controller.breaker()), abi.encode(breaker), "breaker");

        vm.expectEmit(address(controller));
        emit IParameterController.GrantChanged(1);
        vm.prank(ADMIN);
        controller.setGrant(1);
        vm.assertEq(controller.grantExpiry(), 1, "grant");
    }

    /* THE VALIDATOR */

    function test_RevertGiven_AValidatorKeepsWorksInOrOut() external {
        for (uint256 i = 1; i <= 4; ++i) {
            PickyValidator validator = new PickyValidator(WRAPPER, i);
            vm.expectRevert(
                abi.encodeWithSelector(IParameterController.ParameterControllerValidatorBlocks.selector, validator)
            );
            vm.prank(ADMIN);
            controller.setTransferValidator(address(validator));
            vm.assertEq(collection.getTransferValidator(), address(0), "nobody");
        }
    }

    function test_NamesAValidatorAndNobody() external {
        PickyValidator validator = new PickyValidator(WRAPPER, 0);
        vm.prank(ADMIN);
        controller.setTransferValidator(address(validator));
        vm.assertEq(collection.getTransferValidator(), address(validator), "named");
        vm.prank(ADMIN);
        controller.setTransferValidator(address(0));
        vm.assertEq(collection.getTransferValidator(), address(0), "nobody");

        vm.expectRevert(abi.encodeWithSelector(ICreatorToken.CreatorTokenInvalidValidator.selector, BOB));
        vm.prank(ADMIN);
        controller.setTransferValidator(BOB);
    }
}
