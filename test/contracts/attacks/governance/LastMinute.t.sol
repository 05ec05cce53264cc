// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {DaoKit} from "./DaoKit.sol";
import {TwinGovernor, TwinVotes} from "./TwinGovernor.sol";

// A quiet proposal that all take for dead gets its quorum in the last second, when nobody can answer any more.
contract LastMinuteTest is DaoKit {
    function test_TheTwinLeavesNoTimeToAnswer() external {
        TwinVotes works = new TwinVotes();
        works.mint(STRANGER, 10);
        works.mint(ALICE, 90);
        _delegate(works, STRANGER);
        _delegate(works, ALICE);
        TwinGovernor twin = new TwinGovernor(works); // vulnerable as it comes
        Proposal memory theft = _draft(address(works), "theft");
        _propose(twin, STRANGER, theft);
        vm.warp(twin.proposalDeadline(theft.id));
        _vote(twin, STRANGER, theft, FOR);
        vm.warp(block.timestamp + 1);

        vm.expectRevert(_unexpectedState(theft, IGovernor.ProposalState.Succeeded, IGovernor.ProposalState.Active));
        _vote(twin, ALICE, theft, AGAINST);
    }

    function test_TheGovernorLeavesADay() external {
        Proposal memory theft = _theft();
        _propose(governor, CAROL, theft);
        uint256 deadline = governor.proposalDeadline(theft.id);
        vm.warp(deadline);
        _vote(governor, CAROL, theft, FOR);
        vm.assertEq(governor.proposalDeadline(theft.id), deadline + EXTENSION, "a day from the quorum");
        vm.warp(deadline + EXTENSION);
        _vote(governor, BOB, theft, AGAINST);
        vm.warp(block.timestamp + 1);

        _assertState(governor, theft, IGovernor.ProposalState.Defeated, "answered");
    }
}
