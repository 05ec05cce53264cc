// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title Where rounds come from
/// @notice A round is one market observation accepted on chain. Whoever reads it never learns which vendor brought it: one
/// active adapter brings rounds, and one named fallback while the active one has been silent for too long.
/// @dev An observation is one word in the layout of a batch's conditions (offchain/kernel/observation.ts) whose parameter
/// fields are the neutral ones.
interface IMarketOracle {
    /// @param observation The packed observation.
    /// @param blockNumber Block in which it was accepted: holders' acts up to and with it count.
    /// @param time When it was accepted, unix seconds.
    /// @param seals Batches sealed when it was accepted: what an epoch of this round covers.
    struct Round {
        bytes32 observation;
        uint256 blockNumber;
        uint256 time;
        uint256 seals;
    }

    /// @notice What is accepted at all. Fixed at construction: other bounds are another oracle.
    /// @param leastInterval From one round to the next, at least, seconds.
    /// @param staleAfter Silence of the active adapter after which the fallback is heard, seconds; more than zero.
    /// @param maxAge Age of an observation at its acceptance, at most, seconds; zero for any.
    /// @param maxChange Of `change`, up or down, bps, 0 to 32,768.
    /// @param maxVolatility Of `volatility`, bps, 0 to 65,535.
    /// @param maxTrend Of `trend`, up or down, bps, 0 to 32,768.
    /// @param maxFloorFactor Times by which the floor may rise or fall from the last round that observed one, unless that was
    /// accepted `staleAfter` ago or observed zero; zero for any. A slip of the unit stops here, and so does a venue that is wrong
    /// by 100.
    struct Bounds {
        uint256 leastInterval;
        uint256 staleAfter;
        uint256 maxAge;
        uint256 maxChange;
        uint256 maxVolatility;
        uint256 maxTrend;
        uint256 maxFloorFactor;
    }

    /// @notice Emitted when a round is accepted.
    event RoundAccepted(uint256 indexed round, address indexed adapter, bytes32 observation, uint256 seals);

    /// @notice Emitted when the accounts or contracts that may bring rounds change.
    event AdaptersChanged(address indexed active, address indexed fallbackAdapter);

    /// @notice No round has this number.
    error MarketOracleUnknownRound(uint256 round);

    /// @notice Only the adapters bring rounds.
    error MarketOracleUnauthorizedAdapter(address caller);

    /// @notice The active adapter is not stale, so the fallback is not heard before `earliest`, unix seconds.
    error MarketOracleFallbackTooEarly(uint256 earliest);

    /// @notice Nobody is active and fallback at once.
    error MarketOracleSameAdapter(address adapter);

    /// @notice No such bounds: `staleAfter` is zero, or one is beyond what its field can hold.
    error MarketOracleInvalidBounds();

    /// @notice The observation is older than the oldest that would be accepted.
    error MarketOracleTooOld(uint256 time, uint256 oldest);

    /// @notice A field is outside the bounds: 0 change, 1 volatility, 2 trend, 4 floor, as in the mask of an observation.
    error MarketOracleOutOfBounds(uint256 field, bytes32 observation);

    /// @notice The observation was made no later than the last one.
    error MarketOracleStaleObservation(uint256 time, uint256 lastTime);

    /// @notice The observation was made after this block.
    error MarketOracleFutureObservation(uint256 time, uint256 blockTime);

    /// @notice No observation packs to this word, or a parameter in it is not neutral.
    error MarketOracleMalformedObservation(bytes32 observation);

    /// @notice The last round is younger than the least interval.
    error MarketOracleTooSoon(uint256 earliest);

    /// @notice Brings an observation.
    /// @param observation The packed observation.
    /// @return round Its number, one more than the last.
    function accept(bytes32 observation) external returns (uint256 round);

    /// @notice Names who may bring rounds from now on. The active one is given a full `staleAfter` before the fallback is heard.
    /// @param active An account or a contract; zero for nobody.
    /// @param fallbackAdapter Another one; zero for nobody.
    function setAdapters(address active, address fallbackAdapter) external;

    /// @notice Who may bring rounds.
    /// @return active Who always may.
    /// @return fallbackAdapter Who may while the active one is stale.
    /// @return fallbackFrom When the fallback is heard, unless the active one speaks before, unix seconds.
    function adapters() external view returns (address active, address fallbackAdapter, uint256 fallbackFrom);

    /// @notice What is accepted at all.
    function bounds() external view returns (Bounds memory limits);

    /// @notice Number of the newest round, zero before the first.
    function latestRound() external view returns (uint256 round);

    /// @notice Everything about a round. Reverts with {MarketOracleUnknownRound}.
    /// @param round Its number.
    function roundAt(uint256 round) external view returns (Round memory info);

    /// @notice What an epoch must know about a round, from one slot. Reverts with {MarketOracleUnknownRound}.
    /// @param round Its number.
    /// @return blockNumber Block in which it was accepted.
    /// @return seals Batches sealed when it was accepted.
    function acceptedAt(uint256 round) external view returns (uint256 blockNumber, uint256 seals);
}
