// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {EpochKit} from "./EpochKit.sol";

/// @title An oracle with a fallback, and observations of any market
abstract contract OracleKit is EpochKit {
    /// @dev Every field is observed whose bit the mask has.
    struct Market {
        uint8 mask;
        int16 change;
        uint16 volatility;
        int16 trend;
        uint16 sentiment;
        uint48 floor;
        uint48 volume;
        uint40 time;
    }

    uint8 internal constant ALL = 0x3f;
    address internal immutable FALLBACK = _account("fallback");

    function _setAdapters(address active, address fallbackAdapter) internal {
        vm.prank(ADMIN);
        oracle.setAdapters(active, fallbackAdapter);
    }

    /// @dev By the active adapter.
    function _bring(bytes32 observation) internal returns (uint256 round) {
        vm.prank(ADAPTER);
        return oracle.accept(observation);
    }

    /// @dev The next call is the active adapter's and reverts with this.
    function _refuse(bytes memory refusal, bytes32 observation) internal {
        vm.expectRevert(refusal);
        vm.prank(ADAPTER);
        oracle.accept(observation);
    }

    /// @dev An ordinary market with everything in it.
    function _market(uint256 time) internal pure returns (Market memory) {
        return Market(ALL, -120, 350, 810, 6_200, 2_500_000, 40_000, uint40(time));
    }

    /// @dev What is absent is neutral, and no sentiment is above 10,000: so it is well formed.
    function _pack(Market memory market) internal pure returns (bytes32) {
        uint8 mask = market.mask & ALL;
        bytes memory small = abi.encodePacked(
            mask & 1 == 0 ? int16(0) : market.change,
            mask & 2 == 0 ? 0 : market.volatility,
            mask & 4 == 0 ? int16(0) : market.trend,
            mask & 8 == 0 ? 5_000 : market.sentiment % 10_001
        );
        bytes memory large = abi.encodePacked(
            mask & 16 == 0 ? 0 : market.floor,
            mask & 32 == 0 ? 0 : market.volume,
            market.time
        );
        bytes memory parameters = abi.encodePacked(uint16(5_000), uint16(10_000), uint8(9));
        return bytes32(abi.encodePacked(uint8(1), mask, small, large, parameters));
    }

    function _outOfBounds(uint256 field, bytes32 observation) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IMarketOracle.MarketOracleOutOfBounds.selector, field, observation);
    }
}
