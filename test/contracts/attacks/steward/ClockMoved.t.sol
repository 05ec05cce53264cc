// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IParameterController} from "../../../../contracts/interfaces/IParameterController.sol";
import {StewardKit} from "./StewardKit.sol";

/// @dev Vulnerable on purpose: whatever is left of a day is rounded up, so a second is worth a day's budget.
contract DayRound {
    uint256 public value = 500;
    uint256 private _day;

    function move(uint256 to) external {
        uint256 today = (block.timestamp + 1 days - 1) / 1 days;
        require(today != _day, "once a day");
        require((to > value ? to - value : value - to) <= 50, "step");
        (_day, value) = (today, to);
    }
}

// Whoever proposes blocks moves their clock by a quarter of an hour, as far as any chain has ever let one.
contract ClockMovedTest is StewardKit {
    uint256 private constant DRIFT = 15 minutes;
    uint256 private constant MIDNIGHT = (NOW / 1 days + 1) * 1 days;

    function test_TheTwinMovesTwiceInOneSecond() external {
        DayRound twin = new DayRound();
        vm.warp(MIDNIGHT);
        twin.move(550);
        vm.warp(MIDNIGHT + 1);
        twin.move(600);

        vm.assertEq(twin.value(), 600, "two days' worth");
    }

    function test_TheControllerGivesADriftWorthOfBudget() external {
        IParameterController.Limits memory limits = _limitsOf(ROYALTY);
        (limits.step, limits.delay) = (1_000, 1);
        _setLimits(ROYALTY, limits);
        _move(ROYALTY, 650);

        vm.warp(NOW + 1 days + DRIFT);
        uint256 round = _observe();
        vm.assertTrue(!_try(uint256(ROYALTY), 656, round), "no more than a true day gives");
        vm.assertTrue(_try(uint256(ROYALTY), 655, round), "a day's worth");
    }

    function testFuzz_ADriftIsWorthItsShareOfTheBudget(uint256 slot, uint256 passed) external {
        slot %= SLOTS;
        IParameterController.Slot moved = IParameterController.Slot(slot);
        IParameterController.Limits memory limits = _limitsOf(moved);
        passed = _bound(passed, 0, limits.window);
        _move(moved, controller.valueOf(moved) + 1);

        vm.warp(NOW + passed);
        uint256 honest = controller.slotOf(moved).spent;
        vm.warp(NOW + passed + DRIFT);
        uint256 drifted = controller.slotOf(moved).spent;
        vm.assertTrue(honest - drifted <= (limits.budget * DRIFT) / limits.window + 1, "its share, rounded");
    }

    function test_TheDelayIsShortenedByTheDriftAlone() external {
        _move(ROYALTY, 550);
        vm.warp(NOW + 1 days - DRIFT - 1 + DRIFT);
        bytes4 refused = IParameterController.ParameterControllerTooSoon.selector;
        _observe();
        _refuseMove(ROYALTY, 560, abi.encodeWithSelector(refused, ROYALTY, NOW + 1 days));
    }
}
