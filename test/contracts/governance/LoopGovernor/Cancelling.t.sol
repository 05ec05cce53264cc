// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {DaoKit} from "../../kit/DaoKit.sol";

// cancel
// ├── by the proposer while it is pending, active, succeeded or queued; the timelock forgets it, too
// ├── by anybody once the proposer's votes are below the threshold
// ├── when the caller is another, and the proposer keeps his votes
// │   └── it reverts
// └── when it is defeated, expired, executed or cancelled
//     └── it reverts
// given something succeeded and was not queued in the grace period, or not executed
// └── it has expired and is never executed
contract CancellingTest is DaoKit {
    Proposal private proposal;

    function setUp() public override {
        super.setUp();
        _wrap(ALICE, _works(1, 0, 10));
        proposal = _call(address(governor), abi.encodeCall(governor.updateQuorumNumerator, (5)));
    }

    /* BY THE PROPOSER */

    function test_CancelsWhilePending() external {
        uint256 id = _propose(ALICE, proposal);
        _cancelled(id);
    }

    function test_CancelsWhileActive() external {
        uint256 id = _proposeAndOpen(ALICE, proposal);
        _cancelled(id);
    }

    function test_CancelsWhatSucceeded() external {
        uint256 id = _carry(proposal);
        _cancelled(id);
        _expectState(id, IGovernor.ProposalState.Canceled, 1 << uint8(IGovernor.ProposalState.Succeeded));
        _queue(proposal);
    }

    function test_CancelsWhatIsQueuedInTheTimelockToo() external {
        uint256 id = _pass(proposal);
        bytes32 operation = _operationOf(proposal);
        vm.assertTrue(timelock.isOperationPending(operation), "waits");
        _cancelled(id);
        vm.assertTrue(!timelock.isOperation(operation), "forgotten");
        _expectState(id, IGovernor.ProposalState.Canceled, 1 << uint8(IGovernor.ProposalState.Queued));
        _execute(proposal);
    }

    /* BY ANYBODY */

    function test_AnybodyCancelsOnceTheVotesAreGone() external {
        uint256 id = _pass(proposal);
        vm.prank(ALICE);
        votes.withdrawTo(ALICE, _works(1, 0, 9)); // one is left
        _expectUnable(id, STRANGER);
        _cancel(STRANGER, proposal); // a second ago there were ten
        _later(1);
        _cancel(STRANGER, proposal);
        _requireState(id, IGovernor.ProposalState.Canceled);
        vm.assertTrue(!timelock.isOperation(_operationOf(proposal)), "in the timelock, too");
    }

    function testFuzz_RevertWhen_AnotherCancels(address caller, uint256 kept) external {
        vm.assume(caller != ALICE);
        kept = _bound(kept, THRESHOLD, 10);
        uint256 id = _propose(ALICE, proposal);
        _unwrap(ALICE, _works(1, 0, 10 - kept));
        _later(1); // votes are those of a second ago
        _expectUnable(id, caller);
        _cancel(caller, proposal);
    }

    /* TOO LATE */

    function test_RevertWhen_Defeated() external {
        uint256 id = _proposeAndOpen(ALICE, proposal);
        _closeVote(id);
        _expectUnable(id, ALICE);
        _cancel(ALICE, proposal);
    }

    function test_RevertWhen_Executed() external {
        uint256 id = _pass(proposal);
        _execute(proposal);
        _expectUncancellable(id, IGovernor.ProposalState.Executed);
        _cancel(ALICE, proposal);
    }

    function test_RevertWhen_Cancelled() external {
        uint256 id = _propose(ALICE, proposal);
        _cancelled(id);
        _expectUncancellable(id, IGovernor.ProposalState.Canceled);
        _cancel(ALICE, proposal);
    }

    /* EXPIRED */

    function test_ExpiresUnqueued() external {
        uint256 id = _carry(proposal);
        vm.warp(governor.proposalDeadline(id) + governor.GRACE_PERIOD());
        _requireState(id, IGovernor.ProposalState.Succeeded);
        _later(1);
        _requireState(id, IGovernor.ProposalState.Expired);
        _expectState(id, IGovernor.ProposalState.Expired, 1 << uint8(IGovernor.ProposalState.Succeeded));
        _queue(proposal);
        _expectUncancellable(id, IGovernor.ProposalState.Expired);
        _cancel(ALICE, proposal);
    }

    function test_ExpiresQueued() external {
        uint256 id = _pass(proposal);
        vm.warp(governor.proposalEta(id) + governor.GRACE_PERIOD());
        _requireState(id, IGovernor.ProposalState.Queued);
        _later(1);
        _requireState(id, IGovernor.ProposalState.Expired);
        _expectState(id, IGovernor.ProposalState.Expired, 1 << uint8(IGovernor.ProposalState.Queued));
        _execute(proposal);
    }

    function test_ExecutesOnTheLastSecond() external {
        uint256 id = _pass(proposal);
        vm.warp(governor.proposalEta(id) + governor.GRACE_PERIOD());
        _execute(proposal);
        _requireState(id, IGovernor.ProposalState.Executed);
    }

    /* HELPERS */

    function _cancelled(uint256 id) private {
        _cancel(ALICE, proposal);
        _requireState(id, IGovernor.ProposalState.Canceled);
    }

    function _expectUnable(uint256 id, address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorUnableToCancel.selector, id, caller));
    }

    /// @dev All states but cancelled, expired and executed.
    function _expectUncancellable(uint256 id, IGovernor.ProposalState state) private {
        _expectState(id, state, 0x3b);
    }

    function _expectState(uint256 id, IGovernor.ProposalState state, uint256 allowed) private {
        vm.expectRevert(
            abi.encodeWithSelector(IGovernor.GovernorUnexpectedProposalState.selector, id, state, bytes32(allowed))
        );
    }
}
