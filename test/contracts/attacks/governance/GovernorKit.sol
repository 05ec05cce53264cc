// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {Kit} from "../../kit/Kit.sol";

/// @title The way of a proposal through any governor, step by step: the twins go it, and ours
abstract contract GovernorKit is Kit {
    struct Proposal {
        uint256 id;
        address[] targets;
        uint256[] values;
        bytes[] calls;
        string description;
    }

    uint8 internal constant AGAINST = 0;
    uint8 internal constant FOR = 1;

    /// @dev One call, not proposed yet.
    function _draft(address target, bytes memory call) internal pure returns (Proposal memory drafted) {
        drafted.targets = new address[](1);
        drafted.values = new uint256[](1);
        drafted.calls = new bytes[](1);
        (drafted.targets[0], drafted.calls[0], drafted.description) = (target, call, "# Title");
        drafted.id = uint256(
            keccak256(abi.encode(drafted.targets, drafted.values, drafted.calls, keccak256(bytes(drafted.description))))
        );
    }

    /// @dev The same call under another title is another proposal.
    function _titled(Proposal memory drafted, string memory title) internal pure returns (Proposal memory) {
        drafted.description = title;
        drafted.id = uint256(
            keccak256(abi.encode(drafted.targets, drafted.values, drafted.calls, keccak256(bytes(title))))
        );
        return drafted;
    }

    function _propose(IGovernor governor, address proposer, Proposal memory drafted) internal {
        vm.prank(proposer);
        governor.propose(drafted.targets, drafted.values, drafted.calls, drafted.description);
    }

    function _queue(IGovernor governor, Proposal memory drafted) internal {
        governor.queue(drafted.targets, drafted.values, drafted.calls, keccak256(bytes(drafted.description)));
    }

    function _execute(IGovernor governor, Proposal memory drafted) internal {
        governor.execute(drafted.targets, drafted.values, drafted.calls, keccak256(bytes(drafted.description)));
    }

    function _cancel(IGovernor governor, address by, Proposal memory drafted) internal {
        bytes32 hash = keccak256(bytes(drafted.description));
        vm.prank(by);
        governor.cancel(drafted.targets, drafted.values, drafted.calls, hash);
    }

    function _vote(IGovernor governor, address voter, Proposal memory drafted, uint8 support) internal {
        vm.prank(voter);
        governor.castVote(drafted.id, support);
    }

    function _startVoting(IGovernor governor, Proposal memory drafted) internal {
        vm.warp(governor.proposalSnapshot(drafted.id) + 1);
    }

    function _endVoting(IGovernor governor, Proposal memory drafted) internal {
        vm.warp(governor.proposalDeadline(drafted.id) + 1);
    }

    /// @dev Until the timelock lets it go.
    function _wait(IGovernor governor, Proposal memory drafted) internal {
        vm.warp(governor.proposalEta(drafted.id));
    }

    /// @dev Proposed and voted for by one account: it can be queued.
    function _succeed(IGovernor governor, address by, Proposal memory drafted) internal {
        _propose(governor, by, drafted);
        _startVoting(governor, drafted);
        _vote(governor, by, drafted, FOR);
        _endVoting(governor, drafted);
    }

    /// @dev And queued, and its time has come: it can be executed.
    function _ripen(IGovernor governor, address by, Proposal memory drafted) internal {
        _succeed(governor, by, drafted);
        _queue(governor, drafted);
        _wait(governor, drafted);
    }

    function _pass(IGovernor governor, address by, Proposal memory drafted) internal {
        _ripen(governor, by, drafted);
        _execute(governor, drafted);
    }

    function _assertState(
        IGovernor governor,
        Proposal memory drafted,
        IGovernor.ProposalState state,
        string memory reason
    ) internal view {
        vm.assertEq(uint256(governor.state(drafted.id)), uint256(state), reason);
    }

    /// @dev What a governor answers to a step that the proposal's state does not allow.
    function _unexpectedState(
        Proposal memory drafted,
        IGovernor.ProposalState state,
        IGovernor.ProposalState wanted
    ) internal pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                IGovernor.GovernorUnexpectedProposalState.selector,
                drafted.id,
                state,
                bytes32(1 << uint8(wanted))
            );
    }
}
