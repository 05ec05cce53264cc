// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {ILoopGovernor} from "../../../../contracts/interfaces/ILoopGovernor.sol";
import {DaoKit} from "./DaoKit.sol";
import {TwinGovernor, TwinVotes} from "./TwinGovernor.sol";

// Voters are tired out, or the one bad proposal is hidden among hundreds.
contract ProposalSpamTest is DaoKit {
    uint256 private constant MANY = 100;

    function test_TheTwinTakesThemAll() external {
        TwinGovernor twin = new TwinGovernor(new TwinVotes()); // vulnerable as it comes: no threshold
        Proposal memory noise;
        for (uint256 i = 0; i < MANY; ++i) {
            noise = _titled(_draft(STRANGER, "noise"), vm.toString(i));
            _propose(twin, STRANGER, noise);
        }

        _assertState(twin, noise, IGovernor.ProposalState.Pending, "the hundredth of somebody without a work");
    }

    function test_TheGovernorAsksForWorks() external {
        Proposal memory noise = _theft();

        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInsufficientProposerVotes.selector, STRANGER, 0, 2));
        _propose(governor, STRANGER, noise);
    }

    function test_TheGovernorTakesOneAtATime() external {
        Proposal memory first = _theft();
        _propose(governor, CAROL, first);
        Proposal memory second = _titled(_theft(), "# Second");

        vm.expectRevert(abi.encodeWithSelector(ILoopGovernor.LoopGovernorProposalLive.selector, CAROL, first.id));
        _propose(governor, CAROL, second);

        _endVoting(governor, first); // nobody voted for it
        _propose(governor, CAROL, second);
        _assertState(governor, second, IGovernor.ProposalState.Pending, "the next, once that is over");
    }

    function test_ANewAccountCostsTheProposalOfTheLast() external {
        Proposal memory first = _theft();
        _propose(governor, CAROL, first);
        vm.warp(block.timestamp + 1);
        _move(votes, CAROL, STRANGER, carols);
        vm.warp(block.timestamp + 1);
        Proposal memory second = _titled(_theft(), "# Second");
        _propose(governor, STRANGER, second);

        _cancel(governor, BOB, first); // anybody may
        _assertState(governor, first, IGovernor.ProposalState.Canceled, "nobody stands behind it any more");
        _assertState(governor, second, IGovernor.ProposalState.Pending, "the works stand behind one");
    }

    function test_NobodyCancelsWhatIsStoodBehind() external {
        Proposal memory first = _theft();
        _propose(governor, CAROL, first);
        vm.warp(block.timestamp + 1);

        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorUnableToCancel.selector, first.id, BOB));
        _cancel(governor, BOB, first);
    }
}
