// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title Where rounds come from
/// @notice A round is one market observation accepted on chain. Whoever reads it never learns which vendor brought it.
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

    /// @notice Emitted when a round is accepted.
    event RoundAccepted(uint256 indexed round, address indexed adapter, bytes32 observation, uint256 seals);

    /// @notice Emitted when the account or contract that may bring rounds changes.
    event AdapterChanged(address indexed previousAdapter, address indexed newAdapter);

    /// @notice No round has this number.
    error MarketOracleUnknownRound(uint256 round);

    /// @notice Only the adapter brings rounds.
    error MarketOracleUnauthorizedAdapter(address caller);

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

    /// @notice Names who may bring rounds from now on.
    /// @param newAdapter An account or a contract.
    function setAdapter(address newAdapter) external;

    /// @notice Who may bring rounds.
    function adapter() external view returns (address account);

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
