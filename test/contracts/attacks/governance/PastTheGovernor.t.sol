// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

import {IParameterController} from "../../../../contracts/interfaces/IParameterController.sol";
import {DaoKit} from "./DaoKit.sol";
import {Purse} from "./ExecutedTwice.t.sol";

// The timelock is told what to do by somebody who is not the governor: the deployer, who set it up, or a stranger.
contract PastTheGovernorTest is DaoKit {
    function test_TheTwinObeysItsDeployer() external {
        address[] memory deployer = new address[](1);
        deployer[0] = address(this);
        TimelockController twin = new TimelockController(2 days, deployer, deployer, address(this)); // kept on purpose
        Purse purse = new Purse();
        bytes memory call = abi.encodeCall(purse.pay, ());
        twin.schedule(address(purse), 0, call, 0, 0, 2 days);
        vm.warp(block.timestamp + 2 days);
        twin.execute(address(purse), 0, call, 0, 0);

        vm.assertEq(purse.paid(), 1, "and no vote");
    }

    function test_TheTimelockTakesNoOrders() external {
        bytes32 proposer = timelock.PROPOSER_ROLE();
        bytes32 canceller = timelock.CANCELLER_ROLE();
        bytes32 admin = timelock.DEFAULT_ADMIN_ROLE();
        Proposal memory change = _royalty(750);
        address[6] memory others = [address(this), ADMIN, GUARDIAN, ALICE, STRANGER, address(controller)];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(_unauthorized(others[i], proposer));
            vm.prank(others[i]);
            timelock.scheduleBatch(change.targets, change.values, change.calls, 0, 0, 2 days);
            vm.expectRevert(_unauthorized(others[i], canceller));
            vm.prank(others[i]);
            timelock.cancel(0);
            vm.expectRevert(_unauthorized(others[i], admin));
            vm.prank(others[i]);
            timelock.grantRole(proposer, others[i]);
            vm.expectRevert(abi.encodeWithSelector(TimelockController.TimelockUnauthorizedCaller.selector, others[i]));
            vm.prank(others[i]);
            timelock.updateDelay(3 days);
        }
    }

    function test_TheTimelockLetsNobodyElseExecute() external {
        Proposal memory change = _royalty(750);
        _ripen(governor, ALICE, change);
        bytes32 executor = timelock.EXECUTOR_ROLE();

        vm.expectRevert(_unauthorized(ALICE, executor));
        vm.prank(ALICE);
        timelock.executeBatch(change.targets, change.values, change.calls, 0, _salt(address(governor), change));
    }

    function test_TheControllerObeysTheTimelockAlone() external {
        address[5] memory others = [address(this), ADMIN, GUARDIAN, ALICE, address(governor)];
        for (uint256 i = 0; i < others.length; ++i) {
            vm.expectRevert(_unauthorized(others[i], 0));
            vm.prank(others[i]);
            controller.govern(IParameterController.Slot.Royalty, 750, "reasons");
        }
    }

    function test_TheGovernorObeysItselfAlone() external {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, ALICE));
        vm.prank(ALICE);
        governor.setVotingPeriod(1);
    }

    function _unauthorized(address account, bytes32 role) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, account, role);
    }
}
