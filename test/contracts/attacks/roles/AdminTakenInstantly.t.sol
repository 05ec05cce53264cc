// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControlDefaultAdminRules} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";

import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: two steps, and no time between them.
contract TwoQuickSteps {
    address public owner = msg.sender;
    address public pending;

    function offer(address to) external {
        require(msg.sender == owner, "only the owner");
        pending = to;
    }

    function accept() external {
        require(msg.sender == pending, "not offered");
        owner = pending;
    }
}

// A stolen admin key hands the admin's job to the thief before anybody wakes up.
contract AdminTakenInstantlyTest is LoopKit {
    function test_TheTwinIsTakenInOneBlock() external {
        TwoQuickSteps twin = new TwoQuickSteps();
        twin.offer(STRANGER);
        vm.prank(STRANGER);
        twin.accept();

        vm.assertEq(twin.owner(), STRANGER, "taken");
    }

    function test_TheRegistryWaitsTwoDays() external {
        IAccessControlDefaultAdminRules admins = IAccessControlDefaultAdminRules(address(registry));
        vm.prank(ADMIN);
        admins.beginDefaultAdminTransfer(STRANGER);
        uint256 due = block.timestamp + ADMIN_DELAY;
        vm.warp(due); // the schedule itself has to pass

        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessControlDefaultAdminRules.AccessControlEnforcedDefaultAdminDelay.selector,
                uint48(due)
            )
        );
        vm.prank(STRANGER);
        admins.acceptDefaultAdminTransfer();
        vm.prank(ADMIN);
        admins.cancelDefaultAdminTransfer();
        vm.assertEq(admins.defaultAdmin(), ADMIN, "time enough to cancel");
    }
}
