// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {ILoopGovernor} from "../../../../contracts/interfaces/ILoopGovernor.sol";
import {DaoKit} from "../../kit/DaoKit.sol";

// constructor
// └── when the floor is zero or above everything
//     └── it reverts
// what Tally and Snapshot read
// └── name, version, clock, counting, token, timelock, delays
// propose
// ├── by whoever had the threshold a second ago; the code of the targets is noted
// ├── when he had fewer votes, also if he has them since this second
// │   └── it reverts
// ├── when his last proposal is pending or active
// │   └── it reverts; it does not once that is cancelled, decided or executed, and never for others
// ├── when the description names another proposer
// │   └── it reverts
// ├── when there is no call, or the lists differ in length, or a call with data goes to an address without code
// │   └── it reverts
// └── a payment to an address without code is a proposal
// castVoteBySig
// └── counts for who signed
contract ProposingTest is DaoKit {
    function setUp() public override {
        super.setUp();
        _wrap(ALICE, _works(1, 0, 10));
        _wrap(BOB, _works(2, 0, 10));
        _wrap(CAROL, _works(3, 0, 1));
    }

    function testFuzz_RevertWhen_TheFloorIsOutOfRange(uint256 floorBps) external {
        vm.assume(floorBps == 0 || floorBps > 10_000);
        ILoopGovernor.Settings memory settings = _daoSettings();
        settings.floorBps = floorBps;
        vm.expectRevert(abi.encodeWithSelector(ILoopGovernor.LoopGovernorInvalidFloor.selector, floorBps));
        this.deployGovernor(settings);
    }

    /// @dev Outside, so that its revert is one of a call.
    function deployGovernor(ILoopGovernor.Settings memory settings) external {
        _deployGovernor(settings);
    }

    function test_AnswersWhatInterfacesRead() external view {
        vm.assertEq(governor.name(), "LoopGovernor", "name");
        vm.assertEq(governor.version(), "1", "version");
        vm.assertEq(governor.CLOCK_MODE(), "mode=timestamp", "clock mode");
        vm.assertEq(governor.clock(), block.timestamp, "clock");
        vm.assertEq(governor.COUNTING_MODE(), "support=bravo&quorum=for,abstain", "counting");
        vm.assertEq(governor.token(), address(votes), "token");
        vm.assertEq(governor.timelock(), address(timelock), "timelock");
        vm.assertEq(governor.votingDelay(), VOTING_DELAY, "delay");
        vm.assertEq(governor.votingPeriod(), VOTING_PERIOD, "period");
        vm.assertEq(governor.proposalThreshold(), THRESHOLD, "threshold");
        vm.assertEq(governor.quorumNumerator(), 4, "percent");
        vm.assertEq(governor.floorBps(), FLOOR_BPS, "floor");
        vm.assertEq(governor.lateQuorumVoteExtension(), EXTENSION, "extension");
        vm.assertTrue(governor.proposalNeedsQueuing(0), "a timelock");
    }

    /* WHO AND WHAT */

    function test_NotesWhatWasProposed() external {
        Proposal memory p = _harmless("First");
        uint256 id = _propose(ALICE, p);
        vm.assertEq(id, _idOf(p), "id");
        _requireState(id, IGovernor.ProposalState.Pending);
        vm.assertEq(governor.proposalProposer(id), ALICE, "proposer");
        vm.assertEq(governor.lastProposalOf(ALICE), id, "her last");
        vm.assertEq(governor.proposalSnapshot(id), block.timestamp + VOTING_DELAY, "snapshot");
        vm.assertEq(governor.proposalDeadline(id), block.timestamp + VOTING_DELAY + VOTING_PERIOD, "deadline");
        bytes32[] memory code = governor.codeAtProposal(id);
        vm.assertEq(code.length, 1, "one target");
        vm.assertEq(code[0], address(collection).codehash, "its code");
    }

    function test_RevertWhen_VotesAreFewOrNew() external {
        _expectTooFew(CAROL, 1);
        _propose(CAROL, _harmless("One vote"));

        vm.prank(ALICE);
        votes.transferFrom(ALICE, CAROL, _id(1, 0));
        _expectTooFew(CAROL, 1); // two now, but one a second ago
        _propose(CAROL, _harmless("One vote"));
        _later(1);
        _propose(CAROL, _harmless("Two votes"));
    }

    function test_RevertWhen_TheLastOneIsBeforeTheVoters() external {
        Proposal memory first = _harmless("First");
        uint256 id = _propose(ALICE, first);
        _expectLive(ALICE, id);
        _propose(ALICE, _harmless("Second"));
        _propose(BOB, _harmless("Another's"));
        _openVote(id);
        _expectLive(ALICE, id);
        _propose(ALICE, _harmless("Second"));

        _cancel(ALICE, first);
        uint256 second = _propose(ALICE, _harmless("Second"));
        _openVote(second);
        _vote(ALICE, second, FOR);
        _closeVote(second);
        uint256 third = _propose(ALICE, _harmless("Third, while the second waits"));
        vm.assertEq(governor.lastProposalOf(ALICE), third, "the last");
        _closeVote(third);
        _requireState(third, IGovernor.ProposalState.Defeated);
        _propose(ALICE, _harmless("Fourth"));
    }

    function test_RevertWhen_TheDescriptionNamesAnother() external {
        Proposal memory p = _harmless(string.concat("Mine#proposer=", Strings.toHexString(ALICE)));
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorRestrictedProposer.selector, BOB));
        _propose(BOB, p);
        _propose(ALICE, p);
    }

    function test_RevertWhen_ProposedTwice() external {
        Proposal memory p = _harmless("Once");
        uint256 id = _propose(ALICE, p);
        vm.expectRevert(
            abi.encodeWithSelector(
                IGovernor.GovernorUnexpectedProposalState.selector,
                id,
                IGovernor.ProposalState.Pending,
                bytes32(0)
            )
        );
        _propose(BOB, p);
    }

    function test_RevertWhen_TheListsDiffer() external {
        Proposal memory p = _harmless("Odd");
        p.values = new uint256[](2);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInvalidProposalLength.selector, 1, 1, 2));
        _propose(ALICE, p);
        p = _harmless("Empty");
        (p.targets, p.values, p.calls) = (new address[](0), new uint256[](0), new bytes[](0));
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorInvalidProposalLength.selector, 0, 0, 0));
        _propose(ALICE, p);
    }

    function test_RevertWhen_DataGoesToNoCode() external {
        vm.expectRevert(abi.encodeWithSelector(ILoopGovernor.LoopGovernorTargetWithoutCode.selector, STRANGER));
        _propose(ALICE, _call(STRANGER, abi.encodeWithSignature("anything()")));

        uint256 id = _propose(ALICE, _call(STRANGER, 1 ether, "", "A payment"));
        vm.assertEq(governor.codeAtProposal(id)[0], bytes32(0), "no code");
    }

    /* BALLOTS BY SIGNATURE */

    function test_CountsASignedBallot() external {
        address signer = vm.addr(7);
        vm.prank(ALICE);
        votes.transferFrom(ALICE, signer, _id(1, 0));
        uint256 id = _proposeAndOpen(BOB, _harmless("Signed"));

        bytes32 domain = keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("LoopGovernor"),
                keccak256("1"),
                block.chainid,
                address(governor)
            )
        );
        bytes32 ballot = keccak256("Ballot(uint256 proposalId,uint8 support,address voter,uint256 nonce)");
        bytes32 message = keccak256(abi.encode(ballot, id, ABSTAIN, signer, 0));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(7, keccak256(abi.encodePacked(hex"1901", domain, message)));
        governor.castVoteBySig(id, ABSTAIN, signer, abi.encodePacked(r, s, v));
        (, , uint256 abstaining) = governor.proposalVotes(id);
        vm.assertEq(abstaining, 1, "one");
    }

    /* HELPERS */

    function _harmless(string memory description) private view returns (Proposal memory) {
        return _call(address(collection), 0, abi.encodeCall(collection.setOwner, (ALICE)), description);
    }

    function _expectTooFew(address proposer, uint256 had) private {
        vm.expectRevert(
            abi.encodeWithSelector(IGovernor.GovernorInsufficientProposerVotes.selector, proposer, had, THRESHOLD)
        );
    }

    function _expectLive(address proposer, uint256 id) private {
        vm.expectRevert(abi.encodeWithSelector(ILoopGovernor.LoopGovernorProposalLive.selector, proposer, id));
    }
}
