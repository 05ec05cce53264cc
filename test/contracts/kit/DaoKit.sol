// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IAccessControlDefaultAdminRules} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";

import {ILoopGovernor} from "../../../contracts/interfaces/ILoopGovernor.sol";
import {EpochKit} from "./EpochKit.sol";
import {IDaoGovernor, IDaoTimelock, IWrapper} from "./IDao.sol";

/// @title A collection with a DAO, and the steps of a proposal
/// @dev ALICE and BOB have ten works each (batches 1 and 2), CAROL a hundred (batch 3): 120 are minted, the floor is 3 votes.
abstract contract DaoKit is EpochKit {
    uint256 internal constant VOTING_DELAY = 1 days;
    uint256 internal constant VOTING_PERIOD = 5 days;
    uint256 internal constant EXTENSION = 1 days;
    uint256 internal constant TIMELOCK_DELAY = 2 days;
    uint256 internal constant THRESHOLD = 2;
    uint256 internal constant FLOOR_BPS = 200;

    uint8 internal constant AGAINST = 0;
    uint8 internal constant FOR = 1;
    uint8 internal constant ABSTAIN = 2;

    bytes32 internal constant PROPOSER_ROLE = keccak256("PROPOSER_ROLE");
    bytes32 internal constant CANCELLER_ROLE = keccak256("CANCELLER_ROLE");
    bytes32 internal constant EXECUTOR_ROLE = keccak256("EXECUTOR_ROLE");

    address internal immutable FOUNDER = _account("founder");

    IWrapper internal votes;
    IDaoTimelock internal timelock;
    IDaoGovernor internal governor;

    struct Proposal {
        address[] targets;
        uint256[] values;
        bytes[] calls;
        string description;
    }

    function setUp() public virtual override {
        super.setUp();
        _mint(ALICE, 10);
        _mint(BOB, 10);
        _mint(CAROL, 100);
        votes = IWrapper(_deploy("LoopVotes", abi.encode(collection, "Wrapped Generative Loop", "wLOOP")));
        timelock = _deployTimelock();
        governor = _deployGovernor(_daoSettings());
        vm.prank(FOUNDER);
        timelock.appoint(address(governor));
        _later(1);
    }

    function _deployTimelock() internal returns (IDaoTimelock) {
        return IDaoTimelock(_deploy("LoopTimelock", abi.encode(registry, TIMELOCK_DELAY, FOUNDER)));
    }

    function _deployGovernor(ILoopGovernor.Settings memory settings) internal returns (IDaoGovernor) {
        return IDaoGovernor(_deploy("LoopGovernor", abi.encode(votes, timelock, collection, settings)));
    }

    function _daoSettings() internal pure returns (ILoopGovernor.Settings memory) {
        return
            ILoopGovernor.Settings({
                votingDelay: uint48(VOTING_DELAY),
                votingPeriod: uint32(VOTING_PERIOD),
                lateQuorumExtension: uint48(EXTENSION),
                proposalThreshold: THRESHOLD,
                quorumPercent: 4,
                floorBps: FLOOR_BPS
            });
    }

    /// @dev Makes the timelock the admin, and the collection's owner.
    function _handOver() internal {
        IAccessControlDefaultAdminRules jobs = IAccessControlDefaultAdminRules(address(registry));
        vm.prank(ADMIN);
        collection.setOwner(address(timelock));
        vm.prank(ADMIN);
        jobs.beginDefaultAdminTransfer(address(timelock));
        _later(ADMIN_DELAY + 1);
        timelock.takeOffice();
    }

    /* WRAPPING */

    function _wrap(address holder, uint256[] memory ids) internal {
        vm.prank(holder);
        collection.setApprovalForAll(address(votes), true);
        vm.prank(holder);
        votes.depositFor(holder, ids);
        _later(1);
    }

    function _unwrap(address holder, uint256[] memory ids) internal {
        vm.prank(holder);
        votes.withdrawTo(holder, ids);
        _later(1);
    }

    /// @dev `count` works of a batch, from its `from`-th on.
    function _works(uint256 batch, uint256 from, uint256 count) internal pure returns (uint256[] memory ids) {
        ids = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) ids[i] = _id(batch, from + i);
    }

    /* PROPOSING */

    function _call(address target, bytes memory data) internal pure returns (Proposal memory proposal) {
        return _call(target, 0, data, "A change");
    }

    function _call(
        address target,
        uint256 value,
        bytes memory data,
        string memory description
    ) internal pure returns (Proposal memory proposal) {
        proposal.targets = new address[](1);
        proposal.values = new uint256[](1);
        proposal.calls = new bytes[](1);
        (proposal.targets[0], proposal.values[0], proposal.calls[0]) = (target, value, data);
        proposal.description = description;
    }

    function _propose(address proposer, Proposal memory p) internal returns (uint256 id) {
        vm.prank(proposer);
        return governor.propose(p.targets, p.values, p.calls, p.description);
    }

    function _idOf(Proposal memory p) internal view returns (uint256) {
        return governor.hashProposal(p.targets, p.values, p.calls, _hash(p));
    }

    function _vote(address voter, uint256 id, uint8 support) internal {
        vm.prank(voter);
        governor.castVote(id, support);
    }

    function _queue(Proposal memory p) internal {
        governor.queue(p.targets, p.values, p.calls, _hash(p));
    }

    function _execute(Proposal memory p) internal {
        governor.execute(p.targets, p.values, p.calls, _hash(p));
    }

    function _cancel(address caller, Proposal memory p) internal {
        bytes32 hash = _hash(p);
        vm.prank(caller);
        governor.cancel(p.targets, p.values, p.calls, hash);
    }

    /// @dev Proposes and brings it to the first second in which votes count.
    function _proposeAndOpen(address proposer, Proposal memory p) internal returns (uint256 id) {
        id = _propose(proposer, p);
        _openVote(id);
    }

    function _openVote(uint256 id) internal {
        vm.warp(governor.proposalSnapshot(id) + 1);
    }

    function _closeVote(uint256 id) internal {
        vm.warp(governor.proposalDeadline(id) + 1);
    }

    /// @dev Proposed and carried by ALICE, who has wrapped enough for it; voting is over.
    function _carry(Proposal memory p) internal returns (uint256 id) {
        id = _proposeAndOpen(ALICE, p);
        _vote(ALICE, id, FOR);
        _closeVote(id);
    }

    function _carryAndQueue(Proposal memory p) internal returns (uint256 id) {
        id = _carry(p);
        _queue(p);
    }

    /// @dev To the timelock's time.
    function _pass(Proposal memory p) internal returns (uint256 id) {
        id = _carryAndQueue(p);
        _later(TIMELOCK_DELAY);
    }

    function _hash(Proposal memory p) internal pure returns (bytes32) {
        return keccak256(bytes(p.description));
    }

    /// @dev Under which the timelock keeps it.
    function _operationOf(Proposal memory p) internal view returns (bytes32) {
        bytes32 salt = bytes32(bytes20(address(governor))) ^ _hash(p);
        return timelock.hashOperationBatch(p.targets, p.values, p.calls, 0, salt);
    }

    function _requireState(uint256 id, IGovernor.ProposalState state) internal view {
        vm.assertEq(uint256(governor.state(id)), uint256(state), "state of the proposal");
    }

    function _later(uint256 duration) internal {
        vm.warp(block.timestamp + duration);
    }
}
