// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {BoundsLib} from "../../../contracts/libraries/BoundsLib.sol";
import {Kit} from "../kit/Kit.sol";

// refusalOf
// └── it gives the first reason, in the order of its enumeration
// the bucket
// ├── over any course, it is the plain sum of moves less what leaked
// ├── within any seconds of it, moves are at most budget + floor(budget * seconds / window)
// ├── a greedy course reaches that very bound
// └── nothing leaves 96 bits
contract BoundsLibTest is Kit {
    uint256 private constant STEPS = 40;

    struct Course {
        uint256 level;
        uint256 time;
        uint256[STEPS] times;
        uint256[STEPS] moved;
    }

    function test_GivesTheFirstReason() external pure {
        _reason(5, 4, BoundsLib.Refusal.OutOfBounds);
        _reason(5, 31, BoundsLib.Refusal.OutOfBounds);
        _reason(20, 20, BoundsLib.Refusal.Unchanged);
        _reason(10, 30, BoundsLib.Refusal.StepTooLong);
        _reason(30, 10, BoundsLib.Refusal.StepTooLong);
        vm.assertTrue(_refusal(10, 12, 101, 1) == BoundsLib.Refusal.TooSoon, "too soon");
        vm.assertTrue(_refusal(10, 12, 100, 1) == BoundsLib.Refusal.BudgetSpent, "spent");
        vm.assertTrue(_refusal(10, 12, 100, 2) == BoundsLib.Refusal.None, "none");
        vm.assertTrue(_refusal(12, 10, 100, 2) == BoundsLib.Refusal.None, "none, down");
    }

    function _reason(uint256 from, uint256 to, BoundsLib.Refusal expected) private pure {
        vm.assertTrue(_refusal(from, to, 101, 0) == expected, "the first reason");
    }

    function _refusal(
        uint256 from,
        uint256 to,
        uint256 earliest,
        uint256 left
    ) private pure returns (BoundsLib.Refusal) {
        return BoundsLib.refusalOf(from, to, 5, 30, 15, earliest, 100, left);
    }

    function testFuzz_KeepsToTheClosedForm(uint64 budget, uint32 window, uint256 seed) external pure {
        if (window == 0) window = 1;
        Course memory course;
        for (uint256 i = 0; i < STEPS; ++i) {
            uint256 dice = uint256(keccak256(abi.encode(seed, i)));
            uint256 elapsed = (dice >> 64) % (uint256(window) / (1 + (dice % 30)) + 1);
            course.level = BoundsLib.levelAt(course.level, budget, elapsed);
            course.time += elapsed;
            uint256 left = BoundsLib.leftOf(course.level, budget, window);
            uint256 length = dice & 1 == 0 ? left : (dice >> 128) % (left + 1);
            course.level = BoundsLib.poured(course.level, length, window);
            (course.times[i], course.moved[i]) = (course.time, length);
            vm.assertTrue(course.level <= uint256(budget) * window, "never above full");
            vm.assertTrue(course.level <= type(uint96).max, "96 bits");
        }
        for (uint256 from = 0; from < STEPS; ++from) {
            uint256 sum = 0;
            for (uint256 to = from; to < STEPS; ++to) {
                sum += course.moved[to];
                uint256 seconds_ = course.times[to] - course.times[from];
                vm.assertTrue(sum <= budget + (uint256(budget) * seconds_) / window, "the closed form");
            }
        }
    }

    function testFuzz_AGreedyCourseReachesIt(uint64 budget, uint32 window, uint32 elapsed) external pure {
        if (window == 0) window = 1;
        uint256 moved = BoundsLib.leftOf(0, budget, window);
        uint256 level = BoundsLib.poured(0, moved, window);
        vm.assertEq(moved, budget, "all at once");
        elapsed = uint32(_bound(elapsed, 0, window));
        level = BoundsLib.levelAt(level, budget, elapsed);
        moved += BoundsLib.leftOf(level, budget, window);
        vm.assertEq(moved, budget + (uint256(budget) * elapsed) / window, "and what came back");
    }

    function testFuzz_SpentAndLeftAreTheBudget(uint64 budget, uint32 window, uint96 level) external pure {
        if (window == 0) window = 1;
        uint256 spent = BoundsLib.spentOf(level, window);
        uint256 left = BoundsLib.leftOf(level, budget, window);
        vm.assertEq(left, spent < budget ? budget - spent : 0, "left");
        vm.assertTrue(spent * window >= level && (spent == 0 || (spent - 1) * window < level), "rounded up");
    }

    function testFuzz_ClampsToTheNearest(uint64 value, uint64 low, uint64 high) external pure {
        if (low > high) (low, high) = (high, low);
        uint256 clamped = BoundsLib.clamp(value, low, high);
        vm.assertEq(clamped, value < low ? low : (value > high ? high : value), "nearest");
    }

    function test_NobodyWaitsForAMoveThatNeverWas() external pure {
        vm.assertEq(BoundsLib.earliestAfter(0, type(uint32).max), 0, "at once");
        vm.assertEq(BoundsLib.earliestAfter(7, 3), 10, "then");
    }
}
