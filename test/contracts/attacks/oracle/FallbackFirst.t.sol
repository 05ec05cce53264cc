// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketOracle} from "../../../../contracts/interfaces/IMarketOracle.sol";
import {OracleKit} from "../../kit/OracleKit.sol";

/// @dev Vulnerable on purpose: whoever is named is heard.
contract HearsBoth {
    mapping(address adapter => bool) public isAdapter;
    bytes32 public last;

    constructor(address active, address fallbackAdapter) {
        (isAdapter[active], isAdapter[fallbackAdapter]) = (true, true);
    }

    function accept(bytes32 observation) external {
        require(isAdapter[msg.sender], "no adapter");
        last = observation;
    }
}

// The fallback, the weaker of the two, does not wait for its turn and overtakes the active one.
contract FallbackFirstTest is OracleKit {
    function test_TheTwinHearsIt() external {
        HearsBoth twin = new HearsBoth(ADAPTER, FALLBACK);
        vm.prank(FALLBACK);
        twin.accept(_observation(NOW));

        vm.assertEq(twin.last(), _observation(NOW), "though the active one was never silent");
    }

    function test_ItIsHeardOnceTheActiveOneIsStale() external {
        _setAdapters(ADAPTER, FALLBACK);
        vm.warp(NOW + 1 days - 1);
        _bring(_observation(NOW));

        vm.expectRevert(abi.encodeWithSelector(IMarketOracle.MarketOracleFallbackTooEarly.selector, NOW + 2 days - 1));
        vm.prank(FALLBACK);
        oracle.accept(_observation(NOW + 1));
        vm.warp(NOW + 2 days - 2);
        vm.expectRevert(abi.encodeWithSelector(IMarketOracle.MarketOracleFallbackTooEarly.selector, NOW + 2 days - 1));
        vm.prank(FALLBACK);
        oracle.accept(_observation(NOW + 1));
    }
}
