// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketAdapter} from "./IMarketAdapter.sol";

/// @title A Chainlink Data Feed as a market
/// @notice Anybody may `poke` it once a day: it keeps the price, and brings what the last 31 prices say, computed by the rules of
/// offchain/market/observe.ts to the same integers. Volume and sentiment stay absent: a feed does not tell them. While the oracle
/// does not hear it, it keeps prices all the same: who is named later, or speaks as the fallback, has a month to look back on.
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

    /// @notice A price of this day is kept already, or of a later one.
    error DataFeedSameDay(uint256 day);

    /// @notice Zero stands where a feed, a heartbeat or a grace is needed, or the feed has more than 18 decimals.
    error DataFeedInvalidConfiguration();

    /// @notice Keeps the feed's price of today and brings a round. Anybody may. What the oracle refuses reverts, and nothing is
    /// kept; unless it does not hear this adapter at all now: then the price is kept, and {IMarketAdapter-Discarded} says why no
    /// round came of it. After a gap of more than 7 days the prices count from the beginning.
    function poke() external;

    /// @notice What the prices kept so far say; the observation of nothing, at time zero, before the first.
    /// @return observation The packed observation.
    function preview() external view returns (bytes32 observation);

    /// @notice The kept prices, oldest first, at most 31.
    function samples() external view returns (Sample[] memory kept);
}
