// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {ADMIN_ROLE, OPERATOR_ROLE, PARAMETER_ROLE} from "../../../../contracts/access/Roles.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: a guardian for emergencies may do all that an emergency could need.
contract RescuingVault {
    address private immutable GUARDIAN;
    bool public paused;

    constructor(address guardian) payable {
        GUARDIAN = guardian;
    }

    function setPaused(bool isPaused) external {
        require(msg.sender == GUARDIAN, "only the guardian");
        paused = isPaused;
    }

    function rescue(address payable to) external {
        require(msg.sender == GUARDIAN, "only the guardian");
        (bool success, ) = to.call{value: address(this).balance}("");
        require(success, "not sent");
    }
}

// A stolen guardian key: unpauses, appoints itself, takes royalties.
contract GuardianRulesTest is LoopKit {
    function test_TheTwinIsEmptied() external {
        vm.deal(address(this), 1 ether);
        RescuingVault twin = new RescuingVault{value: 1 ether}(GUARDIAN);
        vm.prank(GUARDIAN);
        twin.rescue(payable(STRANGER));

        vm.assertEq(STRANGER.balance, 1 ether, "rescued");
    }

    function test_TheCollectionLetsHimPauseOnly() external {
        vm.prank(GUARDIAN);
        collection.pause();

        _expectDenied(ADMIN_ROLE);
        collection.unpause();
        _expectDenied(PARAMETER_ROLE);
        collection.setRoyalty(GUARDIAN, 1_000);
        _expectDenied(PARAMETER_ROLE);
        collection.setTransferValidator(address(this));
        _expectDenied(PARAMETER_ROLE);
        collection.setWorksPerDay(0);
        _expectDenied(OPERATOR_ROLE);
        collection.open(GUARDIAN, RECIPE, 1, CONDITIONS);
        _expectDenied(ADMIN_ROLE);
        IAccessControl(address(registry)).revokeRole(OPERATOR_ROLE, OPERATOR);
    }

    function _expectDenied(bytes32 role) private {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, GUARDIAN, role)
        );
        vm.prank(GUARDIAN);
    }
}
