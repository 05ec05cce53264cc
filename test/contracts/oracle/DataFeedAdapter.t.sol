// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IDataFeedAdapter} from "../../../contracts/interfaces/IDataFeedAdapter.sol";
import {IMarketAdapter} from "../../../contracts/interfaces/IMarketAdapter.sol";
import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {SeriesLib} from "../../../contracts/libraries/SeriesLib.sol";
import {Kit} from "../kit/Kit.sol";
import {ScriptedOracle} from "../mocks/ScriptedOracle.sol";
import {FeedMock} from "../mocks/Vendors.sol";

// constructor
// ├── when feed or heartbeat is zero, or the grace beside a sequencer, or the feed has more than 18 decimals
// │   └── it reverts
// └── it keeps what it was given
// poke
// ├── given the sequencer is down, was never up, comes up later than now, or came up no longer ago than the grace
// │   └── it reverts
// ├── given the decimals are others than at construction
// │   └── it reverts
// ├── given the answer is zero, negative, or wider than 88 bits
// │   └── it reverts
// ├── given the feed was never updated, or after this block
// │   └── it reverts
// ├── given it was updated longer ago than the heartbeat
// │   └── it reverts
// ├── given a price of that day or of a later one is kept
// │   └── it reverts
// ├── given the oracle refuses the observation
// │   └── it reverts with what the oracle says, and keeps nothing
// ├── given the oracle does not hear it: it is neither adapter, though it be their neighbour, or the fallback too early
// │   └── it keeps the price, brings nothing, and says why
// ├── given it is the fallback, from the very second
// │   └── it brings
// ├── given more than 7 days passed since the last price
// │   └── it counts from the beginning
// └── when everything is in order
//     └── it keeps the price, brings what the newest 31 say, and emits Brought with the hash of the feed's round
// preview, samples
// └── they are of what is kept: of nothing at first, of the feed's units, of 31 at most
contract DataFeedAdapterTest is Kit {
    uint256 private constant DAY = 1 days;
    uint256 private constant NOW = 20_000 * DAY + 50_000;
    uint256 private constant HEARTBEAT = 3_600;
    uint256 private constant GRACE = 1_800;
    int256 private constant PRICE = 3_000e8;

    ScriptedOracle private oracle;
    FeedMock private feed;
    FeedMock private sequencer;
    IDataFeedAdapter private adapter;

    function setUp() external {
        vm.warp(NOW);
        oracle = new ScriptedOracle();
        feed = new FeedMock(8);
        sequencer = new FeedMock(0);
        adapter = _adapter(address(feed), HEARTBEAT, address(0), 0);
        oracle.name(address(adapter), address(0), 0);
    }

    /* CONSTRUCTION */

    function test_RevertWhen_ConfigurationIsInvalid() external {
        bytes memory invalid = abi.encodeWithSelector(IDataFeedAdapter.DataFeedInvalidConfiguration.selector);

        vm.assertEq(_failure(address(0), HEARTBEAT, address(0), 0), invalid, "no feed");
        vm.assertEq(_failure(address(feed), 0, address(0), 0), invalid, "no heartbeat");
        vm.assertEq(_failure(address(feed), HEARTBEAT, address(sequencer), 0), invalid, "no grace");
        feed.setDecimals(19);
        vm.assertEq(_failure(address(feed), HEARTBEAT, address(0), 0), invalid, "too many decimals");
    }

    function test_KeepsWhatItWasGiven() external {
        feed.setDecimals(18);
        IPublic made = IPublic(address(_adapter(address(feed), HEARTBEAT, address(sequencer), GRACE)));

        vm.assertEq(made.FEED(), address(feed), "feed");
        vm.assertEq(made.HEARTBEAT(), HEARTBEAT, "heartbeat");
        vm.assertEq(made.DECIMALS(), 18, "decimals");
        vm.assertEq(made.SEQUENCER(), address(sequencer), "sequencer");
        vm.assertEq(made.GRACE(), GRACE, "grace");
        vm.assertEq(made.kind(), "data-feeds", "kind");
        vm.assertEq(_adapter(address(feed), 1, address(sequencer), 1).kind(), "data-feeds", "the least there is");
    }

    /* THE SEQUENCER */

    function test_RevertGiven_SequencerIsNotBelieved() external {
        _onL2();
        _expectDown(0);
        adapter.poke();
        for (int256 answer = -1; answer <= 1; answer += 2) {
            sequencer.set(answer, NOW - GRACE - 1);
            _expectDown(0);
            adapter.poke();
        }
        sequencer.set(0, NOW + 1);
        _expectDown(NOW + 1);
        adapter.poke();
        sequencer.set(0, NOW);
        _expectDown(NOW);
        adapter.poke();
        sequencer.set(0, NOW - GRACE);
        _expectDown(NOW - GRACE);
        adapter.poke();
        sequencer.set(0, NOW - GRACE - 1);
        adapter.poke();

        vm.assertEq(oracle.latestRound(), 1, "a second later it is");
    }

    function test_RevertGiven_SequencerComesUpAtTheEndOfTime() external {
        _onL2();
        sequencer.set(0, type(uint256).max);
        _expectDown(type(uint256).max);
        adapter.poke();
    }

    /* THE FEED */

    function testFuzz_RevertGiven_DecimalsChanged(uint8 decimals) external {
        vm.assume(decimals != 8);
        feed.set(PRICE, NOW);
        feed.setDecimals(decimals);

        vm.expectRevert(abi.encodeWithSelector(IDataFeedAdapter.DataFeedDecimalsChanged.selector, decimals, 8));
        adapter.poke();
    }

    function test_RevertGiven_AnswerIsUnsound() external {
        int256 most = int256(uint256(type(uint88).max));
        int256[5] memory answers = [int256(0), -1, type(int256).min, most + 1, type(int256).max];
        for (uint256 i = 0; i < 5; ++i) {
            feed.set(answers[i], NOW);
            vm.expectRevert(abi.encodeWithSelector(IDataFeedAdapter.DataFeedUnsoundAnswer.selector, answers[i]));
            adapter.poke();
        }

        feed.set(most, NOW - 1);
        adapter.poke();
        vm.assertEq(adapter.samples()[0].price, type(uint88).max, "the greatest price");
    }

    function test_TakesTheLeastPrice() external {
        feed.set(1, NOW);
        adapter.poke();

        vm.assertEq(adapter.samples()[0].price, 1, "kept");
    }

    function test_RevertGiven_TimeIsUnsound() external {
        uint256[3] memory times = [uint256(0), NOW + 1, type(uint256).max];
        for (uint256 i = 0; i < 3; ++i) {
            feed.set(PRICE, times[i]);
            vm.expectRevert(abi.encodeWithSelector(IDataFeedAdapter.DataFeedUnsoundTime.selector, times[i]));
            adapter.poke();
        }
        feed.set(PRICE, NOW);
        adapter.poke();
        vm.assertEq(adapter.samples()[0].time, NOW, "of this very second");
    }

    function test_RevertGiven_FeedIsStale() external {
        uint256 oldest = NOW - HEARTBEAT;
        feed.set(PRICE, oldest - 1);
        vm.expectRevert(abi.encodeWithSelector(IDataFeedAdapter.DataFeedStale.selector, oldest - 1, oldest));
        adapter.poke();
        feed.set(PRICE, oldest);
        adapter.poke();

        vm.assertEq(adapter.samples()[0].time, oldest, "at the end of its heartbeat");
    }

    function test_AHeartbeatLongerThanTimeIsAny() external {
        adapter = _adapter(address(feed), NOW, address(0), 0);
        oracle.name(address(adapter), address(0), 0);
        feed.set(PRICE, DAY);
        adapter.poke();
        vm.assertEq(adapter.samples()[0].time, DAY, "not stale");

        adapter = _adapter(address(feed), type(uint256).max, address(0), 0);
        adapter.poke();
        vm.assertEq(adapter.samples()[0].time, DAY, "not stale either");
    }

    /* ONE PRICE A DAY */

    function test_RevertGiven_TheDayIsKept() external {
        _poke(PRICE, NOW);
        uint256 day = NOW / DAY;
        vm.warp((day + 1) * DAY + 10);
        feed.set(PRICE, (day + 1) * DAY - 1);
        vm.expectRevert(abi.encodeWithSelector(IDataFeedAdapter.DataFeedSameDay.selector, day));
        adapter.poke();
        feed.set(PRICE, (day + 1) * DAY);
        adapter.poke();

        vm.assertEq(adapter.samples().length, 2, "the next day from its first second");
    }

    function test_RevertGiven_ALaterDayIsKept() external {
        adapter = _adapter(address(feed), 10 * DAY, address(0), 0);
        _poke(PRICE, NOW);
        feed.set(PRICE, NOW - DAY);

        vm.expectRevert(abi.encodeWithSelector(IDataFeedAdapter.DataFeedSameDay.selector, NOW / DAY - 1));
        adapter.poke();
    }

    function test_CountsFromTheBeginningAfterAGap() external {
        _poke(PRICE, NOW);
        _poke(PRICE * 2, NOW + 7 * DAY);
        vm.assertEq(adapter.samples().length, 2, "seven days are none");
        _poke(PRICE * 3, NOW + 15 * DAY);

        vm.assertEq(adapter.samples().length, 1, "eight are");
        vm.assertEq(adapter.samples()[0].price, uint256(PRICE * 3), "the new one");
        vm.assertEq(oracle.observation(), _said(1, PRICE * 3, NOW + 15 * DAY), "a floor and a time alone");
    }

    /* THE ORACLE */

    function test_RevertGiven_TheOracleRefuses() external {
        bytes memory refusal = abi.encodeWithSelector(IMarketOracle.MarketOracleTooSoon.selector, NOW + 7);
        oracle.refuseWith(refusal);
        feed.set(PRICE, NOW);
        vm.expectRevert(refusal);
        adapter.poke();
        vm.assertEq(adapter.samples().length, 0, "nothing is kept");

        oracle.refuseWith("");
        adapter.poke();
        vm.assertEq(adapter.samples().length, 1, "so the day may be tried again");
    }

    function test_KeepsThePriceWhileItIsNotHeard() external {
        bytes memory refusal = abi.encodeWithSelector(
            IMarketOracle.MarketOracleUnauthorizedAdapter.selector,
            address(adapter)
        );
        oracle.name(address(1), address(2), 0);
        _expectDiscarded(PRICE, NOW, refusal);
        adapter.poke();

        vm.warp(NOW + DAY);
        refusal = abi.encodeWithSelector(IMarketOracle.MarketOracleFallbackTooEarly.selector, NOW + DAY + 1);
        oracle.name(address(1), address(adapter), NOW + DAY + 1);
        _expectDiscarded(PRICE, NOW + DAY, refusal);
        adapter.poke();

        vm.assertEq(oracle.latestRound(), 0, "no round");
        vm.assertEq(adapter.samples().length, 2, "two prices");
    }

    function test_IsNotHeardForItsNeighbours() external {
        address below = address(uint160(address(adapter)) - 1);
        address above = address(uint160(address(adapter)) + 1);
        oracle.name(below, above, 0);
        _poke(PRICE, NOW);
        oracle.name(above, below, 0);
        _poke(PRICE, NOW + DAY);

        vm.assertEq(oracle.latestRound(), 0, "no round");
        vm.assertEq(adapter.samples().length, 2, "two prices");
    }

    function test_TheFallbackIsHeardFromTheVerySecond() external {
        oracle.name(address(1), address(adapter), NOW);
        _poke(PRICE, NOW);
        vm.assertEq(oracle.bringer(), address(adapter), "brought");
        _poke(PRICE, NOW + DAY);

        vm.assertEq(oracle.latestRound(), 2, "and a day after");
    }

    function test_TheActiveOneIsHeardWhateverTheFallbackIs() external {
        oracle.name(address(adapter), address(1), type(uint256).max);
        _poke(PRICE, NOW);

        vm.assertEq(oracle.bringer(), address(adapter), "brought");
    }

    function test_Brings() external {
        feed.set(PRICE, NOW - 5);
        vm.expectEmit(address(adapter));
        emit IMarketAdapter.Brought(1, keccak256(abi.encode(address(feed), uint80(1), PRICE, NOW - 5)));
        vm.prank(address(0xbeef));
        adapter.poke();

        vm.assertEq(oracle.observation(), _said(1, PRICE, NOW - 5), "what one price says");
        vm.assertEq(adapter.preview(), oracle.observation(), "and so says the preview");
    }

    function test_BringsOnAnL2() external {
        _onL2();
        sequencer.set(0, 1);
        adapter.poke();

        vm.assertEq(oracle.latestRound(), 1, "brought");
    }

    function testFuzz_BringsWhatTheNewestSay(uint256 seed, uint8 decimals) external {
        decimals = uint8(_bound(decimals, 0, 18));
        feed.setDecimals(decimals);
        adapter = _adapter(address(feed), HEARTBEAT, address(0), 0);
        oracle.name(address(adapter), address(0), 0);
        uint256[] memory prices = new uint256[](31);
        uint256[] memory times = new uint256[](31);
        for (uint256 i = 0; i < 40; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 price = _bound(seed, 1, type(uint88).max);
            _poke(int256(price), NOW + i * DAY);
            if (i >= 9) (prices[i - 9], times[i - 9]) = (price * 10 ** (18 - decimals), NOW + i * DAY);
        }

        vm.assertEq(oracle.observation(), SeriesLib.observe(prices, times), "observation");
        vm.assertEq(oracle.latestRound(), 40, "a round each");
        IDataFeedAdapter.Sample[] memory kept = adapter.samples();
        vm.assertEq(kept.length, 31, "a window");
        for (uint256 i = 0; i < 31; ++i) {
            vm.assertEq(kept[i].price, prices[i] / 10 ** (18 - decimals), "in the feed's units");
            vm.assertEq(kept[i].time, times[i], "time");
        }
    }

    function test_BeginsWithNothing() external view {
        vm.assertEq(adapter.samples().length, 0, "no samples");
        vm.assertEq(
            adapter.preview(),
            SeriesLib.observe(new uint256[](0), new uint256[](0)),
            "the observation of nothing"
        );
    }

    /* HELPERS */

    function _adapter(
        address feed_,
        uint256 heartbeat,
        address sequencer_,
        uint256 grace
    ) private returns (IDataFeedAdapter) {
        bytes memory arguments = abi.encode(oracle, feed_, heartbeat, sequencer_, grace);
        return IDataFeedAdapter(_deploy("DataFeedAdapter", arguments));
    }

    /// @dev What its construction reverts with.
    function _failure(
        address feed_,
        uint256 heartbeat,
        address sequencer_,
        uint256 grace
    ) private returns (bytes memory reason) {
        try this.construct(feed_, heartbeat, sequencer_, grace) {
            return "it was made";
        } catch (bytes memory given) {
            return given;
        }
    }

    function construct(address feed_, uint256 heartbeat, address sequencer_, uint256 grace) external {
        _adapter(feed_, heartbeat, sequencer_, grace);
    }

    function _onL2() private {
        adapter = _adapter(address(feed), HEARTBEAT, address(sequencer), GRACE);
        oracle.name(address(adapter), address(0), 0);
        feed.set(PRICE, NOW);
    }

    function _poke(int256 price, uint256 time) private {
        vm.warp(time);
        feed.set(price, time);
        adapter.poke();
    }

    function _expectDown(uint256 upSince) private {
        vm.expectRevert(abi.encodeWithSelector(IDataFeedAdapter.DataFeedSequencerDown.selector, upSince, GRACE));
    }

    /// @dev The feed's next round, and what becomes of it.
    function _expectDiscarded(int256 price, uint256 time, bytes memory refusal) private {
        feed.set(price, time);
        (uint80 roundId, , , , ) = feed.latestRoundData();
        vm.expectEmit(address(adapter));
        emit IMarketAdapter.Discarded(keccak256(abi.encode(address(feed), roundId, price, time)), refusal);
    }

    function _said(uint256 count, int256 price, uint256 time) private pure returns (bytes32) {
        uint256[] memory prices = new uint256[](count);
        uint256[] memory times = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) (prices[i], times[i]) = (uint256(price) * 1e10, time);
        return SeriesLib.observe(prices, times);
    }
}

/// @dev What is public beside the interface.
interface IPublic {
    function FEED() external view returns (address);
    function HEARTBEAT() external view returns (uint256);
    function DECIMALS() external view returns (uint256);
    function SEQUENCER() external view returns (address);
    function GRACE() external view returns (uint256);
    function kind() external view returns (bytes32);
}
