// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title The part of a Chainlink Data Feed that is read here
/// @dev https://docs.chain.link/data-feeds/api-reference. An L2 sequencer's uptime feed has the same shape: answer 0 is up, and
/// `startedAt` is since when.
interface IAggregatorV3 {
    /// @notice Decimals of the answer.
    function decimals() external view returns (uint8);

    /// @notice The newest answer. `answeredInRound` is deprecated.
    function latestRoundData()
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);
}
