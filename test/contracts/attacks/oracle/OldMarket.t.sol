// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketOracle} from "../../../../contracts/interfaces/IMarketOracle.sol";
import {OracleKit} from "../../kit/OracleKit.sol";

/// @dev Vulnerable on purpose: newer than the last is new enough.
contract NewerIsEnough {
    uint256 public time;

    function accept(uint256 newTime) external {
        require(newTime > time, "stale");
        time = newTime;
    }
}

// The adapter waits for days and then brings a market of then that suits it; or one that is dated ahead, after which no honest
// round is newer.
contract OldMarketTest is OracleKit {
    function test_TheTwinTakesBoth() external {
        NewerIsEnough twin = new NewerIsEnough();
        twin.accept(NOW - 30 days);
        vm.assertEq(twin.time(), NOW - 30 days, "a month old");
        twin.accept(type(uint40).max);
        vm.assertEq(twin.time(), type(uint40).max, "the last round ever");
    }

    function test_ItIsOfTheseDays() external {
        IMarketOracle.Bounds memory limits = _bounds();
        limits.maxAge = 3 days;
        oracle = _deployOracle(limits, 1);

        _refuse(
            abi.encodeWithSelector(IMarketOracle.MarketOracleTooOld.selector, NOW - 30 days, NOW - 3 days),
            _observation(NOW - 30 days)
        );
        for (uint256 i = 0; i < 2; ++i) {
            uint256 future = i == 0 ? NOW + 1 : type(uint40).max;
            _refuse(
                abi.encodeWithSelector(IMarketOracle.MarketOracleFutureObservation.selector, future, NOW),
                _observation(future)
            );
        }
    }
}
