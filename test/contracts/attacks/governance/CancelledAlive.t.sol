// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

import {DaoKit} from "./DaoKit.sol";
import {TwinGovernor, TwinVotes} from "./TwinGovernor.sol";

/// @dev Vulnerable on purpose: forgets that the timelock has it too.
contract ForgetfulGovernor is TwinGovernor {
    constructor(TwinVotes votes) TwinGovernor(votes) {}

    function state(uint256 id) public view override returns (ProposalState) {
        return Governor.state(id);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calls,
        bytes32 hash
    ) internal override returns (uint256) {
        return Governor._cancel(targets, values, calls, hash);
    }

    function _validateCancel(uint256 id, address caller) internal view override returns (bool) {
        return caller == proposalProposer(id);
    }
}

// A queued proposal is cancelled in the governor, and executed at the timelock all the same.
contract CancelledAliveTest is DaoKit {
    function test_TheTwinsTimelockKnowsNothing() external {
        TwinVotes works = _twinVotes();
        ForgetfulGovernor twin = new ForgetfulGovernor(works);
        Proposal memory mint = _draft(address(works), abi.encodeCall(works.mint, (STRANGER, 1)));
        _ripen(twin, ALICE, mint);
        _cancel(twin, ALICE, mint);
        _assertState(twin, mint, IGovernor.ProposalState.Canceled, "cancelled");
        TimelockController lock = TimelockController(payable(twin.timelock()));
        bytes32 salt = _salt(address(twin), mint);
        lock.executeBatch(mint.targets, mint.values, mint.calls, 0, salt);

        vm.assertEq(works.balanceOf(STRANGER), 1, "and done");
    }

    function test_TheTimelockForgetsItToo() external {
        Proposal memory change = _royalty(750);
        _ripen(governor, ALICE, change);
        bytes32 salt = _salt(address(governor), change);
        bytes32 id = timelock.hashOperationBatch(change.targets, change.values, change.calls, 0, salt);
        vm.assertTrue(timelock.isOperationReady(id), "it would go");
        _cancel(governor, ALICE, change);

        vm.assertTrue(!timelock.isOperation(id), "unknown to the timelock");
        vm.expectRevert(_unexpectedState(change, IGovernor.ProposalState.Canceled, IGovernor.ProposalState.Queued));
        _execute(governor, change);
        // By the governor itself, should it ever be led to.
        vm.expectRevert(
            abi.encodeWithSelector(
                TimelockController.TimelockUnexpectedOperationState.selector,
                id,
                bytes32(1 << uint8(TimelockController.OperationState.Ready))
            )
        );
        vm.prank(address(governor));
        timelock.executeBatch(change.targets, change.values, change.calls, 0, salt);
    }

    function test_ItIsNotProposedAgain() external {
        Proposal memory change = _royalty(750);
        _ripen(governor, ALICE, change);
        _cancel(governor, ALICE, change);

        vm.expectRevert(
            abi.encodeWithSelector(
                IGovernor.GovernorUnexpectedProposalState.selector,
                change.id,
                IGovernor.ProposalState.Canceled,
                bytes32(0)
            )
        );
        _propose(governor, ALICE, change);
    }
}
