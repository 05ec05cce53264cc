// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {OPERATOR_ROLE} from "../../../../contracts/access/Roles.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: whoever is named has the job at once.
contract InstantRoles is AccessControl {
    constructor() {
        _grantRole(DEFAULT_ADMIN_ROLE, msg.sender);
    }
}

// The admin means the new operator and pastes a look-alike address out of his history: a contract that opens for anyone.
contract JobWithoutConsentTest is LoopKit {
    function test_TheTwinHasTwoOperators() external {
        InstantRoles twin = new InstantRoles();
        twin.grantRole(OPERATOR_ROLE, address(0xdead));

        vm.assertTrue(twin.hasRole(OPERATOR_ROLE, address(0xdead)), "at once, and nobody answered");
    }

    function test_TheRegistryWaitsForConsent() external {
        IAccessControl roles = IAccessControl(address(registry));
        vm.prank(ADMIN);
        roles.grantRole(OPERATOR_ROLE, STRANGER);
        vm.assertTrue(!roles.hasRole(OPERATOR_ROLE, STRANGER), "an offer only");
        vm.prank(ADMIN);
        roles.revokeRole(OPERATOR_ROLE, STRANGER); // the mistake is seen

        vm.expectRevert(abi.encodeWithSignature("LoopRolesNotOffered(bytes32,address)", OPERATOR_ROLE, STRANGER));
        vm.prank(STRANGER);
        registry.acceptRole(OPERATOR_ROLE);
    }
}
