// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IDataFeedAdapter} from "../interfaces/IDataFeedAdapter.sol";
import {IMarketAdapter} from "../interfaces/IMarketAdapter.sol";
import {IMarketOracle} from "../interfaces/IMarketOracle.sol";
import {IAggregatorV3} from "../interfaces/vendors/IAggregatorV3.sol";
import {SeriesLib} from "../libraries/SeriesLib.sol";
import {SampleRing} from "../types/SampleRing.sol";
import {MarketAdapter} from "./MarketAdapter.sol";

/// @title DataFeedAdapter
/// @notice See {IDataFeedAdapter}: a diary of one feed, a price a day.
/// @dev Feeds have no updates at fixed times any more, so a day is that of the update and not of the poke.
contract DataFeedAdapter is IDataFeedAdapter, MarketAdapter {
    uint256 private constant MOST_DECIMALS = 18;

    IAggregatorV3 public immutable FEED;
    uint256 public immutable HEARTBEAT; // seconds
    uint256 public immutable DECIMALS;
    IAggregatorV3 public immutable SEQUENCER; // zero on an L1
    uint256 public immutable GRACE; // seconds
    uint256 private immutable SCALE; // from the feed's units to 18 decimals

    SampleRing private _ring;

    /// @param heartbeat Seconds within which the feed is updated, whatever the market does.
    /// @param sequencer The uptime feed of an L2's sequencer; zero on an L1.
    /// @param grace Seconds for which prices are not believed after the sequencer came back.
    constructor(
        IMarketOracle oracle,
        IAggregatorV3 feed,
        uint256 heartbeat,
        IAggregatorV3 sequencer,
        uint256 grace
    ) MarketAdapter(oracle) {
        require(address(feed) != address(0) && heartbeat != 0, DataFeedInvalidConfiguration());
        require(address(sequencer) == address(0) || grace != 0, DataFeedInvalidConfiguration());
        uint256 decimals = feed.decimals();
        require(decimals <= MOST_DECIMALS, DataFeedInvalidConfiguration());

        FEED = feed;
        HEARTBEAT = heartbeat;
        SEQUENCER = sequencer;
        GRACE = grace;
        DECIMALS = decimals;
        SCALE = 10 ** (MOST_DECIMALS - decimals);
    }

    /// @inheritdoc IDataFeedAdapter
    function poke() external {
        if (address(SEQUENCER) != address(0)) _requireSequencerUp();
        (uint80 roundId, int256 answer, , uint256 updatedAt, ) = FEED.latestRoundData();
        _requireSound(answer, updatedAt);
        bytes memory refusal = _refusal();

        _keep(uint256(answer), updatedAt);

        bytes32 evidence = keccak256(abi.encode(FEED, roundId, answer, updatedAt));
        if (refusal.length == 0) _bring(preview(), evidence);
        else emit Discarded(evidence, refusal);
    }

    function _requireSequencerUp() private view {
        (, int256 answer, uint256 startedAt, , ) = SEQUENCER.latestRoundData();
        // A feed that was never updated has started at zero.
        uint256 upSince = answer == 0 ? startedAt : 0;

        bool believed = upSince != 0 && Math.saturatingSub(block.timestamp, upSince) > GRACE;
        require(believed, DataFeedSequencerDown(upSince, GRACE));
    }

    function _requireSound(int256 answer, uint256 updatedAt) private view {
        uint256 decimals = FEED.decimals();
        require(decimals == DECIMALS, DataFeedDecimalsChanged(decimals, DECIMALS));
        require(answer > 0 && answer <= int256(uint256(type(uint88).max)), DataFeedUnsoundAnswer(answer));
        require(updatedAt != 0 && updatedAt <= block.timestamp, DataFeedUnsoundTime(updatedAt));
        uint256 oldest = Math.saturatingSub(block.timestamp, HEARTBEAT);
        require(updatedAt >= oldest, DataFeedStale(updatedAt, oldest));
    }

    /// @dev One price a day; after a gap that `observe` would refuse, from the beginning.
    function _keep(uint256 price, uint256 time) private {
        (uint256 day, uint256 lastDay) = (time / 1 days, _ring.newest() / 1 days);
        require(day > lastDay, DataFeedSameDay(day));

        if (day - lastDay > SeriesLib.WIDEST_STEP) _ring.restart();
        _ring.push(price, time);
    }

    /// @dev What the oracle would say to whoever is not to bring rounds now; empty to whoever is. A price is kept all the same,
    /// so that who is named later, or speaks as the fallback, has a month to look back on.
    function _refusal() private view returns (bytes memory reason) {
        (address active, address fallbackAdapter, uint256 fallbackFrom) = ORACLE.adapters();
        if (active == address(this)) return reason;
        if (fallbackAdapter != address(this))
            return abi.encodeWithSelector(IMarketOracle.MarketOracleUnauthorizedAdapter.selector, address(this));
        if (block.timestamp < fallbackFrom)
            return abi.encodeWithSelector(IMarketOracle.MarketOracleFallbackTooEarly.selector, fallbackFrom);
    }

    /// @inheritdoc IDataFeedAdapter
    function preview() public view returns (bytes32 observation) {
        (uint256[] memory prices, uint256[] memory times) = _ring.read();
        for (uint256 i = 0; i < prices.length; ++i) prices[i] *= SCALE;

        return SeriesLib.observe(prices, times);
    }

    /// @inheritdoc IDataFeedAdapter
    function samples() external view returns (Sample[] memory kept) {
        (uint256[] memory prices, uint256[] memory times) = _ring.read();
        kept = new Sample[](prices.length);
        for (uint256 i = 0; i < kept.length; ++i) kept[i] = Sample(prices[i], times[i]);
    }

    /// @inheritdoc IMarketAdapter
    function kind() external pure returns (bytes32 name) {
        return "data-feeds";
    }
}
