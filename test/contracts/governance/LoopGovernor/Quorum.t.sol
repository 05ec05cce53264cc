// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {DaoKit} from "../../kit/DaoKit.sol";

// quorum
// ├── is the share of the wrapped works, and at least the floor of the works ever minted, rounded up
// ├── given few works are wrapped, all of them together are no quorum
// ├── works minted after a proposal count from the next one on
// └── burning does not lower it
// given the quorum's share is lowered by vote
// └── what was defeated stays defeated, and what is proposed later needs less
// given the quorum is reached late
// └── voting goes on for the extension, once
contract QuorumTest is DaoKit {
    uint256 private constant FLOOR = 3; // 2 % of 120, rounded up

    function testFuzz_IsTheLargerOfShareAndFloor(uint256 wrapped) external {
        wrapped = _bound(wrapped, 0, 100);
        _wrap(CAROL, _works(3, 0, wrapped));
        uint256 share = (wrapped * 4) / 100;
        vm.assertEq(governor.quorum(block.timestamp - 1), share > FLOOR ? share : FLOOR, "quorum");
    }

    function test_RoundsTheFloorUp() external view {
        vm.assertEq(governor.mintedAt(block.timestamp), 120, "minted, noted at deployment");
        vm.assertEq(governor.quorum(block.timestamp - 1), 3, "2.4 votes are 3");
        vm.assertEq(governor.mintedAt(NOW - 1), 0, "nothing known before");
    }

    function test_AHandfulIsNoQuorum() external {
        _wrap(ALICE, _works(1, 0, 2));
        uint256 id = _carry(_lowering("All that is wrapped"));
        (, uint256 inFavour, ) = governor.proposalVotes(id);
        vm.assertEq(inFavour, 2, "everybody");
        _requireState(id, IGovernor.ProposalState.Defeated);
    }

    function test_CountsAbstentions() external {
        _wrap(ALICE, _works(1, 0, 2));
        _wrap(BOB, _works(2, 0, 1));
        uint256 id = _proposeAndOpen(ALICE, _lowering("Two and one"));
        _vote(ALICE, id, FOR);
        _vote(BOB, id, ABSTAIN);
        _closeVote(id);
        _requireState(id, IGovernor.ProposalState.Succeeded);
    }

    function test_CountsWorksMintedBeforeTheProposal() external {
        _wrap(ALICE, _works(1, 0, 10));
        uint256 first = _proposeAndOpen(ALICE, _lowering("First"));
        _mint(CAROL, 1_000);
        vm.assertEq(governor.quorum(governor.proposalSnapshot(first)), FLOOR, "as when it was proposed");

        _closeVote(first);
        uint256 second = _proposeAndOpen(ALICE, _lowering("Second"));
        vm.assertEq(governor.quorum(governor.proposalSnapshot(first)), FLOOR, "for ever");
        vm.assertEq(governor.quorum(governor.proposalSnapshot(second)), 23, "2 % of 1,120, rounded up");
    }

    function test_BurningDoesNotLowerIt() external {
        _wrap(ALICE, _works(1, 0, 10));
        for (uint256 i = 0; i < 60; ++i) {
            vm.prank(CAROL);
            collection.burn(_id(3, i));
        }
        uint256 id = _proposeAndOpen(ALICE, _lowering("After the fire"));
        vm.assertEq(governor.quorum(governor.proposalSnapshot(id)), FLOOR, "of the works ever minted");
    }

    function test_LoweringRevivesNothing() external {
        _wrap(ALICE, _works(1, 0, 4));
        _wrap(CAROL, _works(3, 0, 100));
        _wrap(BOB, _works(2, 0, 10));
        vm.prank(ALICE);
        votes.transferFrom(ALICE, BOB, _id(1, 3)); // three left, of 114 wrapped: four are needed
        uint256 defeated = _carry(_lowering("Three votes"));
        _requireState(defeated, IGovernor.ProposalState.Defeated);

        Proposal memory lowering = _lowering("Lower it");
        uint256 id = _proposeAndOpen(CAROL, lowering);
        _vote(CAROL, id, FOR);
        _closeVote(id);
        _queue(lowering);
        _later(TIMELOCK_DELAY);
        _execute(lowering);
        vm.assertEq(governor.quorumNumerator(), 1, "lowered");

        _requireState(defeated, IGovernor.ProposalState.Defeated);
        uint256 later = _carry(_lowering("Three votes again"));
        _requireState(later, IGovernor.ProposalState.Succeeded);
    }

    function test_ALateQuorumLeavesTimeToAnswer() external {
        _wrap(ALICE, _works(1, 0, 3));
        _wrap(BOB, _works(2, 0, 4));
        uint256 id = _proposeAndOpen(ALICE, _lowering("At the last second"));
        uint256 deadline = governor.proposalDeadline(id);
        vm.warp(deadline);
        _vote(ALICE, id, FOR);
        vm.assertEq(governor.proposalDeadline(id), deadline + EXTENSION, "a day more");

        vm.warp(deadline + EXTENSION);
        _vote(BOB, id, AGAINST);
        vm.assertEq(governor.proposalDeadline(id), deadline + EXTENSION, "once");
        _later(1);
        _requireState(id, IGovernor.ProposalState.Defeated);
    }

    function test_AnEarlyQuorumExtendsNothing() external {
        _wrap(ALICE, _works(1, 0, 3));
        uint256 id = _proposeAndOpen(ALICE, _lowering("Early"));
        uint256 deadline = governor.proposalDeadline(id);
        _vote(ALICE, id, FOR);
        vm.assertEq(governor.proposalDeadline(id), deadline, "as it was");
    }

    function _lowering(string memory description) private view returns (Proposal memory) {
        return _call(address(governor), 0, abi.encodeCall(governor.updateQuorumNumerator, (1)), description);
    }
}
