// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: a day ends with each opening that finds the last one in another hour.
contract RestartingLimit {
    uint256 public opened;
    uint256 private _last;
    uint256 private _spent;

    function open(uint256 count) external {
        if (block.timestamp / 1 hours != _last / 1 hours) _spent = 0;
        _last = block.timestamp;
        _spent += count;
        require(_spent <= 100, "too many");
        opened += count;
    }
}

// A stolen operator key opens around midnight and around every hour. Twice the limit within seconds is what we state: once
// before and once after midnight (UTC); more is not possible.
contract DailyLimitAtMidnightTest is LoopKit {
    uint256 private constant MIDNIGHT = 20_000 days;

    function test_TheTwinGivesMuchMore() external {
        RestartingLimit twin = new RestartingLimit();
        for (uint256 hour = 0; hour < 24; ++hour) {
            vm.warp(MIDNIGHT + hour * 1 hours);
            twin.open(100);
        }

        vm.assertEq(twin.opened(), 2_400, "24 times the limit in a day");
    }

    function test_TheCollectionGivesTwiceAtMidnightAndNoMore() external {
        vm.prank(PARAMETERS);
        collection.setWorksPerDay(100);
        vm.warp(MIDNIGHT - 1);
        _open(ALICE, 100);
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionDailyLimitExceeded.selector, 1, 0));
        _open(ALICE, 1);

        vm.warp(MIDNIGHT);
        _open(ALICE, 100);
        for (uint256 hour = 0; hour < 24; ++hour) {
            vm.warp(MIDNIGHT + hour * 1 hours);
            vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionDailyLimitExceeded.selector, 1, 0));
            _open(ALICE, 1);
        }
    }
}
