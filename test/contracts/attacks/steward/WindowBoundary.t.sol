// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IParameterController} from "../../../../contracts/interfaces/IParameterController.sol";
import {StewardKit} from "./StewardKit.sol";

/// @dev Vulnerable on purpose: a budget for each calendar window, as rate limits often have it.
contract FixedWindow {
    uint256 public value = 500;
    uint256 private _window;
    uint256 private _spent;

    function move(uint256 to) external {
        uint256 window = block.timestamp / 30 days;
        if (window != _window) (_window, _spent) = (window, 0);
        _spent += to > value ? to - value : value - to;
        require(_spent <= 150, "budget");
        value = to;
    }
}

// A thief spends one budget before a window ends, and the next one after.
contract WindowBoundaryTest is StewardKit {
    uint256 private constant BOUNDARY = (NOW / 30 days + 1) * 30 days;

    function test_TheTwinGivesTwoBudgetsInTwoSeconds() external {
        FixedWindow twin = new FixedWindow();
        vm.warp(BOUNDARY - 1);
        twin.move(650);
        vm.warp(BOUNDARY + 1);
        twin.move(800);

        vm.assertEq(twin.value(), 800, "twice the budget");
    }

    function testFuzz_TheControllerHasNoBoundary(uint256 start) external {
        _widenSteps();
        vm.warp(BOUNDARY - 1);
        _observe();
        _move(ROYALTY, 650);
        vm.warp(BOUNDARY + 1);
        uint256 round = _observe();
        for (uint256 length = 150; length > 0; --length)
            vm.assertTrue(!_try(uint256(ROYALTY), 650 + length, round), "nothing came back yet");

        // Nor at any other second: from a full bucket, T seconds give what leaks in them.
        uint256 passed = _bound(start, 3, 30 days);
        vm.warp(BOUNDARY - 1 + passed);
        round = _observe();
        uint256 left = (150 * passed) / 30 days;
        vm.assertTrue(!_try(uint256(ROYALTY), 650 + left + 1, round), "one more");
        vm.assertTrue(left == 0 || _try(uint256(ROYALTY), 650 + left, round), "all that came back");
    }

    /// @dev Only the budget stands in the way.
    function _widenSteps() private {
        _setLimits(ROYALTY, _unhurried());
    }

    function _unhurried() private view returns (IParameterController.Limits memory limits) {
        limits = _limitsOf(ROYALTY);
        (limits.step, limits.delay) = (1_000, 1);
    }
}
