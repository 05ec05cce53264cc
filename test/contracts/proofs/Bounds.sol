// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {BoundsLib} from "../../../contracts/libraries/BoundsLib.sol";

// The slots of the parameter controller, one at a time. Where the solver follows a course of transactions, the bucket's products are
// single numbers (full = budget * window, leak = budget * seconds, amount = length * window): with them it does not answer. That the
// products are these is proved beside it, for one move from any state.

/// @title Over any course of moves, votes and new limits, a value stays in its bounds, and the bounds within the cap
contract ValueStaysInBounds {
    uint256 private immutable CAP;
    uint256 private low;
    uint256 private high;
    uint256 private value;

    constructor(uint256 cap, uint256 newLow, uint256 newHigh, uint256 start) {
        require(newLow <= start && start <= newHigh && newHigh <= cap);
        (CAP, low, high, value) = (cap, newLow, newHigh, start);
    }

    function move(uint256 to, uint256 step, uint256 earliest, uint256 time, uint256 left) external {
        require(BoundsLib.refusalOf(value, to, low, high, step, earliest, time, left) == BoundsLib.Refusal.None);
        value = to;
    }

    function govern(uint256 to) external {
        require(low <= to && to <= high);
        value = to;
    }

    function limit(uint256 newLow, uint256 newHigh) external {
        require(newLow <= newHigh && newHigh <= CAP);
        (low, high) = (newLow, newHigh);
        value = BoundsLib.clamp(value, low, high);
    }

    function look() external view {
        assert(low <= value && value <= high && value <= CAP);
    }
}

/// @title New bounds move a value to the nearest of them, and leave one that is inside
contract ClampGoesNoFurther {
    function look(uint256 value, uint256 low, uint256 high, uint256 other) external pure {
        require(low <= high && low <= other && other <= high);
        uint256 clamped = BoundsLib.clamp(value, low, high);
        assert(BoundsLib.distance(value, clamped) <= BoundsLib.distance(value, other));
    }
}

/// @title Exactly those moves are allowed that change the value, stay in bounds, within a step, in time and within what is left
contract AllowedIsAllOfThese {
    function look(
        uint256 from,
        uint256 to,
        uint256 low,
        uint256 high,
        uint256 step,
        uint256 earliest,
        uint256 time,
        uint256 left
    ) external pure {
        uint256 length = to > from ? to - from : from - to;
        bool allowed = BoundsLib.refusalOf(from, to, low, high, step, earliest, time, left) == BoundsLib.Refusal.None;
        assert(
            allowed == (low <= to && to <= high && length != 0 && length <= step && earliest <= time && length <= left)
        );
    }
}

/// @title Over any course of moves, a value is never further from where it started than the sum of steps
contract StepsBoundTheDrift {
    uint256 private immutable START;
    uint256 private value;
    uint256 private steps;

    constructor(uint256 start) {
        (START, value) = (start, start);
    }

    function move(uint256 to, uint256 high, uint256 step, uint256 earliest, uint256 time) external {
        require(
            BoundsLib.refusalOf(value, to, 0, high, step, earliest, time, type(uint256).max) == BoundsLib.Refusal.None
        );
        value = to;
        steps += step;
    }

    function look() external view {
        assert(BoundsLib.distance(START, value) <= steps);
    }
}

/// @title Over any course of waiting and moving, two moves are at least a delay apart
contract DelayIsKept {
    uint256 private immutable DELAY;
    uint256 private time;
    uint256 private movedAt;
    uint256 private closest = type(uint256).max;

    constructor(uint256 delay, uint256 start) {
        require(delay < 2 ** 32 && start != 0);
        (DELAY, time) = (delay, start);
    }

    function wait(uint256 until) external {
        require(until >= time && until < 2 ** 40);
        time = until;
    }

    function move(uint256 from, uint256 to, uint256 high) external {
        uint256 earliest = BoundsLib.earliestAfter(movedAt, DELAY);
        require(BoundsLib.refusalOf(from, to, 0, high, high, earliest, time, high) == BoundsLib.Refusal.None);
        if (movedAt != 0 && time - movedAt < closest) closest = time - movedAt;
        movedAt = time;
    }

    function look() external view {
        assert(closest >= DELAY);
    }
}

/// @title Over any course of waiting and moving, from any level, what was moved is at most a full bucket and what leaked meanwhile
contract BudgetIsKept {
    uint256 private immutable FULL;
    uint256 private level;
    uint256 private leaked;
    uint256 private moved;

    constructor(uint256 full, uint256 start) {
        require(start <= full && full < 2 ** 96);
        (FULL, level) = (full, start);
    }

    function wait(uint256 leak) external {
        level = BoundsLib.drained(level, leak);
        leaked += leak;
    }

    function move(uint256 amount) external {
        require(amount <= FULL && level <= FULL - amount);
        level += amount;
        moved += amount;
    }

    function look() external view {
        assert(level <= FULL && moved <= FULL + leaked);
    }
}

/// @title What is left of the budget is what still fits the bucket, to the unit
contract LeftIsWhatFits {
    function fits(uint256 level, uint256 length, uint256 budget, uint256 window) external pure {
        require(window != 0 && window < 2 ** 32 && budget < 2 ** 64 && level < 2 ** 96 && length != 0);
        require(length <= BoundsLib.leftOf(level, budget, window));
        assert(BoundsLib.poured(level, length, window) <= budget * window);
    }

    function fitsNoMore(uint256 level, uint256 budget, uint256 window) external pure {
        require(window != 0 && window < 2 ** 32 && budget < 2 ** 64 && level <= budget * window);
        uint256 length = BoundsLib.leftOf(level, budget, window) + 1;
        assert(BoundsLib.poured(level, length, window) > budget * window);
    }
}

/// @title One wait and one move keep to the budget if all before did: the step of an induction, in the core's own products
contract BudgetStepHolds {
    function step(
        uint256 moved,
        uint256 level,
        uint256 elapsed,
        uint256 more,
        uint256 length,
        uint256 budget,
        uint256 window
    ) external pure {
        require(window != 0 && window < 2 ** 32 && budget < 2 ** 64 && level < 2 ** 96 && length < 2 ** 64);
        require(elapsed < 2 ** 40 && more < 2 ** 40 && moved < 2 ** 128);
        require(moved * window <= level + budget * elapsed);
        uint256 next = BoundsLib.poured(BoundsLib.levelAt(level, budget, more), length, window);
        assert((moved + length) * window <= next + budget * (elapsed + more));
    }
}

/// @title What the induction gives is the closed form: at most the budget and the floor of budget * seconds / window
contract ClosedFormFollows {
    function look(
        uint256 moved,
        uint256 level,
        uint256 whole,
        uint256 rest,
        uint256 budget,
        uint256 window
    ) external pure {
        require(window != 0 && window < 2 ** 32 && budget < 2 ** 64 && whole < 2 ** 104 && rest < window);
        require(moved < 2 ** 128 && level <= budget * window);
        // leaked = budget * seconds = whole * window + rest, so its floor by the window is `whole`
        require(moved * window <= level + (whole * window + rest));
        assert(moved <= budget + whole);
    }
}

/// @title Another window or budget gives nothing back: what was spent stays spent, to the unit
contract SpentStaysSpent {
    function look(uint256 spent, uint256 rest, uint256 window, uint256 newWindow) external pure {
        require(window != 0 && window < 2 ** 32 && newWindow != 0 && newWindow < 2 ** 32);
        require(spent < 2 ** 64 && rest < window && (spent != 0 || rest == 0));
        uint256 level = spent * window - rest;
        assert(BoundsLib.spentOf(BoundsLib.rescaled(level, window, newWindow), newWindow) == spent);
    }
}
