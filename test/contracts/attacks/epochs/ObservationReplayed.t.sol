// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketOracle} from "../../../../contracts/interfaces/IMarketOracle.sol";
import {EpochKit} from "../../kit/EpochKit.sol";

/// @dev Vulnerable on purpose: takes any observation that its adapter brings.
contract TakesAnything {
    bytes32[] public rounds;

    function accept(bytes32 observation) external {
        rounds.push(observation);
    }
}

// The thief of the adapter's key brings yesterday's market again, or tomorrow's.
contract ObservationReplayedTest is EpochKit {
    function test_TheTwinTakesBoth() external {
        TakesAnything twin = new TakesAnything();
        twin.accept(_observation(NOW));
        twin.accept(_observation(NOW - 1 days));
        twin.accept(_observation(NOW + 1 days));

        vm.assertEq(twin.rounds(2), _observation(NOW + 1 days), "a market that nobody saw");
    }

    function test_TheOracleTakesNeither() external {
        vm.prank(ADAPTER);
        oracle.accept(_observation(NOW));

        vm.expectRevert(abi.encodeWithSelector(IMarketOracle.MarketOracleStaleObservation.selector, NOW - 1 days, NOW));
        vm.prank(ADAPTER);
        oracle.accept(_observation(NOW - 1 days));
        vm.expectRevert(
            abi.encodeWithSelector(IMarketOracle.MarketOracleFutureObservation.selector, NOW + 1 days, NOW)
        );
        vm.prank(ADAPTER);
        oracle.accept(_observation(NOW + 1 days));
    }
}
