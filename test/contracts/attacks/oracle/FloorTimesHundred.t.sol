// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketOracle} from "../../../../contracts/interfaces/IMarketOracle.sol";
import {OracleKit} from "../../kit/OracleKit.sol";

/// @dev Vulnerable on purpose: any number is a floor.
contract AnyFloor {
    uint256 public floor;

    function accept(uint256 newFloor) external {
        floor = newFloor;
    }
}

// The vendor changes its unit, or the thief of the adapter's key says what he likes: a hundred times the floor, a hundredth,
// nothing at all; or a change, a volatility or a trend that no market has.
contract FloorTimesHundredTest is OracleKit {
    uint48 private constant FLOOR = 2_500_000;

    function setUp() public override {
        super.setUp();
        IMarketOracle.Bounds memory limits = _bounds();
        (limits.maxFloorFactor, limits.maxChange) = (10, 9_000);
        (limits.maxVolatility, limits.maxTrend) = (20_000, 9_000);
        oracle = _deployOracle(limits, 1);
        Market memory market = _market(NOW - 10);
        market.floor = FLOOR;
        _bring(_pack(market));
    }

    function test_TheTwinTakesIt() external {
        AnyFloor twin = new AnyFloor();
        twin.accept(FLOOR);
        twin.accept(100 * FLOOR);

        vm.assertEq(twin.floor(), 100 * FLOOR, "a hundred times");
    }

    function test_TheFloorDoesNotLeap() external {
        uint48[4] memory floors = [100 * FLOOR, FLOOR / 100, 0, type(uint48).max];
        for (uint256 i = 0; i < 4; ++i) {
            Market memory market = _market(NOW);
            market.floor = floors[i];
            _refuse(_outOfBounds(4, _pack(market)), _pack(market));
        }
    }

    function test_NoFieldIsAbsurd() external {
        Market memory market = _market(NOW);
        market.change = type(int16).min;
        _refuse(_outOfBounds(0, _pack(market)), _pack(market));
        (market.change, market.volatility) = (0, type(uint16).max);
        _refuse(_outOfBounds(1, _pack(market)), _pack(market));
        (market.volatility, market.trend) = (0, type(int16).max);
        _refuse(_outOfBounds(2, _pack(market)), _pack(market));
    }
}
