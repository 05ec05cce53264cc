// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {DaoKit} from "./DaoKit.sol";
import {TwinGovernor, TwinVotes} from "./TwinGovernor.sol";

/// @dev Vulnerable on purpose: a floor, but of the works that are left.
contract LivingFloor is TwinGovernor {
    constructor(TwinVotes votes) TwinGovernor(votes) {}

    function quorum(uint256) public view override returns (uint256) {
        return (token().getPastTotalSupply(block.timestamp - 1) * 200) / 10_000;
    }
}

// On a quiet day nearly nothing is wrapped, or nearly everything is burned: a quorum of what is there is nearly nothing.
contract QuorumShrunkTest is DaoKit {
    function test_TheTwinIsDecidedByOneWork() external {
        TwinVotes works = new TwinVotes();
        works.mint(STRANGER, 1);
        _delegate(works, STRANGER);
        TwinGovernor twin = new TwinGovernor(works); // vulnerable as it comes: four percent of one work are none
        Proposal memory theft = _draft(address(works), "theft");
        _succeed(twin, STRANGER, theft);

        vm.assertEq(twin.quorum(twin.proposalSnapshot(theft.id)), 0, "nothing is needed");
        _assertState(twin, theft, IGovernor.ProposalState.Succeeded, "one vote");
    }

    function test_TheTwinWithALivingFloorIsBurnedDown() external {
        TwinVotes works = new TwinVotes();
        works.mint(STRANGER, 100);
        _delegate(works, STRANGER);
        LivingFloor twin = new LivingFloor(works);
        vm.warp(block.timestamp + 1);
        uint256 before = twin.quorum(0);
        for (uint256 id = 2; id <= 100; ++id) works.burn(id);
        vm.warp(block.timestamp + 1);

        vm.assertEq(before, 2, "two of a hundred");
        vm.assertEq(twin.quorum(0), 0, "none of one");
    }

    function test_UnwrappingLeavesTheFloor() external {
        Proposal memory theft = _theft();
        _propose(governor, CAROL, theft);
        _unwrap(ALICE, alices);
        _unwrap(BOB, bobs);
        _startVoting(governor, theft);
        _vote(governor, ERIN, theft, FOR);
        _endVoting(governor, theft);

        vm.assertEq(governor.quorum(governor.proposalSnapshot(theft.id)), 2, "of the works ever minted");
        _assertState(
            governor,
            theft,
            IGovernor.ProposalState.Defeated,
            "one work is too few, though it is most of what is wrapped"
        );
    }

    function test_BurningLeavesTheFloor() external {
        _burn(DAVE, daves);
        _unwrap(ALICE, alices);
        _unwrap(BOB, bobs);
        _burn(ALICE, alices);
        Proposal memory theft = _theft();
        _propose(governor, CAROL, theft);
        _startVoting(governor, theft);

        vm.assertEq(governor.quorum(governor.proposalSnapshot(theft.id)), 2, "burned works were minted");
    }

    function _burn(address holder, uint256[] memory ids) private {
        for (uint256 i = 0; i < ids.length; ++i) {
            vm.prank(holder);
            collection.burn(ids[i]);
        }
    }
}
