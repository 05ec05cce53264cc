// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketAdapter} from "./IMarketAdapter.sol";

/// @title A Chainlink Data Feed as a market
/// @notice Anybody may `poke` it once a day: it keeps the price, and brings what the last 31 prices say, computed by the rules of
/// offchain/market/observe.ts to the same integers. Volume and sentiment stay absent: a feed does not tell them.
/// @dev The evidence of {IMarketAdapter-Brought} is `keccak256(abi.encode(feed, roundId, answer, updatedAt))`.
interface IDataFeedAdapter is IMarketAdapter {
    /// @notice One kept price.
    /// @param price In units of the feed, its decimals.
    /// @param time When the feed was updated, unix seconds.
    struct Sample {
        uint256 price;
        uint256 time;
    }

    /// @notice The answer is zero, negative, or larger than a price can be.
    error DataFeedUnsoundAnswer(int256 answer);

    /// @notice The feed was not updated since `oldest`: its heartbeat has passed.
    error DataFeedStale(uint256 updatedAt, uint256 oldest);

    /// @notice The feed was updated after this block, or never.
    error DataFeedUnsoundTime(uint256 updatedAt);

    /// @notice The feed's decimals are not those of the deployment any more.
    error DataFeedDecimalsChanged(uint256 decimals, uint256 expected);

    /// @notice The L2's sequencer is down, or was down until too short a time ago to be believed.
    error DataFeedSequencerDown(uint256 upSince, uint256 grace);

    /// @notice A price of this day is kept already.
    error DataFeedSameDay(uint256 day);

    /// @notice Zero stands where a feed, a heartbeat or a grace is needed.
    error DataFeedInvalidConfiguration();

    /// @notice Keeps the feed's price of today and brings a round. Anybody may.
    function poke() external;

    /// @notice What the prices kept so far say, without today's.
    /// @return observation The packed observation.
    function preview() external view returns (bytes32 observation);

    /// @notice The kept prices, oldest first, at most 31.
    function samples() external view returns (Sample[] memory kept);
}
