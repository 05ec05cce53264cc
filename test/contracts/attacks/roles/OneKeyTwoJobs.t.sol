// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IAccessControlDefaultAdminRules} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";

import {ADMIN_ROLE, GUARDIAN_ROLE, OPERATOR_ROLE} from "../../../../contracts/access/Roles.sol";
import {ILoopRoles} from "../../../../contracts/interfaces/ILoopRoles.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: plain AccessControl, where one account gathers jobs over the years.
contract GatheringRoles is AccessControl {
    constructor(address admin) {
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
        _grantRole(GUARDIAN_ROLE, admin);
        _grantRole(OPERATOR_ROLE, admin);
    }
}

// One key, lent a second job for a weekend, is stolen later and does the harm of both.
contract OneKeyTwoJobsTest is LoopKit {
    function test_TheTwinLetsOneKeyDoEverything() external {
        GatheringRoles twin = new GatheringRoles(ADMIN);

        vm.assertTrue(twin.hasRole(ADMIN_ROLE, ADMIN), "admin");
        vm.assertTrue(twin.hasRole(GUARDIAN_ROLE, ADMIN), "guardian");
        vm.assertTrue(twin.hasRole(OPERATOR_ROLE, ADMIN), "and operator");
    }

    function test_TheRegistryRefusesASecondJob() external {
        vm.prank(ADMIN);
        IAccessControl(address(registry)).grantRole(OPERATOR_ROLE, GUARDIAN);

        vm.expectRevert(abi.encodeWithSelector(ILoopRoles.LoopRolesTwoJobs.selector, GUARDIAN, OPERATOR_ROLE));
        vm.prank(GUARDIAN);
        registry.acceptRole(OPERATOR_ROLE);
    }

    function test_TheRegistryRefusesAnAdminWithAnotherJob() external {
        IAccessControlDefaultAdminRules admins = IAccessControlDefaultAdminRules(address(registry));
        vm.prank(ADMIN);
        admins.beginDefaultAdminTransfer(OPERATOR);
        vm.warp(block.timestamp + ADMIN_DELAY + 1);

        vm.expectRevert(abi.encodeWithSelector(ILoopRoles.LoopRolesTwoJobs.selector, OPERATOR, ADMIN_ROLE));
        vm.prank(OPERATOR);
        admins.acceptDefaultAdminTransfer();
    }

    function test_TheRegistryRefusesItAtTheStartToo() external {
        ILoopRoles.Jobs memory jobs = _jobs();
        jobs.guardian = jobs.operator;

        vm.expectRevert(abi.encodeWithSelector(ILoopRoles.LoopRolesTwoJobs.selector, OPERATOR, GUARDIAN_ROLE));
        this.deploy(jobs);
    }

    function deploy(ILoopRoles.Jobs calldata jobs) external {
        _deploy("RecipeRegistry", abi.encode(jobs));
    }
}
