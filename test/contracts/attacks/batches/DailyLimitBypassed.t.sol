// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: a limit for each opening is no limit.
contract EachTimeLimit {
    uint256 public opened;

    function open(uint256 count) external {
        require(count <= 100, "too many");
        opened += count;
    }
}

// A stolen operator key opens all the supply in an hour, little by little.
contract DailyLimitBypassedTest is LoopKit {
    function test_TheTwinIsEmptiedInSmallSteps() external {
        EachTimeLimit twin = new EachTimeLimit();
        for (uint256 i = 0; i < 50; ++i) twin.open(100);

        vm.assertEq(twin.opened(), 5_000, "fifty times the limit");
    }

    function test_TheCollectionAddsUp() external {
        vm.prank(PARAMETERS);
        collection.setWorksPerDay(100);
        for (uint256 i = 0; i < 10; ++i) _open(ALICE, 10);

        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionDailyLimitExceeded.selector, 1, 0));
        _open(ALICE, 1);
    }
}
