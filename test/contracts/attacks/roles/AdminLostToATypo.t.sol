// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControlDefaultAdminRules} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";

import {ADMIN_ROLE} from "../../../../contracts/access/Roles.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: one step.
contract OneStepOwner {
    address public owner = msg.sender;

    function transferOwnership(address to) external {
        require(msg.sender == owner, "only the owner");
        owner = to;
    }
}

// The admin hands over to an address with a mistyped letter, which is nobody's.
contract AdminLostToATypoTest is LoopKit {
    address private immutable NOBODY = _account("mistyped");

    function test_TheTwinIsNobodys() external {
        OneStepOwner twin = new OneStepOwner();
        twin.transferOwnership(NOBODY);

        vm.expectRevert(abi.encodeWithSignature("Error(string)", "only the owner"));
        twin.transferOwnership(address(this));
    }

    function test_TheRegistryWaitsForTheOtherToAnswer() external {
        IAccessControlDefaultAdminRules admins = IAccessControlDefaultAdminRules(address(registry));
        vm.prank(ADMIN);
        admins.beginDefaultAdminTransfer(NOBODY);
        vm.warp(block.timestamp + 365 days);

        vm.assertEq(admins.defaultAdmin(), ADMIN, "still");
        vm.prank(ADMIN);
        admins.cancelDefaultAdminTransfer();
        vm.prank(ADMIN);
        collection.setOwner(BOB);
        vm.assertEq(collection.owner(), BOB, "and able to act");
        registry.requireRole(ADMIN_ROLE, ADMIN);
    }
}
