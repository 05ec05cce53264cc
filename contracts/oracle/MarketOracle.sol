// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {Governed} from "../access/Governed.sol";
import {ADMIN_ROLE} from "../access/Roles.sol";
import {ILoopCollection} from "../interfaces/ILoopCollection.sol";
import {IMarketOracle} from "../interfaces/IMarketOracle.sol";
import {IRecipeRegistry} from "../interfaces/IRecipeRegistry.sol";
import {Observation} from "../types/Observation.sol";
import {RoundWord, RoundWordLib} from "../types/RoundWord.sol";

/// @title MarketOracle
/// @notice See {IMarketOracle}: a list of observations that only grows, in the order in which they were made.
/// @dev The collection is only ever asked, by STATICCALL: what an epoch of a round covers is written down with the round,
/// so no publisher can choose it.
contract MarketOracle is IMarketOracle, Governed {
    ILoopCollection public immutable COLLECTION;
    uint256 public immutable LEAST_INTERVAL; // seconds
    uint256 public immutable FIRST_ROUND;

    address private _adapter;
    uint32 private _latest;
    mapping(uint256 round => Observation) private _observations;
    mapping(uint256 round => RoundWord) private _rounds;

    /// @param collection Whose epochs its rounds are for.
    /// @param firstAdapter Who may bring rounds at first.
    /// @param leastInterval Seconds from one round to the next, at least.
    /// @param firstRound Number of its first round: an oracle that follows another counts on.
    constructor(
        IRecipeRegistry registry,
        ILoopCollection collection,
        address firstAdapter,
        uint256 leastInterval,
        uint32 firstRound
    ) Governed(registry) {
        COLLECTION = collection;
        LEAST_INTERVAL = leastInterval;
        FIRST_ROUND = Math.max(firstRound, 1);
        _setAdapter(firstAdapter);
    }

    /// @inheritdoc IMarketOracle
    function accept(bytes32 observation) external returns (uint256 round) {
        require(msg.sender == _adapter, MarketOracleUnauthorizedAdapter(msg.sender));
        uint256 last = _latest;
        Observation given = Observation.wrap(observation);
        require(given.isWellFormed(), MarketOracleMalformedObservation(observation));
        _requireNewer(given.time(), _observations[last].time());
        if (last != 0) _requireLater(_rounds[last].time() + LEAST_INTERVAL);
        uint256 seals = COLLECTION.totals().seals;

        round = last == 0 ? FIRST_ROUND : last + 1;
        _latest = SafeCast.toUint32(round);
        _observations[round] = given;
        _rounds[round] = RoundWordLib.accepted(block.number, block.timestamp, seals);

        emit RoundAccepted(round, msg.sender, observation, seals);
    }

    /// @dev Strictly newer than the one before, which before the first round was made at zero.
    function _requireNewer(uint256 time, uint256 lastTime) private view {
        require(time > lastTime, MarketOracleStaleObservation(time, lastTime));
        require(time <= block.timestamp, MarketOracleFutureObservation(time, block.timestamp));
    }

    function _requireLater(uint256 earliest) private view {
        require(block.timestamp >= earliest, MarketOracleTooSoon(earliest));
    }

    /// @inheritdoc IMarketOracle
    function adapter() external view returns (address account) {
        return _adapter;
    }

    /// @inheritdoc IMarketOracle
    function setAdapter(address newAdapter) external onlyRole(ADMIN_ROLE) {
        _setAdapter(newAdapter);
    }

    function _setAdapter(address newAdapter) private {
        emit AdapterChanged(_adapter, newAdapter);
        _adapter = newAdapter;
    }

    /// @inheritdoc IMarketOracle
    function latestRound() external view returns (uint256 round) {
        return _latest;
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
