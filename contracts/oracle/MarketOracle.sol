// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";

import {Governed} from "../access/Governed.sol";
import {ADMIN_ROLE} from "../access/Roles.sol";
import {ILoopCollection} from "../interfaces/ILoopCollection.sol";
import {IMarketOracle} from "../interfaces/IMarketOracle.sol";
import {IRecipeRegistry} from "../interfaces/IRecipeRegistry.sol";
import {Observation, ObservationLib} from "../types/Observation.sol";
import {RoundHead} from "../types/RoundHead.sol";
import {RoundWord, RoundWordLib} from "../types/RoundWord.sol";

/// @title MarketOracle
/// @notice See {IMarketOracle}: a list of observations that only grows, in the order in which they were made.
/// @dev The collection is only ever asked, by STATICCALL: what an epoch of a round covers is written down with the round,
/// so no publisher can choose it.
contract MarketOracle is IMarketOracle, Governed {
    uint256 private constant MOST_SIGNED = 2 ** 15; // bps, up or down

    ILoopCollection public immutable COLLECTION;
    uint256 public immutable FIRST_ROUND;

    uint256 private immutable LEAST_INTERVAL;
    uint256 private immutable STALE_AFTER;
    uint256 private immutable MAX_AGE;
    uint256 private immutable MAX_CHANGE;
    uint256 private immutable MAX_VOLATILITY;
    uint256 private immutable MAX_TREND;
    uint256 private immutable MAX_FLOOR_FACTOR;

    RoundHead private _head;
    address private _active;
    address private _fallback;
    mapping(uint256 round => Observation) private _observations;
    mapping(uint256 round => RoundWord) private _rounds;

    /// @param collection Whose epochs its rounds are for.
    /// @param firstAdapter Who may bring rounds at first; zero for nobody, until the admin names one.
    /// @param limits What is accepted at all, for ever.
    /// @param firstRound Number of its first round: an oracle that follows another counts on.
    constructor(
        IRecipeRegistry registry,
        ILoopCollection collection,
        address firstAdapter,
        Bounds memory limits,
        uint32 firstRound
    ) Governed(registry) {
        _requireValid(limits);
        COLLECTION = collection;
        FIRST_ROUND = Math.max(firstRound, 1);
        LEAST_INTERVAL = limits.leastInterval;
        STALE_AFTER = limits.staleAfter;
        MAX_AGE = limits.maxAge;
        MAX_CHANGE = limits.maxChange;
        MAX_VOLATILITY = limits.maxVolatility;
        MAX_TREND = limits.maxTrend;
        MAX_FLOOR_FACTOR = limits.maxFloorFactor;
        _setAdapters(firstAdapter, address(0));
    }

    /// @dev So small that no sum of times and no product of floors runs over.
    function _requireValid(Bounds memory limits) private pure {
        uint256 longest = Math.max(Math.max(limits.leastInterval, limits.staleAfter), limits.maxAge);
        require(
            limits.staleAfter != 0 &&
                longest <= type(uint40).max &&
                limits.maxChange <= MOST_SIGNED &&
                limits.maxVolatility <= type(uint16).max &&
                limits.maxTrend <= MOST_SIGNED &&
                limits.maxFloorFactor <= type(uint48).max,
            MarketOracleInvalidBounds()
        );
    }

    /* ROUNDS */

    /// @inheritdoc IMarketOracle
    function accept(bytes32 observation) external returns (uint256 round) {
        RoundHead head = _head;
        if (msg.sender == _active) head = head.withHeard(block.timestamp);
        else _requireFallback(head);
        Observation given = Observation.wrap(observation);
        require(given.isWellFormed(), MarketOracleMalformedObservation(observation));
        _requireTimely(given.time(), head);
        _requireWithin(given);
        if (given.has(ObservationLib.FLOOR)) {
            _requireFloor(given, head);
            head = head.withFloor(given.floor(), block.timestamp);
        }
        uint256 seals = COLLECTION.totals().seals;

        round = head.latest() == 0 ? FIRST_ROUND : head.latest() + 1;
        _head = head.withRound(SafeCast.toUint32(round), given.time(), block.timestamp);
        _observations[round] = given;
        _rounds[round] = RoundWordLib.accepted(block.number, block.timestamp, seals);

        emit RoundAccepted(round, msg.sender, observation, seals);
    }

    function _requireFallback(RoundHead head) private view {
        require(msg.sender == _fallback, MarketOracleUnauthorizedAdapter(msg.sender));
        uint256 earliest = head.heardAt() + STALE_AFTER;
        require(block.timestamp >= earliest, MarketOracleFallbackTooEarly(earliest));
    }

    /// @dev Strictly newer than the one before, which before the first round was made at zero, and a round that waited for
    /// nothing.
    function _requireTimely(uint256 time, RoundHead head) private view {
        require(time > head.observed(), MarketOracleStaleObservation(time, head.observed()));
        require(time <= block.timestamp, MarketOracleFutureObservation(time, block.timestamp));
        if (MAX_AGE != 0) {
            uint256 oldest = Math.saturatingSub(block.timestamp, MAX_AGE);
            require(time >= oldest, MarketOracleTooOld(time, oldest));
        }
        if (head.latest() == 0) return;
        uint256 earliest = head.accepted() + LEAST_INTERVAL;
        require(block.timestamp >= earliest, MarketOracleTooSoon(earliest));
    }

    /// @dev A field that was not observed is zero, which is within any bounds.
    function _requireWithin(Observation given) private view {
        _requireField(SignedMath.abs(given.change()) <= MAX_CHANGE, ObservationLib.CHANGE, given);
        _requireField(given.volatility() <= MAX_VOLATILITY, ObservationLib.VOLATILITY, given);
        _requireField(SignedMath.abs(given.trend()) <= MAX_TREND, ObservationLib.TREND, given);
    }

    /// @dev A last floor of zero bounds nothing: else nothing could follow it.
    function _requireFloor(Observation given, RoundHead head) private view {
        uint256 last = head.floor();
        if (MAX_FLOOR_FACTOR == 0 || last == 0 || block.timestamp >= head.flooredAt() + STALE_AFTER) return;

        uint256 floor = given.floor();
        bool within = floor <= last * MAX_FLOOR_FACTOR && last <= floor * MAX_FLOOR_FACTOR;
        _requireField(within, ObservationLib.FLOOR, given);
    }

    function _requireField(bool within, uint256 field, Observation given) private pure {
        require(within, MarketOracleOutOfBounds(field, Observation.unwrap(given)));
    }

    /* ADAPTERS */

    /// @inheritdoc IMarketOracle
    function setAdapters(address active, address fallbackAdapter) external onlyRole(ADMIN_ROLE) {
        _setAdapters(active, fallbackAdapter);
    }

    function _setAdapters(address active, address fallbackAdapter) private {
        require(active == address(0) || active != fallbackAdapter, MarketOracleSameAdapter(active));

        _active = active;
        _fallback = fallbackAdapter;
        _head = _head.withHeard(block.timestamp);

        emit AdaptersChanged(active, fallbackAdapter);
    }

    /// @inheritdoc IMarketOracle
    function adapters() external view returns (address active, address fallbackAdapter, uint256 fallbackFrom) {
        return (_active, _fallback, _head.heardAt() + STALE_AFTER);
    }

    /* READING */

    /// @inheritdoc IMarketOracle
    function bounds() external view returns (Bounds memory limits) {
        return
            Bounds({
                leastInterval: LEAST_INTERVAL,
                staleAfter: STALE_AFTER,
                maxAge: MAX_AGE,
                maxChange: MAX_CHANGE,
                maxVolatility: MAX_VOLATILITY,
                maxTrend: MAX_TREND,
                maxFloorFactor: MAX_FLOOR_FACTOR
            });
    }

    /// @inheritdoc IMarketOracle
    function latestRound() external view returns (uint256 round) {
        return _head.latest();
    }

    /// @inheritdoc IMarketOracle
    function roundAt(uint256 round) external view returns (Round memory info) {
        RoundWord word = _requireAccepted(round);

        info = Round({
            observation: Observation.unwrap(_observations[round]),
            blockNumber: word.blockNumber(),
            time: word.time(),
            seals: word.seals()
        });
    }

    /// @inheritdoc IMarketOracle
    function acceptedAt(uint256 round) external view returns (uint256 blockNumber, uint256 seals) {
        RoundWord word = _requireAccepted(round);

        return (word.blockNumber(), word.seals());
    }

    function _requireAccepted(uint256 round) private view returns (RoundWord word) {
        word = _rounds[round];
        require(word.isAccepted(), MarketOracleUnknownRound(round));
    }
}
