// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ADMIN_ROLE, GUARDIAN_ROLE, STEWARD_ROLE} from "../../../contracts/access/Roles.sol";
import {IParameterController} from "../../../contracts/interfaces/IParameterController.sol";
import {ControllerKit} from "../kit/ControllerKit.sol";

// move
// ├── when the caller is not the steward, be it the admin
// │   └── it reverts
// ├── given the guardian froze it, or the grant ended
// │   └── it reverts
// ├── when there are no reasons
// │   └── it reverts
// ├── when the round is not the newest, or there is none
// │   └── it reverts
// ├── given the newest round is stale, strange, or leaves out by what it is judged
// │   └── it reverts, but not at the very bound
// ├── when the value is out of bounds, the one in force, or further than a step
// │   └── it reverts
// ├── given the last move was less than a delay ago
// │   └── it reverts, and a second later it does not
// ├── when it is more than what is left of the budget
// │   └── it reverts
// └── when everything is in order
//     ├── it emits old, new and reasons
//     ├── it touches no other slot
//     └── it spends its length, which is won back at budget / window
contract ParameterControllerTest is ControllerKit {
    /* WHO */

    function test_RevertWhen_CallerIsNotSteward() external {
        uint256 round = oracle.latestRound();
        address[4] memory callers = [ADMIN, GUARDIAN, OPERATOR, STRANGER];
        for (uint256 i = 0; i < 4; ++i) {
            vm.expectRevert(_unauthorized(callers[i], STEWARD_ROLE));
            vm.prank(callers[i]);
            controller.move(ROYALTY, 510, REASONS, round);
        }
    }

    function test_RevertGiven_Frozen() external {
        _freeze();
        for (uint256 i = 0; i < SLOTS; ++i)
            _refuseMove(
                IParameterController.Slot(i),
                0,
                abi.encodeWithSelector(IParameterController.ParameterControllerFrozen.selector)
            );

        vm.prank(ADMIN);
        controller.unfreeze();
        _move(ROYALTY, 510);
    }

    function test_RevertGiven_GrantEnded() external {
        vm.warp(EXPIRY - 1);
        _observe();
        _move(ROYALTY, 510);
        vm.warp(EXPIRY);
        bytes memory refusal = abi.encodeWithSelector(
            IParameterController.ParameterControllerGrantExpired.selector,
            EXPIRY
        );
        _refuseMove(GUARD, 5_100, refusal);

        vm.prank(ADMIN);
        controller.setGrant(EXPIRY + 1);
        _move(GUARD, 5_100);
    }

    function test_RevertWhen_ReasonsAreMissing() external {
        uint256 round = oracle.latestRound();
        vm.expectRevert(abi.encodeWithSelector(IParameterController.ParameterControllerReasonsMissing.selector));
        vm.prank(STEWARD);
        controller.move(ROYALTY, 510, bytes32(0), round);
    }

    /* THE ORACLE */

    function testFuzz_RevertWhen_RoundIsNotTheNewest(uint256 round) external {
        uint256 latest = oracle.latestRound();
        vm.assume(round != latest);
        vm.expectRevert(
            abi.encodeWithSelector(IParameterController.ParameterControllerOtherRound.selector, round, latest)
        );
        vm.prank(STEWARD);
        controller.move(ROYALTY, 510, REASONS, round);
    }

    function test_RevertGiven_NoRoundOrNoOracle() external {
        bytes memory refusal = abi.encodeWithSelector(IParameterController.ParameterControllerOracleStale.selector, 0);
        oracle = _deployOracle(0, 1);
        _setOracle(address(oracle));
        _refuseMove(ROYALTY, 510, refusal);

        _setOracle(address(0));
        vm.expectRevert(refusal);
        vm.prank(STEWARD);
        controller.move(ROYALTY, 510, REASONS, 0);
    }

    function test_RevertGiven_RoundIsStale() external {
        uint256 acceptedAt = block.timestamp;
        vm.warp(acceptedAt + 2 days + 1);
        _refuseMove(
            ROYALTY,
            510,
            abi.encodeWithSelector(IParameterController.ParameterControllerOracleStale.selector, acceptedAt)
        );

        vm.warp(acceptedAt + 2 days);
        _move(ROYALTY, 510);
    }

    function testFuzz_RevertGiven_RoundIsOdd(int16 change, uint16 volatility) external {
        vm.warp(NOW + 1);
        Market memory market = _market(NOW + 1);
        (market.change, market.volatility) = (change, volatility);
        _bring(_pack(market));

        if (change >= -3_000 && change <= 3_000 && volatility <= 4_000) _move(ROYALTY, 510);
        else _refuseMove(ROYALTY, 510, _odd(_pack(market)));
    }

    function test_TakesTheVeryBound() external {
        vm.warp(NOW + 1);
        Market memory market = _market(NOW + 1);
        (market.change, market.volatility) = (-3_000, 4_000);
        _bring(_pack(market));
        _move(ROYALTY, 510);
        vm.warp(NOW + 2);
        (market.change, market.time) = (3_000, uint40(NOW + 2));
        _bring(_pack(market));
        _move(GUARD, 5_100);
    }

    function test_RevertGiven_RoundLeavesOutByWhatItIsJudged() external {
        for (uint8 i = 0; i < 2; ++i) {
            vm.warp(NOW + 1 + i);
            Market memory market = _market(NOW + 1 + i);
            market.mask = ALL ^ (uint8(1) << i);
            _bring(_pack(market));
            _refuseMove(ROYALTY, 510, _odd(_pack(market)));
        }
    }

    function _odd(bytes32 observation) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IParameterController.ParameterControllerOracleOdd.selector, observation);
    }

    /* LIMITS */

    function testFuzz_RevertWhen_OutOfBounds(uint256 pick, uint64 value) external {
        IParameterController.Slot slot = _slot(pick);
        IParameterController.Limits memory limits = _limitsOf(slot);
        vm.assume(value < limits.low || value > limits.high);

        _refuseMove(slot, value, _outOfBounds(slot, value, limits));
    }

    function test_RevertWhen_OneWorkWouldBurn() external {
        IParameterController.Limits memory limits = _limitsOf(BURN_COUNT);
        (limits.low, limits.step, limits.budget) = (0, 6, 6);
        _setLimits(BURN_COUNT, limits);

        _refuseMove(BURN_COUNT, 1, _outOfBounds(BURN_COUNT, 1, limits));
        vm.expectRevert(_outOfBounds(BURN_COUNT, 1, limits));
        _govern(BURN_COUNT, 1);
        _move(BURN_COUNT, 0);
    }

    function testFuzz_RevertWhen_Unchanged(uint256 pick) external {
        IParameterController.Slot slot = _slot(pick);
        uint256 value = controller.valueOf(slot);
        bytes memory refusal = abi.encodeWithSelector(
            IParameterController.ParameterControllerUnchanged.selector,
            slot,
            value
        );

        _refuseMove(slot, value, refusal);
        vm.expectRevert(refusal);
        _govern(slot, value);
    }

    function testFuzz_RevertWhen_StepIsTooLong(uint256 pick, uint256 more) external {
        IParameterController.Slot slot = _slot(pick);
        IParameterController.Limits memory limits = _limitsOf(slot);
        uint256 value = controller.valueOf(slot);
        uint256 to = _bound(more, value + limits.step + 1, limits.high);

        bytes4 refused = IParameterController.ParameterControllerStepTooLong.selector;
        _refuseMove(slot, to, abi.encodeWithSelector(refused, slot, to - value, limits.step));
    }

    function testFuzz_RevertGiven_TooSoon(uint256 pick, uint256 early) external {
        IParameterController.Slot slot = _slot(pick);
        IParameterController.Limits memory limits = _limitsOf(slot);
        uint256 value = controller.valueOf(slot);
        uint256 earliest = block.timestamp + limits.delay;
        _move(slot, value + 1);

        _wait(_bound(early, 1, limits.delay - 1));
        bytes4 refused = IParameterController.ParameterControllerTooSoon.selector;
        _refuseMove(slot, value, abi.encodeWithSelector(refused, slot, earliest));
        vm.warp(earliest);
        _observe();
        _move(slot, value);
        vm.assertEq(controller.slotOf(slot).movedAt, earliest, "moved then");
    }

    function test_RevertGiven_BudgetIsSpent() external {
        for (uint256 i = 1; i <= 3; ++i) {
            _move(ROYALTY, 500 + 50 * i);
            _wait(1 days);
        }

        // Three days won back 5 each: two of them after the second move, one after the third.
        uint256 left = 2 * 5 + 5;
        vm.assertEq(controller.slotOf(ROYALTY).spent, 150 - left, "spent");
        bytes4 refused = IParameterController.ParameterControllerBudgetSpent.selector;
        _refuseMove(ROYALTY, 650 - left - 1, abi.encodeWithSelector(refused, ROYALTY, left + 1, left));
        _move(ROYALTY, 650 - left);
        vm.assertEq(controller.slotOf(ROYALTY).spent, 150, "all");
    }

    function test_ABudgetComesBackInAWindow() external {
        IParameterController.Limits memory limits = _limitsOf(BURN_COUNT);
        limits.step = 2;
        _setLimits(BURN_COUNT, limits);
        _move(BURN_COUNT, 5);
        vm.assertEq(controller.slotOf(BURN_COUNT).spent, 2, "full");

        vm.warp(NOW + 15 days - 1);
        vm.assertEq(controller.slotOf(BURN_COUNT).spent, 2, "a part of a work counts as one");
        vm.warp(NOW + 15 days);
        vm.assertEq(controller.slotOf(BURN_COUNT).spent, 1, "half");
        vm.warp(NOW + 30 days);
        vm.assertEq(controller.slotOf(BURN_COUNT).spent, 0, "none");
    }

    /* WHAT IT DOES */

    function testFuzz_MovesOneSlot(uint256 pick, uint256 length, bytes32 reasons) external {
        vm.assume(reasons != bytes32(0));
        IParameterController.Slot slot = _slot(pick);
        uint256[SLOTS] memory before = _values();
        uint256 place = uint256(slot);
        length = _bound(length, 1, _limitsOf(slot).step);
        uint256 round = oracle.latestRound();

        vm.expectEmit(address(controller));
        emit IParameterController.ParameterChanged(slot, STEWARD, before[place], before[place] + length, reasons);
        vm.prank(STEWARD);
        controller.move(slot, uint64(before[place] + length), reasons, round);

        uint256[SLOTS] memory afterwards = _values();
        before[place] += length;
        vm.assertEq(abi.encode(afterwards), abi.encode(before), "one slot");
        vm.assertEq(controller.slotOf(slot).spent, length, "spent");
        vm.assertEq(controller.slotOf(slot).movedAt, block.timestamp, "moved now");
    }

    /* FREEZING AND THE DAO'S OWN */

    function test_RevertWhen_StrangersFreezeOrRule() external {
        vm.expectRevert(_unauthorized(ADMIN, GUARDIAN_ROLE));
        vm.prank(ADMIN);
        controller.freeze();

        address[4] memory callers = [STEWARD, GUARDIAN, PARAMETERS, STRANGER];
        bytes[] memory calls = _daoCalls();
        for (uint256 i = 0; i < calls.length; ++i) {
            for (uint256 c = 0; c < 4; ++c) {
                vm.prank(callers[c]);
                (bool success, bytes memory answer) = address(controller).call(calls[i]);
                vm.assertTrue(!success, "refused");
                vm.assertEq(answer, _unauthorized(callers[c], ADMIN_ROLE), "the admin alone");
            }
        }
    }

    function _daoCalls() private view returns (bytes[] memory calls) {
        calls = new bytes[](10);
        calls[0] = abi.encodeCall(controller.govern, (ROYALTY, 600, REASONS));
        calls[1] = abi.encodeCall(controller.setLimits, (ROYALTY, _defaultLimits()[0]));
        calls[2] = abi.encodeCall(controller.setGrant, (EXPIRY));
        calls[3] = abi.encodeCall(controller.setBreaker, (IParameterController.Breaker(1, 1, 1)));
        calls[4] = abi.encodeCall(controller.unfreeze, ());
        calls[5] = abi.encodeCall(controller.setRoyaltyReceiver, (BOB));
        calls[6] = abi.encodeCall(controller.offerRoyalty, (BOB, 100, true));
        calls[7] = abi.encodeCall(controller.setWorksPerDay, (1));
        calls[8] = abi.encodeCall(controller.setForge, (RECIPE, CONDITIONS));
        calls[9] = abi.encodeCall(controller.setTransferValidator, (address(0)));
    }

    function test_FreezingSaysWho() external {
        vm.expectEmit(address(controller));
        emit IParameterController.Frozen(GUARDIAN);
        _freeze();
        vm.assertTrue(controller.frozen(), "stopped");

        vm.expectEmit(address(controller));
        emit IParameterController.Unfrozen(ADMIN);
        vm.prank(ADMIN);
        controller.unfreeze();
        vm.assertTrue(!controller.frozen(), "goes on");
    }

    /* READING */

    function _values() private view returns (uint256[SLOTS] memory values) {
        for (uint256 i = 0; i < SLOTS; ++i) values[i] = controller.valueOf(IParameterController.Slot(i));
    }

    function _slot(uint256 pick) private pure returns (IParameterController.Slot) {
        return IParameterController.Slot(pick % SLOTS);
    }

    function _outOfBounds(
        IParameterController.Slot slot,
        uint256 value,
        IParameterController.Limits memory limits
    ) private pure returns (bytes memory) {
        bytes4 refused = IParameterController.ParameterControllerOutOfBounds.selector;
        return abi.encodeWithSelector(refused, slot, value, limits.low, limits.high);
    }
}
