// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {SeriesLib} from "../../../contracts/libraries/SeriesLib.sol";
import {Observation} from "../../../contracts/types/Observation.sol";
import {Kit} from "../kit/Kit.sol";

// observe (test/contracts/series.test.ts compares it with the engine; here are its borders)
// ├── of nothing
// │   └── it is the observation of nothing, at time zero
// ├── of one price
// │   └── it has a floor and a time alone
// ├── change
// │   ├── it is that of the last day, in bps, cut towards zero both ways
// │   └── it stops at 32,767
// ├── volatility
// │   ├── it is there from five steps on, of which it is the sample deviation
// │   ├── a step over some days is divided by the root of their number
// │   ├── a step that is less than a millionth is none, up or down
// │   └── from twenty steps on the wildest at each end is drawn in, and only that
// ├── trend
// │   ├── it is there from ten days on, and compares the medians of five
// │   └── it stops at 32,767
// ├── floor
// │   └── it is in millionths, cut off, and stops at 2^48 - 1
// ├── of a whole window
// │   └── it has them all
// ├── every observation is well-formed
// └── prices all so many times as high
//     └── change the floor alone
contract SeriesLibTest is Kit {
    uint256 private constant DAY = 1 days;
    uint256 private constant NOON = 20_000 * DAY + DAY / 2;

    bytes32 private constant OF_NOTHING = bytes32(
        uint256(1 << 248) | (5_000 << 176) | (5_000 << 24) | (10_000 << 8) | 9
    );

    struct Fields {
        uint256 mask;
        int256 change;
        uint256 volatility;
        int256 trend;
        uint256 floor;
        uint256 time;
    }

    function test_OfNothing() external pure {
        vm.assertEq(SeriesLib.observe(new uint256[](0), new uint256[](0)), OF_NOTHING, "nothing");
    }

    function testFuzz_OfOnePrice(uint48 millionths, uint256 below, uint32 time) external pure {
        uint256[] memory prices = new uint256[](1);
        prices[0] = uint256(millionths) * 1e12 + _bound(below, 0, 1e12 - 1);
        uint256[] memory times = new uint256[](1);
        times[0] = time;

        uint256 expected = uint256(OF_NOTHING) | (1 << 244) | (uint256(millionths) << 128) | (uint256(time) << 40);
        vm.assertEq(SeriesLib.observe(prices, times), bytes32(expected), "a floor and a time");
    }

    /* CHANGE */

    function test_ChangeIsCutTowardsZero() external pure {
        vm.assertTrue(_pair(1_000, 1_100).change == 1_000, "a tenth up");
        vm.assertTrue(_pair(1_100, 1_000).change == -909, "-909.09 is -909");
        vm.assertTrue(_pair(1_000_000, 1_000_099).change == 0, "0.99 is 0");
        vm.assertTrue(_pair(1_000_000, 999_901).change == 0, "-0.99 is 0");
        vm.assertEq(_pair(1_000, 1_000).mask, 0x11, "change and floor");
    }

    function test_ChangeStops() external pure {
        vm.assertTrue(_pair(10_000, 42_767).change == 32_767, "at its end");
        vm.assertTrue(_pair(10_000, 42_768).change == 32_767, "one beyond");
        vm.assertTrue(_pair(1, 1e26).change == 32_767, "far beyond");
        vm.assertTrue(_pair(1e26, 1).change == -9_999, "down it cannot lose more than everything");
    }

    /* VOLATILITY */

    function test_VolatilityTakesFiveSteps() external pure {
        // Steps of 19,801 millionths, up and down by turns: of five, the root of 24/20 of that.
        vm.assertEq(_see(_turns(5), 1).mask, 0x11, "not yet");
        vm.assertEq(_see(_turns(6), 1).mask, 0x13, "five steps");
        vm.assertEq(_see(_turns(5), 1).volatility, 0, "none");
        vm.assertEq(_see(_turns(6), 1).volatility, 216, "of five steps");
        vm.assertEq(_see(_turns(9), 1).volatility, 211, "of eight");
    }

    function test_VolatilityOverGaps() external pure {
        vm.assertEq(_see(_turns(6), 2).volatility, 153, "divided by 1.414");
        vm.assertEq(_see(_turns(6), 7).volatility, 82, "divided by 2.645");
    }

    function test_DaysAreCountedByDate() external pure {
        uint256[] memory times = _times(6, 1);
        for (uint256 i = 0; i < 6; ++i)
            times[i] = i % 2 == 0 ? (times[i] / DAY) * DAY : (times[i] / DAY) * DAY + DAY - 1;

        vm.assertEq(_fields(SeriesLib.observe(_turns(6), times)).volatility, 216, "a day each, however many hours");
    }

    function test_StepsBelowAMillionthAreNone() external pure {
        uint256[] memory up = _flat(2, 1e18);
        up[1] = 1e18 + 1e12 - 1;
        uint256[] memory down = _flat(2, 1e18);
        down[1] = 1e18 - 999_999e6;

        vm.assertTrue(SeriesLib.steps(up, _times(2, 1))[0] == 0, "up");
        vm.assertTrue(SeriesLib.steps(down, _times(2, 1))[0] == 0, "down");
        vm.assertTrue(SeriesLib.steps(_raised(down), _times(2, 1))[0] == -2, "down by two and a half");
    }

    function test_DampsTheWildestOfTwenty() external pure {
        vm.assertEq(_see(_spiked(20, 10, 10), 1).volatility, 6_534, "of nineteen steps both count");
        vm.assertEq(_see(_spiked(21, 10, 10), 1).volatility, 0, "of twenty neither does");
        vm.assertEq(_see(_spiked(21, 10, 15), 1).volatility, 8_994, "a second one does");
    }

    function test_TheWildestMayComeInAnyOrder() external pure {
        int256[] memory up = new int256[](20);
        int256[] memory down = new int256[](20);
        for (uint256 i = 0; i < 20; ++i) (up[i], down[i]) = (int256(i * 1_000), int256((19 - i) * 1_000));

        // 0 to 19,000, of which the ends become 1,000 and 18,000: deviation 5,796.
        vm.assertEq(SeriesLib.volatility(up), 57, "rising");
        vm.assertEq(SeriesLib.volatility(down), 57, "falling");
    }

    /* TREND */

    function test_TrendTakesTenDays() external pure {
        vm.assertEq(_see(_turns(9), 1).mask, 0x13, "not yet");
        vm.assertEq(_see(_turns(10), 1).mask, 0x17, "ten days");
        vm.assertTrue(_see(_turns(9), 1).trend == 0, "none");
        vm.assertTrue(_see(_turns(10), 1).trend == 200, "from 100 to 102");
    }

    function test_TrendComparesMedians() external pure {
        uint256[11] memory list = [uint256(5), 1, 4, 2, 3, 99, 4, 1, 6, 2, 5];
        uint256[] memory prices = new uint256[](11);
        for (uint256 i = 0; i < 11; ++i) prices[i] = list[i] * 1e18;

        vm.assertTrue(SeriesLib.trend(prices) == 3_333, "from 3 to 4");
        (prices[1], prices[10]) = (1e24, 2e18);
        vm.assertTrue(SeriesLib.trend(prices) == -5_000, "from 4 to 2");
    }

    function test_TrendStops() external pure {
        uint256[] memory prices = _flat(10, 1e18);
        for (uint256 i = 5; i < 10; ++i) prices[i] = 5e18;

        vm.assertTrue(_see(prices, 1).trend == 32_767, "fivefold");
    }

    /* FLOOR */

    function test_FloorStops() external pure {
        uint256 most = type(uint48).max;

        vm.assertEq(_see(_flat(1, most * 1e12 + 1e12 - 1), 1).floor, most, "at its end");
        vm.assertEq(_see(_flat(1, (most + 1) * 1e12), 1).floor, most, "beyond");
        vm.assertEq(_see(_flat(1, 1e12 - 1), 1).floor, 0, "less than a millionth");
    }

    /* ALL TOGETHER */

    function test_OfAWholeWindow() external pure {
        uint256[] memory prices = new uint256[](31);
        for (uint256 i = 0; i < 31; ++i) prices[i] = (100 + i) * 1e18;
        Fields memory said = _see(prices, 1);

        vm.assertEq(said.mask, 0x17, "all that prices tell");
        vm.assertTrue(said.change == 77, "from 129 to 130");
        vm.assertEq(said.volatility, 6, "steps of 99 to 77 bps");
        vm.assertTrue(said.trend == 2_549, "from 102 to 128");
        vm.assertEq(said.floor, 130e6, "in millionths");
        vm.assertEq(said.time, NOON + 30 * DAY, "of the last");
    }

    /* ANY */

    function testFuzz_IsWellFormed(uint256[] memory prices, uint8 gap) external pure {
        prices = _priced(prices);
        bytes32 word = SeriesLib.observe(prices, _times(prices.length, _bound(gap, 1, 7)));

        vm.assertTrue(Observation.wrap(word).isWellFormed(), "well-formed");
    }

    function testFuzz_ScalingChangesTheFloorAlone(uint256[] memory prices, uint64 factor) external pure {
        prices = _priced(prices);
        uint256[] memory times = _times(prices.length, 1);
        bytes32 word = SeriesLib.observe(prices, times);
        for (uint256 i = 0; i < prices.length; ++i) prices[i] *= uint256(factor) + 1;

        bytes32 floor = bytes32(uint256(type(uint48).max) << 128);
        vm.assertEq(SeriesLib.observe(prices, times) & ~floor, word & ~floor, "the rest is the same");
    }

    /* HELPERS */

    function _pair(uint256 a, uint256 b) private pure returns (Fields memory) {
        uint256[] memory prices = new uint256[](2);
        (prices[0], prices[1]) = (a, b);
        return _see(prices, 1);
    }

    /// @dev 100 and 102 by turns.
    function _turns(uint256 count) private pure returns (uint256[] memory prices) {
        prices = _flat(count, 100e18);
        for (uint256 i = 1; i < count; i += 2) prices[i] = 102e18;
    }

    function _spiked(uint256 count, uint256 first, uint256 second) private pure returns (uint256[] memory prices) {
        prices = _flat(count, 100e18);
        (prices[first], prices[second]) = (10_000e18, 10_000e18);
    }

    function _flat(uint256 count, uint256 price) private pure returns (uint256[] memory prices) {
        prices = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) prices[i] = price;
    }

    /// @dev Two and a half millionths below the first.
    function _raised(uint256[] memory prices) private pure returns (uint256[] memory) {
        prices[1] = prices[0] - 25e11;
        return prices;
    }

    /// @dev At most a window of any prices from one to 2^100.
    function _priced(uint256[] memory prices) private pure returns (uint256[] memory window) {
        window = new uint256[](prices.length < 31 ? prices.length : 31);
        for (uint256 i = 0; i < window.length; ++i)
            window[i] = _bound(prices[i] >> (prices[i] % 100), 1, uint256(1) << (prices[i] % 101));
    }

    function _times(uint256 count, uint256 gap) private pure returns (uint256[] memory times) {
        times = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) times[i] = NOON + i * gap * DAY;
    }

    function _see(uint256[] memory prices, uint256 gap) private pure returns (Fields memory) {
        return _fields(SeriesLib.observe(prices, _times(prices.length, gap)));
    }

    function _fields(bytes32 packed) private pure returns (Fields memory) {
        uint256 word = uint256(packed);
        return
            Fields({
                mask: uint8(word >> 240),
                change: int16(uint16(word >> 224)),
                volatility: uint16(word >> 208),
                trend: int16(uint16(word >> 192)),
                floor: uint48(word >> 128),
                time: uint40(word >> 40)
            });
    }
}
