// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IParameterController} from "../interfaces/IParameterController.sol";
import {BoundsLib} from "../libraries/BoundsLib.sol";

/// @title SlotBook
/// @notice Six values, the limits of each, and what the steward has used of them; who may write here is not asked here.
/// @dev The moves' arithmetic is {BoundsLib}; here are its words and its errors.
abstract contract SlotBook is IParameterController {
    /// @param level Of the bucket at `settledAt`, see {BoundsLib}.
    /// @param movedAt The steward's last move; zero if none.
    /// @param settledAt His last move, or since then the last change of the limits.
    struct State {
        uint64 value;
        uint96 level;
        uint40 movedAt;
        uint40 settledAt;
    }

    // Beyond these no vote moves anything, in the order of the slots.
    uint64 private constant ROYALTY_CAP = 1_000; // bps
    uint64 private constant BURN_COUNT_CAP = 15; // works
    uint64 private constant MINT_PRICE_CAP = 100_000_000_000; // gwei, that is 100 ether
    uint64 private constant CADENCE_CAP = 365 days;
    uint64 private constant GUARD_CAP = 10_000; // bps
    uint64 private constant ODDS_CAP = 30_000; // bps

    /// @dev No forge burns a single work.
    uint64 private constant NO_BURN_COUNT = 1;

    mapping(Slot slot => State) private _states;
    mapping(Slot slot => Limits) private _limits;

    constructor(uint64[6] memory values, Limits[6] memory limits) {
        for (uint256 i = 0; i < values.length; ++i) {
            Slot slot = Slot(i);
            _requireLimits(slot, limits[i]);
            _requireBounds(slot, values[i], limits[i]);
            _states[slot].value = values[i];
            _limits[slot] = limits[i];

            emit LimitsChanged(slot, limits[i]);
        }
    }

    /* MOVING */

    /// @dev Within the limits, from the budget.
    function _move(Slot slot, uint64 value) internal {
        State memory state = _states[slot];
        Limits memory limits = _limits[slot];
        uint256 level = BoundsLib.levelAt(state.level, limits.budget, block.timestamp - state.settledAt);
        uint256 length = BoundsLib.distance(state.value, value);
        _requireAllowed(slot, state, value, limits, BoundsLib.leftOf(level, limits.budget, limits.window));

        _states[slot] = State({
            value: value,
            level: uint96(BoundsLib.poured(level, length, limits.window)), // at most budget * window
            movedAt: uint40(block.timestamp),
            settledAt: uint40(block.timestamp)
        });
    }

    /// @dev Anywhere within the bounds, and nothing from the budget.
    function _set(Slot slot, uint64 value) internal {
        _requireBounds(slot, value, _limits[slot]);
        require(value != _states[slot].value, ParameterControllerUnchanged(slot, value));

        _states[slot].value = value;
    }

    /// @dev What was spent stays spent, and a value outside goes to the nearest bound.
    function _limit(Slot slot, Limits calldata limits) internal {
        _requireLimits(slot, limits);
        State memory state = _states[slot];
        Limits memory old = _limits[slot];
        uint256 level = BoundsLib.levelAt(state.level, old.budget, block.timestamp - state.settledAt);

        _limits[slot] = limits;
        _states[slot] = State({
            value: uint64(BoundsLib.clamp(state.value, limits.low, limits.high)), // between numbers of 64 bits
            level: uint96(BoundsLib.rescaled(level, old.window, limits.window)), // at most a budget of 64 bits * window
            movedAt: state.movedAt,
            settledAt: uint40(block.timestamp)
        });

        emit LimitsChanged(slot, limits);
    }

    /* CHECKS */

    function _requireAllowed(
        Slot slot,
        State memory state,
        uint256 value,
        Limits memory limits,
        uint256 left
    ) private view {
        uint256 earliest = BoundsLib.earliestAfter(state.movedAt, limits.delay);
        uint256 length = BoundsLib.distance(state.value, value);
        BoundsLib.Refusal refusal = BoundsLib.refusalOf(
            state.value,
            value,
            limits.low,
            limits.high,
            limits.step,
            earliest,
            block.timestamp,
            left
        );
        require(
            refusal != BoundsLib.Refusal.OutOfBounds && _isPossible(slot, value),
            ParameterControllerOutOfBounds(slot, value, limits.low, limits.high)
        );
        require(refusal != BoundsLib.Refusal.Unchanged, ParameterControllerUnchanged(slot, value));
        require(refusal != BoundsLib.Refusal.StepTooLong, ParameterControllerStepTooLong(slot, length, limits.step));
        require(refusal != BoundsLib.Refusal.TooSoon, ParameterControllerTooSoon(slot, earliest));
        require(refusal != BoundsLib.Refusal.BudgetSpent, ParameterControllerBudgetSpent(slot, length, left));
    }

    function _requireBounds(Slot slot, uint256 value, Limits memory limits) private pure {
        require(
            value >= limits.low && value <= limits.high && _isPossible(slot, value),
            ParameterControllerOutOfBounds(slot, value, limits.low, limits.high)
        );
    }

    function _requireLimits(Slot slot, Limits memory limits) private pure {
        require(
            limits.low <= limits.high &&
                limits.high <= _capOf(slot) &&
                limits.delay != 0 &&
                limits.window != 0 &&
                _isPossible(slot, limits.low) &&
                _isPossible(slot, limits.high),
            ParameterControllerInvalidLimits(slot, limits)
        );
    }

    function _isPossible(Slot slot, uint256 value) private pure returns (bool) {
        return slot != Slot.BurnCount || value != NO_BURN_COUNT;
    }

    function _capOf(Slot slot) private pure returns (uint64) {
        return [ROYALTY_CAP, BURN_COUNT_CAP, MINT_PRICE_CAP, CADENCE_CAP, GUARD_CAP, ODDS_CAP][uint256(slot)];
    }

    /* READING */

    /// @inheritdoc IParameterController
    function valueOf(Slot slot) public view returns (uint256 value) {
        return _states[slot].value;
    }

    /// @inheritdoc IParameterController
    function slotOf(Slot slot) external view returns (SlotInfo memory info) {
        State memory state = _states[slot];
        Limits memory limits = _limits[slot];
        uint256 level = BoundsLib.levelAt(state.level, limits.budget, block.timestamp - state.settledAt);

        info = SlotInfo({
            value: state.value,
            limits: limits,
            cap: _capOf(slot),
            spent: uint64(BoundsLib.spentOf(level, limits.window)), // at most a budget
            movedAt: state.movedAt
        });
    }
}
