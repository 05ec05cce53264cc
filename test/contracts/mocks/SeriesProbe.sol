// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {SeriesLib} from "../../../contracts/libraries/SeriesLib.sol";

/// @title The library as a contract, to be compared with the engine
contract SeriesProbe {
    function observe(uint256[] memory prices, uint256[] memory times) external pure returns (bytes32) {
        return SeriesLib.observe(prices, times);
    }
}
