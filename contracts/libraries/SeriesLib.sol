// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Arrays} from "@openzeppelin/contracts/utils/Arrays.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";

import {ObservationLib} from "../types/Observation.sol";

/// @title What daily prices say: the rules of offchain/market/observe.ts for candles, to the same integers
/// @dev Signed quotients are cut towards zero here as there, so a step of -0.9 millionths is zero in both. Prices come with 18
/// decimals, as there: scaled after a division they would not be the same.
library SeriesLib {
    /// @dev Days from one price to the next at most; a wider gap is another series.
    uint256 internal constant WIDEST_STEP = 7;

    uint256 private constant LEAST_STEPS = 5; // that give a volatility
    uint256 private constant LEAST_TREND_DAYS = 10;
    uint256 private constant TREND_ENDS = 5; // days at each end whose median a trend compares
    uint256 private constant DAMPED_FROM = 20; // steps from which the wildest at each end is drawn in
    int256 private constant MILLION = 1_000_000;
    uint256 private constant FLOOR_UNIT = 1e12; // a millionth, in 18 decimals

    // What prices tell, in the mask of an observation, and where it lies (contracts/types/Observation.sol).
    uint256 private constant HAS_CHANGE = 1 << (ObservationLib.MASK_AT + ObservationLib.CHANGE);
    uint256 private constant HAS_VOLATILITY = 1 << (ObservationLib.MASK_AT + ObservationLib.VOLATILITY);
    uint256 private constant HAS_TREND = 1 << (ObservationLib.MASK_AT + ObservationLib.TREND);
    uint256 private constant HAS_FLOOR = 1 << (ObservationLib.MASK_AT + ObservationLib.FLOOR);
    uint256 private constant CHANGE_AT = 224;
    uint256 private constant VOLATILITY_AT = 208;
    uint256 private constant TREND_AT = 192;
    uint256 private constant FLOOR_AT = 128;
    uint256 private constant TIME_AT = 40;

    /// @param prices Above zero, of fewer than 200 bits, with 18 decimals; 31 at most, oldest first.
    /// @param times Theirs, unix seconds: one a day, no gap wider than {WIDEST_STEP}.
    /// @return word The packed observation; of no prices, the one of nothing at time zero.
    function observe(uint256[] memory prices, uint256[] memory times) internal pure returns (bytes32 word) {
        uint256 count = prices.length;
        if (count == 0) return bytes32(ObservationLib.NEUTRAL);
        uint256 last = prices[count - 1];
        uint256 packed = ObservationLib.NEUTRAL | HAS_FLOOR | (times[count - 1] << TIME_AT);

        packed |= Math.min(last / FLOOR_UNIT, type(uint48).max) << FLOOR_AT;
        if (count > 1) packed |= HAS_CHANGE | (_signed16(relative(prices[count - 2], last)) << CHANGE_AT);
        if (count > LEAST_STEPS) packed |= HAS_VOLATILITY | (volatility(steps(prices, times)) << VOLATILITY_AT);
        if (count >= LEAST_TREND_DAYS) packed |= HAS_TREND | (_signed16(trend(prices)) << TREND_AT);
        return bytes32(packed);
    }

    /// @dev From each price to the next, in millionths of 2(b - a)/(b + a), a bounded and symmetric stand-in for the logarithm;
    /// a step over k days divided by the root of k.
    function steps(uint256[] memory prices, uint256[] memory times) internal pure returns (int256[] memory list) {
        list = new int256[](prices.length - 1);
        for (uint256 i = 0; i < list.length; ++i) {
            (int256 a, int256 b) = (int256(prices[i]), int256(prices[i + 1]));
            int256 step = (2 * MILLION * (b - a)) / (b + a);
            uint256 passed = times[i + 1] / 1 days - times[i] / 1 days;
            list[i] = passed == 1 ? step : (step * 1_000) / int256(Math.sqrt(passed * 1_000_000));
        }
    }

    /// @dev Sample deviation of 5 to 30 steps, bps. From twenty on the wildest up and the wildest down are drawn in to the nearest
    /// that stays. No step reaches two, so this is at most 21,908.
    function volatility(int256[] memory list) internal pure returns (uint256 bps) {
        (int256 low, int256 high) = _ends(list);
        (int256 sum, int256 squares) = (0, 0);
        for (uint256 i = 0; i < list.length; ++i) {
            int256 step = SignedMath.min(high, SignedMath.max(low, list[i]));
            sum += step;
            squares += step * step;
        }
        int256 n = int256(list.length);

        return Math.sqrt(uint256((n * squares - sum * sum) / (n * (n - 1)))) / 100;
    }

    /// @dev From the median of the first five prices to that of the last five, bps.
    function trend(uint256[] memory prices) internal pure returns (int256 bps) {
        return relative(_medianFrom(prices, 0), _medianFrom(prices, prices.length - TREND_ENDS));
    }

    /// @dev From a to b, bps, cut towards zero.
    function relative(uint256 a, uint256 b) internal pure returns (int256 bps) {
        return (10_000 * (int256(b) - int256(a))) / int256(a);
    }

    /// @dev Between what the steps are held: the extremes of a few, the second at each end of many.
    function _ends(int256[] memory list) private pure returns (int256 low, int256 high) {
        (int256 least, int256 most) = (type(int256).max, type(int256).min);
        (low, high) = (least, most);
        for (uint256 i = 0; i < list.length; ++i) {
            int256 step = list[i];
            if (step < least) (least, low) = (step, least);
            else if (step < low) low = step;
            if (step > most) (most, high) = (step, most);
            else if (step > high) high = step;
        }
        if (list.length < DAMPED_FROM) (low, high) = (least, most);
    }

    function _medianFrom(uint256[] memory prices, uint256 from) private pure returns (uint256) {
        uint256[] memory end = new uint256[](TREND_ENDS);
        for (uint256 i = 0; i < TREND_ENDS; ++i) end[i] = prices[from + i];
        return Arrays.sort(end)[TREND_ENDS / 2];
    }

    /// @dev In two bytes, in two's complement. A price that falls loses 10,000 bps at most, so only the upper end cuts.
    function _signed16(int256 value) private pure returns (uint256) {
        return uint16(int16(SignedMath.min(type(int16).max, value)));
    }
}
