// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {GovernorVotesQuorumFraction} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";

import {DaoKit} from "./DaoKit.sol";
import {TwinGovernor, TwinVotes} from "./TwinGovernor.sol";

/// @dev Vulnerable on purpose, as OpenZeppelin's was before 4.7.2 (CVE-2022-31198): measures against the quorum of today.
contract PresentQuorum is TwinGovernor {
    constructor(TwinVotes votes) TwinGovernor(votes) {}

    function quorumNumerator(uint256) public view override returns (uint256) {
        return quorumNumerator();
    }
}

// A proposal fails for want of a quorum. Later the quorum is lowered, for good reasons, and it comes back to life.
contract QuorumRevivedTest is DaoKit {
    function test_TheTwinRevivesIt() external {
        TwinVotes works = new TwinVotes();
        works.mint(STRANGER, 1);
        works.mint(ALICE, 99);
        _delegate(works, STRANGER);
        _delegate(works, ALICE);
        PresentQuorum twin = new PresentQuorum(works);
        Proposal memory theft = _draft(address(works), "theft");
        _succeed(twin, STRANGER, theft);
        _assertState(twin, theft, IGovernor.ProposalState.Defeated, "one of four");
        _pass(twin, ALICE, _lowered(address(twin)));

        _assertState(twin, theft, IGovernor.ProposalState.Succeeded, "alive");
    }

    function test_TheGovernorLeavesItDefeated() external {
        Proposal memory theft = _theft();
        _propose(governor, CAROL, theft);
        _startVoting(governor, theft);
        _vote(governor, ERIN, theft, FOR); // one work
        _endVoting(governor, theft);
        _assertState(governor, theft, IGovernor.ProposalState.Defeated, "too few");
        uint256 snapshot = governor.proposalSnapshot(theft.id);
        uint256 before = governor.quorum(snapshot);
        _pass(governor, ALICE, _lowered(address(governor)));

        vm.assertEq(governor.quorum(snapshot), before, "what counted then counts for ever");
        _assertState(governor, theft, IGovernor.ProposalState.Defeated, "and so does the end of it");
        vm.expectRevert(_unexpectedState(theft, IGovernor.ProposalState.Defeated, IGovernor.ProposalState.Succeeded));
        _queue(governor, theft);
    }

    function _lowered(address governed) private pure returns (Proposal memory) {
        return _draft(governed, abi.encodeCall(GovernorVotesQuorumFraction.updateQuorumNumerator, (0)));
    }
}
