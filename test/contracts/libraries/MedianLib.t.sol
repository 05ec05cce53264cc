// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {MedianLib} from "../../../contracts/libraries/MedianLib.sol";
import {Observation} from "../../../contracts/types/Observation.sol";
import {OracleKit} from "../kit/OracleKit.sol";

// medianOf
// ├── it is the lower median of each field by itself, and of the time, as plain sorting finds it
// ├── change and trend are sorted with their sign
// ├── a field that fewer than the quorum have is absent, and one that the quorum has is not
// ├── it does not depend on the order, is well formed, and of equal observations it is that one
// └── given fewer than half the quorum lie
//     ├── each field that it has, and the time, lies among what the honest ones saw
//     └── a field that a whole quorum of honest ones have is not absent
contract MedianLibTest is OracleKit {
    uint256 private constant TIME = 6;

    function testFuzz_IsWhatPlainSortingFinds(uint256 seed, uint256 number, uint256 quorum) external pure {
        number = _bound(number, 1, 16);
        quorum = _bound(quorum, 1, number);
        Market[] memory markets = _markets(seed, number);
        bytes32 median = _medianOf(markets, quorum);

        vm.assertEq(median, _pack(_plainMedian(markets, quorum)), "median");
        vm.assertTrue(Observation.wrap(median).isWellFormed(), "well formed");
    }

    function testFuzz_DoesNotDependOnTheOrder(uint256 seed, uint256 number, uint256 quorum) external pure {
        number = _bound(number, 2, 16);
        quorum = _bound(quorum, 1, number);
        Market[] memory markets = _markets(seed, number);
        bytes32 median = _medianOf(markets, quorum);
        for (uint256 i = 1; i < number; ++i) {
            uint256 other = uint256(keccak256(abi.encode(seed, "order", i))) % (i + 1);
            (markets[i], markets[other]) = (markets[other], markets[i]);
        }
        vm.assertEq(_medianOf(markets, quorum), median, "median");
    }

    function testFuzz_OfEqualOnesItIsThatOne(Market memory market, uint256 number) external pure {
        number = _bound(number, 1, 16);
        Market[] memory markets = new Market[](number);
        for (uint256 i = 0; i < number; ++i) markets[i] = market;

        vm.assertEq(_medianOf(markets, number), _pack(market), "median");
    }

    function test_SortsWithTheSign() external pure {
        Market[] memory markets = new Market[](3);
        for (uint256 i = 0; i < 3; ++i) markets[i] = _market(i);
        (markets[0].change, markets[1].change, markets[2].change) = (-1, 0, -32_768);
        (markets[0].trend, markets[1].trend, markets[2].trend) = (1, 32_767, -1);
        Observation median = Observation.wrap(_medianOf(markets, 3));

        vm.assertTrue(median.change() == -1, "change");
        vm.assertTrue(median.trend() == 1, "trend");
    }

    function test_TakesTheLowerOfTwo() external pure {
        Market[] memory markets = new Market[](2);
        (markets[0], markets[1]) = (_market(2), _market(1));
        (markets[0].floor, markets[1].floor) = (5, 7);
        Observation median = Observation.wrap(_medianOf(markets, 2));

        vm.assertEq(median.floor(), 5, "floor");
        vm.assertEq(median.time(), 1, "time");
    }

    function testFuzz_AFieldNeedsTheQuorum(uint256 seed, uint256 field, uint256 number) external pure {
        number = _bound(number, 4, 6);
        field = _bound(field, 0, 5);
        Market[] memory markets = _markets(seed, number);
        for (uint256 i = 0; i < number; ++i) {
            if (i < 3) markets[i].mask |= uint8(1 << field);
            else markets[i].mask &= ~uint8(1 << field);
        }

        vm.assertTrue(Observation.wrap(_medianOf(markets, 3)).has(field), "three of three");
        vm.assertTrue(!Observation.wrap(_medianOf(markets, 4)).has(field), "three of four");
    }

    function testFuzz_StaysAmongTheHonest(
        uint256 seed,
        uint256 all,
        uint256 quorum,
        uint256 number,
        uint256 liars
    ) external pure {
        all = _bound(all, 1, 16);
        quorum = _bound(quorum, all / 2 + 1, all);
        number = _bound(number, quorum, all);
        liars = _bound(liars, 0, (quorum - 1) / 2);
        Market[] memory markets = _markets(seed, number);
        for (uint256 i = liars; i < number; ++i) _makeHonest(markets[i]);
        Observation median = Observation.wrap(_medianOf(markets, quorum));

        for (uint256 field = 0; field <= TIME; ++field) {
            (int256 low, int256 high, uint256 seen) = _rangeOf(markets, liars, field);
            if (seen >= quorum) vm.assertTrue(_has(median, field), "muted");
            if (!_has(median, field)) continue;
            int256 value = _valueOf(median, field);
            vm.assertTrue(seen != 0 && low <= value && value <= high, "outside what the honest saw");
        }
    }

    /* MODEL */

    function _plainMedian(Market[] memory markets, uint256 quorum) private pure returns (Market memory median) {
        for (uint256 field = 0; field <= TIME; ++field) {
            int256[] memory values = new int256[](markets.length);
            uint256 count = 0;
            for (uint256 i = 0; i < markets.length; ++i) {
                Observation observation = Observation.wrap(_pack(markets[i]));
                if (_has(observation, field)) values[count++] = _valueOf(observation, field);
            }
            if (field != TIME && count < quorum) continue;
            for (uint256 i = 0; i < count; ++i)
                for (uint256 j = 0; j + 1 < count; ++j)
                    if (values[j] > values[j + 1]) (values[j], values[j + 1]) = (values[j + 1], values[j]);
            _write(median, field, values[(count - 1) / 2]);
        }
    }

    function _write(Market memory market, uint256 field, int256 value) private pure {
        if (field < TIME) market.mask |= uint8(1 << field);
        if (field == 0) market.change = int16(value);
        else if (field == 1) market.volatility = uint16(uint256(value));
        else if (field == 2) market.trend = int16(value);
        else if (field == 3) market.sentiment = uint16(uint256(value));
        else if (field == 4) market.floor = uint48(uint256(value));
        else if (field == 5) market.volume = uint48(uint256(value));
        else market.time = uint40(uint256(value));
    }

    function _valueOf(Observation observation, uint256 field) private pure returns (int256) {
        uint256 word = uint256(Observation.unwrap(observation));
        if (field == 0) return int16(uint16(word >> 224));
        if (field == 1) return int256(uint256(uint16(word >> 208)));
        if (field == 2) return int16(uint16(word >> 192));
        if (field == 3) return int256(uint256(uint16(word >> 176)));
        if (field == 4) return int256(uint256(uint48(word >> 128)));
        if (field == 5) return int256(uint256(uint48(word >> 80)));
        return int256(uint256(uint40(word >> 40)));
    }

    function _has(Observation observation, uint256 field) private pure returns (bool) {
        return field == TIME || (uint256(Observation.unwrap(observation)) >> (240 + field)) & 1 == 1;
    }

    /// @dev Of those who do not lie and have the field.
    function _rangeOf(
        Market[] memory markets,
        uint256 from,
        uint256 field
    ) private pure returns (int256 low, int256 high, uint256 seen) {
        (low, high) = (type(int256).max, type(int256).min);
        for (uint256 i = from; i < markets.length; ++i) {
            Observation observation = Observation.wrap(_pack(markets[i]));
            if (!_has(observation, field)) continue;
            int256 value = _valueOf(observation, field);
            ++seen;
            if (value < low) low = value;
            if (value > high) high = value;
        }
    }

    /* INPUT */

    /// @dev Of any market; some near each other, some at the ends of their fields; with all fields, or most.
    function _markets(uint256 seed, uint256 number) private pure returns (Market[] memory markets) {
        markets = new Market[](number);
        for (uint256 i = 0; i < number; ++i) {
            uint256 word = uint256(keccak256(abi.encode(seed, i)));
            if (word % 5 == 0) word |= (type(uint256).max >> 16) << 8;
            uint8 mask = seed % 2 == 0 ? ALL : uint8(word >> 240) | uint8(word >> 248);
            markets[i] = Market(
                mask,
                int16(uint16(word >> 8)),
                uint16(word >> 24),
                int16(uint16(word >> 40)),
                uint16(word >> 56),
                uint48(word >> 72),
                uint48(word >> 120),
                uint40(word >> 168)
            );
            if (seed % 3 == 0) _makeHonest(markets[i]);
        }
    }

    /// @dev Near what all the others saw.
    function _makeHonest(Market memory market) private pure {
        market.change = (market.change % 8) - 4;
        market.volatility = 300 + (market.volatility % 8);
        market.trend = 900 + (market.trend % 8);
        market.sentiment = 5_000 + (market.sentiment % 8);
        market.floor = 70_000 + (market.floor % 8);
        market.volume = 4_000 + (market.volume % 8);
        market.time = 1_800_000_000 + (market.time % 8);
    }

    function _medianOf(Market[] memory markets, uint256 quorum) private pure returns (bytes32) {
        Observation[] memory observations = new Observation[](markets.length);
        for (uint256 i = 0; i < markets.length; ++i) observations[i] = Observation.wrap(_pack(markets[i]));
        return Observation.unwrap(MedianLib.medianOf(observations, quorum));
    }
}
