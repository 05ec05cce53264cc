// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {OracleKit} from "../kit/OracleKit.sol";

// constructor
// ├── when a bound is beyond what its field can hold, or the fallback would be heard at once
// │   └── it reverts, and takes the greatest that there is
// └── it keeps each bound as its own
// accept
// ├── when the observation is older than the greatest age
// │   ├── it reverts, but not up to that very age
// │   └── given there is no greatest age, or it reaches back before 1970: it takes any
// ├── when change or trend is beyond its bound, up or down, or volatility beyond its own
// │   └── it reverts, but not at the bound
// ├── given a round observed a floor
// │   ├── when the floor rises or falls by more than the factor
// │   │   └── it reverts, but not at the factor
// │   ├── when the round between them observed none
// │   │   └── it compares with the one before
// │   ├── when the last floor was accepted as long ago as the fallback waits
// │   │   └── it takes any, and a second earlier it does not
// │   ├── when rounds without a floor were accepted since
// │   │   └── it counts from the floor's own round
// │   ├── when the last floor was zero
// │   │   └── it takes any
// │   └── given the factor is zero: it takes any
// └── given no round observed a floor: it takes any
contract MarketOracleBoundsTest is OracleKit {
    uint256 private constant CHANGE = 0;
    uint256 private constant VOLATILITY = 1;
    uint256 private constant TREND = 2;
    uint256 private constant FLOOR = 4;
    uint256 private constant GREATEST_FACTOR = type(uint48).max;

    /* CONSTRUCTION */

    function test_RevertWhen_ABoundIsBeyondItsField() external {
        uint256[7] memory greatest = _greatest();
        for (uint256 i = 0; i < 7; ++i) {
            uint256[7] memory words = greatest;
            words[i] += 1;
            vm.expectRevert(abi.encodeWithSelector(IMarketOracle.MarketOracleInvalidBounds.selector));
            this.deploy(_toBounds(words));
            words[i] -= 1;
        }
        this.deploy(_toBounds(greatest));
    }

    function test_RevertWhen_TheFallbackWouldBeHeardAtOnce() external {
        IMarketOracle.Bounds memory limits = _bounds();
        limits.staleAfter = 0;
        vm.expectRevert(abi.encodeWithSelector(IMarketOracle.MarketOracleInvalidBounds.selector));
        this.deploy(limits);
        limits.staleAfter = 1;
        this.deploy(limits);
    }

    function testFuzz_KeepsEachBound(uint256[7] memory words) external {
        uint256[7] memory greatest = _greatest();
        for (uint256 i = 0; i < 7; ++i) words[i] = _bound(words[i], i == 1 ? 1 : 0, greatest[i]);

        IMarketOracle.Bounds memory kept = _deployOracle(_toBounds(words), 1).bounds();
        vm.assertEq(abi.encode(kept), abi.encode(words), "bounds");
    }

    /// @dev Through a call, because an expected revert is that of the next one.
    function deploy(IMarketOracle.Bounds calldata limits) external {
        _deployOracle(limits, 1);
    }

    /* AGE */

    function testFuzz_RevertWhen_ItIsTooOld(uint256 maxAge, uint256 more) external {
        IMarketOracle.Bounds memory limits = _bounds();
        limits.maxAge = maxAge = _bound(maxAge, 1, NOW - 2);
        oracle = _deployOracle(limits, 1);
        uint256 oldest = NOW - maxAge;
        uint256 time = oldest - _bound(more, 1, oldest - 1);

        _refuse(abi.encodeWithSelector(IMarketOracle.MarketOracleTooOld.selector, time, oldest), _observation(time));
        vm.assertEq(_bring(_observation(oldest)), 1, "at that very age");
    }

    function test_TakesAnyAge() external {
        vm.assertEq(_bring(_observation(1)), 1, "no greatest age");

        IMarketOracle.Bounds memory limits = _bounds();
        limits.maxAge = type(uint40).max;
        oracle = _deployOracle(limits, 1);
        vm.assertEq(_bring(_observation(1)), 1, "before 1970");
    }

    /* CHANGE, VOLATILITY, TREND */

    function testFuzz_RevertWhen_ChangeIsBeyond(uint256 bound, uint256 value, bool down) external {
        bound = _bound(bound, 0, 32_766);
        _deployWith(bound, 65_535, 32_768);
        Market memory market = _market(NOW - 1);
        market.change = _signed(_bound(value, bound + 1, down ? 32_768 : 32_767), down);
        _refuse(_outOfBounds(CHANGE, _pack(market)), _pack(market));

        market.change = _signed(bound, down);
        vm.assertEq(_bring(_pack(market)), 1, "at the bound");
    }

    function testFuzz_RevertWhen_TrendIsBeyond(uint256 bound, uint256 value, bool down) external {
        bound = _bound(bound, 0, 32_766);
        _deployWith(32_768, 65_535, bound);
        Market memory market = _market(NOW - 1);
        market.trend = _signed(_bound(value, bound + 1, down ? 32_768 : 32_767), down);
        _refuse(_outOfBounds(TREND, _pack(market)), _pack(market));

        market.trend = _signed(bound, down);
        vm.assertEq(_bring(_pack(market)), 1, "at the bound");
    }

    function testFuzz_RevertWhen_VolatilityIsBeyond(uint256 bound, uint256 value) external {
        bound = _bound(bound, 0, 65_534);
        _deployWith(32_768, bound, 32_768);
        Market memory market = _market(NOW - 1);
        market.volatility = uint16(_bound(value, bound + 1, 65_535));
        _refuse(_outOfBounds(VOLATILITY, _pack(market)), _pack(market));

        market.volatility = uint16(bound);
        vm.assertEq(_bring(_pack(market)), 1, "at the bound");
    }

    function test_TakesTheGreatestOfEach() external {
        Market memory market = _market(NOW - 1);
        (market.change, market.volatility, market.trend) = (type(int16).min, type(uint16).max, type(int16).min);
        vm.assertEq(_bring(_pack(market)), 1, "down");
        (market.change, market.trend, market.time) = (type(int16).max, type(int16).max, uint40(NOW));
        vm.assertEq(_bring(_pack(market)), 2, "up");
    }

    /* THE FLOOR */

    function testFuzz_RevertWhen_TheFloorLeaps(uint256 factor, uint256 last) external {
        factor = _bound(factor, 1, 1_000);
        last = _bound(last, 1, 100_000_000);
        _deployWithFactor(factor);
        _bring(_withFloor(last * factor, NOW - 3));

        uint256 high = last * factor * factor;
        _refuseFloor(high + 1, NOW - 2);
        _refuseFloor(last - 1, NOW - 2);
        vm.assertEq(_bring(_withFloor(high, NOW - 2)), 2, "up to the factor");
        vm.assertEq(_bring(_withFloor(last * factor, NOW - 1)), 3, "down to the factor");
        vm.assertEq(_bring(_withFloor(last, NOW)), 4, "and again");
    }

    function test_RevertWhen_TheFloorFallsToZero() external {
        _deployWithFactor(GREATEST_FACTOR);
        _bring(_withFloor(type(uint48).max, NOW - 2));

        _refuseFloor(0, NOW - 1);
        vm.assertEq(_bring(_withFloor(1, NOW - 1)), 2, "by the greatest factor");
        vm.assertEq(_bring(_withFloor(type(uint48).max, NOW)), 3, "and back");
    }

    function test_ComparesWithTheLastThatThereWas() external {
        _deployWithFactor(10);
        _bring(_withFloor(100, NOW - 3));
        vm.assertEq(_bring(_observation(NOW - 2)), 2, "no floor");

        _refuseFloor(1_001, NOW - 1);
        _refuseFloor(9, NOW - 1);
        vm.assertEq(_bring(_withFloor(1_000, NOW - 1)), 3, "ten times the last");
        _refuseFloor(99, NOW);
    }

    function testFuzz_TakesAnyFloorAfterSilence(uint256 staleAfter) external {
        IMarketOracle.Bounds memory limits = _bounds();
        limits.staleAfter = staleAfter = _bound(staleAfter, 1, 30 days);
        limits.maxFloorFactor = 10;
        oracle = _deployOracle(limits, 1);
        _bring(_withFloor(100, NOW - 2));

        vm.warp(NOW + staleAfter - 1);
        _refuseFloor(1_001, NOW - 1);
        vm.warp(NOW + staleAfter);
        vm.assertEq(_bring(_withFloor(1_001, NOW - 1)), 2, "a new start");
        _refuseFloor(100, NOW);
    }

    function test_CountsTheSilenceOfFloorsAlone() external {
        _deployWithFactor(10);
        _bring(_withFloor(100, NOW - 3));
        vm.warp(NOW + 1 days - 1);
        vm.assertEq(_bring(_observation(NOW - 2)), 2, "a round without a floor");

        _refuseFloor(1_001, NOW - 1);
        vm.warp(NOW + 1 days);
        vm.assertEq(_bring(_withFloor(1_001, NOW - 1)), 3, "the last floor is a day old");
    }

    function test_TakesAnyFloorAfterZero() external {
        _deployWithFactor(1);
        vm.assertEq(_bring(_withFloor(0, NOW - 2)), 1, "the first");
        vm.assertEq(_bring(_withFloor(5, NOW - 1)), 2, "after zero");
        _refuseFloor(6, NOW);
    }

    function testFuzz_TakesAnyFloorWithoutAFactor(uint48 last, uint48 floor) external {
        _bring(_withFloor(last, NOW - 1));
        vm.assertEq(_bring(_withFloor(floor, NOW)), 2, "any");
    }

    function testFuzz_TakesAnyFirstFloor(uint48 floor) external {
        _deployWithFactor(1);
        _bring(_observation(NOW - 1));
        vm.assertEq(_bring(_withFloor(floor, NOW)), 2, "the first floor");
    }

    /* HELPERS */

    function _greatest() private pure returns (uint256[7] memory) {
        uint256 longest = type(uint40).max;
        return [longest, longest, longest, 32_768, 65_535, 32_768, GREATEST_FACTOR];
    }

    function _toBounds(uint256[7] memory words) private pure returns (IMarketOracle.Bounds memory) {
        return abi.decode(abi.encode(words), (IMarketOracle.Bounds));
    }

    function _deployWith(uint256 maxChange, uint256 maxVolatility, uint256 maxTrend) private {
        IMarketOracle.Bounds memory limits = _bounds();
        (limits.maxChange, limits.maxVolatility, limits.maxTrend) = (maxChange, maxVolatility, maxTrend);
        oracle = _deployOracle(limits, 1);
    }

    function _deployWithFactor(uint256 factor) private {
        IMarketOracle.Bounds memory limits = _bounds();
        limits.maxFloorFactor = factor;
        oracle = _deployOracle(limits, 1);
    }

    function _withFloor(uint256 floor, uint256 time) private pure returns (bytes32) {
        Market memory market = _market(time);
        market.floor = uint48(floor);
        return _pack(market);
    }

    function _refuseFloor(uint256 floor, uint256 time) private {
        bytes32 observation = _withFloor(floor, time);
        _refuse(_outOfBounds(FLOOR, observation), observation);
    }

    function _signed(uint256 value, bool down) private pure returns (int16) {
        return int16(down ? -int256(value) : int256(value));
    }
}
