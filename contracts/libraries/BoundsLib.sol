// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title How far a value may be moved, and how often
/// @notice A move is refused unless it stays in its bounds, is no longer than a step, waits for its delay and fits what is left of the
/// budget. The budget is a leaky bucket: a move pours its length in, and a full bucket runs dry in a window.
/// @dev The bucket's level is counted in units times seconds of the window, so nothing is ever rounded: it leaks budget times seconds, and
/// is full at budget * window. So the moves of any T seconds are together at most budget + floor(budget * T / window). Callers bound
/// values, steps and budgets to 64 bits, delays and windows to 32, times to 40; then no product leaves 104 bits. Proved in
/// test/contracts/proofs/Bounds.sol.
library BoundsLib {
    /// @dev Why a move is refused, the first reason there is.
    enum Refusal {
        None,
        OutOfBounds,
        Unchanged,
        StepTooLong,
        TooSoon,
        BudgetSpent
    }

    /// @param earliest When the next move may be, unix seconds.
    /// @param left Of the budget now.
    function refusalOf(
        uint256 from,
        uint256 to,
        uint256 low,
        uint256 high,
        uint256 step,
        uint256 earliest,
        uint256 time,
        uint256 left
    ) internal pure returns (Refusal) {
        if (to < low || to > high) return Refusal.OutOfBounds;
        if (to == from) return Refusal.Unchanged;
        uint256 length = distance(from, to);
        if (length > step) return Refusal.StepTooLong;
        if (time < earliest) return Refusal.TooSoon;
        return length > left ? Refusal.BudgetSpent : Refusal.None;
    }

    /// @dev Zero, at once, for who never moved.
    function earliestAfter(uint256 movedAt, uint256 delay) internal pure returns (uint256) {
        return movedAt == 0 ? 0 : movedAt + delay;
    }

    /// @dev The nearest value in the bounds. The caller has ordered them.
    function clamp(uint256 value, uint256 low, uint256 high) internal pure returns (uint256) {
        if (value < low) return low;
        return value > high ? high : value;
    }

    function distance(uint256 from, uint256 to) internal pure returns (uint256) {
        return from < to ? to - from : from - to;
    }

    /* THE BUCKET */

    /// @dev The level after so many seconds.
    function levelAt(uint256 level, uint256 budget, uint256 elapsed) internal pure returns (uint256) {
        return drained(level, budget * elapsed);
    }

    function drained(uint256 level, uint256 leak) internal pure returns (uint256) {
        return level > leak ? level - leak : 0;
    }

    /// @dev The level once a move was poured in.
    function poured(uint256 level, uint256 length, uint256 window) internal pure returns (uint256) {
        return level + length * window;
    }

    /// @dev What is spent of the budget, in units; a part of one counts as one.
    function spentOf(uint256 level, uint256 window) internal pure returns (uint256) {
        return (level + window - 1) / window;
    }

    /// @dev The longest move that still fits. A budget may fall below what is spent.
    function leftOf(uint256 level, uint256 budget, uint256 window) internal pure returns (uint256) {
        uint256 spent = spentOf(level, window);

        return spent < budget ? budget - spent : 0;
    }

    /// @dev The level at another window: what was spent stays spent.
    function rescaled(uint256 level, uint256 window, uint256 newWindow) internal pure returns (uint256) {
        return spentOf(level, window) * newWindow;
    }
}
