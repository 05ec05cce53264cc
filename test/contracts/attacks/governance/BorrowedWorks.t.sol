// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {DaoKit} from "./DaoKit.sol";
import {TwinGovernor, TwinVotes} from "./TwinGovernor.sol";

/// @dev Vulnerable on purpose: counts the works that the voter holds now.
contract BalanceGovernor is TwinGovernor {
    constructor(TwinVotes votes) TwinGovernor(votes) {}

    function _getVotes(address account, uint256, bytes memory) internal view override returns (uint256) {
        return TwinVotes(address(token())).balanceOf(account);
    }
}

/// @dev Lends works within one transaction.
contract Lender {
    function lend(IERC721 works, uint256[] calldata ids, address to) external {
        for (uint256 i = 0; i < ids.length; ++i) works.transferFrom(address(this), to, ids[i]);
    }
}

// Works are borrowed for one transaction, or passed on from voter to voter, to vote with.
contract BorrowedWorksTest is DaoKit {
    uint256 private constant BORROWED = 60;

    function test_TheTwinCountsThem() external {
        TwinVotes works = new TwinVotes();
        Lender lender = new Lender();
        works.mint(address(lender), BORROWED);
        works.mint(ALICE, 40);
        BalanceGovernor twin = new BalanceGovernor(works);
        Proposal memory theft = _draft(address(works), "theft");
        _propose(twin, STRANGER, theft);
        _startVoting(twin, theft);
        _vote(twin, ALICE, theft, AGAINST);
        lender.lend(works, _range(BORROWED), STRANGER);
        _vote(twin, STRANGER, theft, FOR);
        _move(works, STRANGER, address(lender), _range(BORROWED));
        _endVoting(twin, theft);

        vm.assertEq(works.balanceOf(address(lender)), BORROWED, "given back at once");
        _assertState(twin, theft, IGovernor.ProposalState.Succeeded, "and decided");
    }

    function test_TheTwinCountsAWorkOfEveryHand() external {
        TwinVotes works = new TwinVotes();
        works.mint(STRANGER, 1);
        works.mint(ALICE, 2);
        BalanceGovernor twin = new BalanceGovernor(works);
        Proposal memory theft = _draft(address(works), "theft");
        _propose(twin, STRANGER, theft);
        _startVoting(twin, theft);
        _vote(twin, ALICE, theft, AGAINST);
        address voter = STRANGER;
        for (uint160 i = 1; i <= 3; ++i) {
            _vote(twin, voter, theft, FOR);
            vm.prank(voter);
            works.transferFrom(voter, address(i), 1);
            voter = address(i);
        }
        _endVoting(twin, theft);

        _assertState(twin, theft, IGovernor.ProposalState.Succeeded, "one work voted three times");
    }

    function test_TheGovernorLooksAtTheSnapshot() external {
        Proposal memory theft = _theft();
        _propose(governor, CAROL, theft);
        _startVoting(governor, theft);
        _move(collection, DAVE, STRANGER, daves);
        _wrap(STRANGER, daves);
        _vote(governor, STRANGER, theft, FOR);
        _unwrap(STRANGER, daves);

        (, uint256 counted, ) = governor.proposalVotes(theft.id);
        vm.assertEq(counted, 0, "nothing of what he borrowed");
    }

    function test_TheGovernorCountsAWorkOnce() external {
        Proposal memory theft = _theft();
        _propose(governor, CAROL, theft);
        _startVoting(governor, theft);
        _vote(governor, CAROL, theft, FOR);
        _move(votes, CAROL, STRANGER, carols);
        vm.warp(block.timestamp + 1);
        _vote(governor, STRANGER, theft, FOR);

        (, uint256 counted, ) = governor.proposalVotes(theft.id);
        vm.assertEq(counted, carols.length, "the first hand's");
    }

    function test_ABorrowerCannotPropose() external {
        _move(collection, DAVE, STRANGER, daves);
        _wrap(STRANGER, daves);
        Proposal memory theft = _theft();

        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInsufficientProposerVotes.selector, STRANGER, 0, 2));
        _propose(governor, STRANGER, theft);
    }
}
