// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {ADMIN_ROLE, OPERATOR_ROLE} from "../../../../contracts/access/Roles.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: the deployer sets up, hands over, and never renounces.
contract KindDeployer is AccessControl {
    constructor(address admin) {
        _grantRole(DEFAULT_ADMIN_ROLE, msg.sender);
        _grantRole(DEFAULT_ADMIN_ROLE, admin);
    }
}

// The key that deployed lies on a build machine and is stolen. The tests deploy, so they are the deployer.
contract DeployerStaysTest is LoopKit {
    function test_TheTwinObeysHimForEver() external {
        KindDeployer twin = new KindDeployer(ADMIN);
        twin.grantRole(OPERATOR_ROLE, STRANGER);

        vm.assertTrue(twin.hasRole(OPERATOR_ROLE, STRANGER), "appointed by the deployer");
    }

    function test_TheRegistryDoesNotKnowHim() external {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), ADMIN_ROLE)
        );
        IAccessControl(address(registry)).grantRole(OPERATOR_ROLE, STRANGER);
    }

    function test_TheCollectionDoesNotEither() external {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), ADMIN_ROLE)
        );
        collection.setOwner(STRANGER);
    }
}
