// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {GovernorVotesQuorumFraction} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";

import {ILoopCollection} from "../interfaces/ILoopCollection.sol";
import {ILoopGovernor} from "../interfaces/ILoopGovernor.sol";

/// @title LoopGovernor
/// @notice See {ILoopGovernor}.
contract LoopGovernor is
    ILoopGovernor,
    GovernorSettings,
    GovernorCountingSimple,
    GovernorVotesQuorumFraction,
    GovernorPreventLateQuorum,
    GovernorTimelockControl
{
    using Checkpoints for Checkpoints.Trace208;

    uint256 private constant BPS = 10_000;

    /// @dev Long enough to be away for a week, too short for what was voted to outlive the circumstances it was voted in.
    uint256 public constant GRACE_PERIOD = 14 days;

    ILoopCollection public immutable COLLECTION;
    uint256 public immutable floorBps;

    /// @dev Noted at each proposal, not read when votes are counted: works minted meanwhile must not move its quorum.
    Checkpoints.Trace208 private _minted;
    mapping(address proposer => uint256 proposalId) private _lastProposal;
    mapping(uint256 proposalId => bytes32[] hashes) private _codeAtProposal;

    constructor(
        IVotes votes,
        TimelockController timelock_,
        ILoopCollection collection,
        Settings memory settings
    )
        Governor("LoopGovernor")
        GovernorSettings(settings.votingDelay, settings.votingPeriod, settings.proposalThreshold)
        GovernorVotes(votes)
        GovernorVotesQuorumFraction(settings.quorumPercent)
        GovernorPreventLateQuorum(settings.lateQuorumExtension)
        GovernorTimelockControl(timelock_)
    {
        require(settings.floorBps != 0 && settings.floorBps <= BPS, LoopGovernorInvalidFloor(settings.floorBps));
        COLLECTION = collection;
        floorBps = settings.floorBps;
        _noteMinted(collection);
    }

    /* PROPOSING */

    /// @dev The one way to a proposal.
    function _propose(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        string memory description,
        address proposer
    ) internal override returns (uint256 proposalId) {
        _requireNoneLive(proposer);
        proposalId = super._propose(targets, values, calldatas, description, proposer);

        _lastProposal[proposer] = proposalId;
        bytes32[] storage hashes = _codeAtProposal[proposalId];
        for (uint256 i = 0; i < targets.length; ++i) {
            bytes32 hash = _codeHash(targets[i]);
            require(hash != 0 || calldatas[i].length == 0, LoopGovernorTargetWithoutCode(targets[i]));
            hashes.push(hash);
        }
        _noteMinted(COLLECTION);
    }

    function _requireNoneLive(address proposer) private view {
        uint256 last = _lastProposal[proposer];
        if (last == 0) return;
        ProposalState current = state(last);
        require(
            current != ProposalState.Pending && current != ProposalState.Active,
            LoopGovernorProposalLive(proposer, last)
        );
    }

    function _noteMinted(ILoopCollection collection) private {
        _minted.push(clock(), SafeCast.toUint208(collection.totals().minted));
    }

    /* THE CODE THAT WAS VOTED ON */

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        _requireSameCode(proposalId, targets);

        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) {
        _requireSameCode(proposalId, targets);

        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _requireSameCode(uint256 proposalId, address[] memory targets) private view {
        bytes32[] storage hashes = _codeAtProposal[proposalId];
        for (uint256 i = 0; i < targets.length; ++i) {
            bytes32 current = _codeHash(targets[i]);
            require(current == hashes[i], LoopGovernorCodeChanged(proposalId, targets[i], hashes[i], current));
        }
    }

    /// @dev Zero for every account without code: the chain's own hash of one changes when it gets its first wei, with which anybody
    /// could hold up a payment to it.
    function _codeHash(address account) private view returns (bytes32) {
        return account.code.length == 0 ? bytes32(0) : account.codehash;
    }

    /* TAKING BACK */

    /// @dev Not what is defeated: that stays on record as it ended.
    function _validateCancel(uint256 proposalId, address caller) internal view override returns (bool) {
        if (state(proposalId) == ProposalState.Defeated) return false;
        address proposer = proposalProposer(proposalId);

        return caller == proposer || getVotes(proposer, clock() - 1) < proposalThreshold();
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    /* WHERE A PROPOSAL STANDS */

    /// @inheritdoc Governor
    function state(
        uint256 proposalId
    ) public view override(Governor, GovernorTimelockControl) returns (ProposalState current) {
        current = super.state(proposalId);
        if (current == ProposalState.Succeeded && clock() > proposalDeadline(proposalId) + GRACE_PERIOD) {
            return ProposalState.Expired;
        }
        if (current == ProposalState.Queued && block.timestamp > proposalEta(proposalId) + GRACE_PERIOD) {
            return ProposalState.Expired;
        }
    }

    /// @inheritdoc Governor
    function proposalDeadline(
        uint256 proposalId
    ) public view override(Governor, GovernorPreventLateQuorum) returns (uint256) {
        return super.proposalDeadline(proposalId);
    }

    /// @inheritdoc GovernorVotesQuorumFraction
    /// @dev The share of what was wrapped at that time, and at least the floor, rounded up.
    function quorum(uint256 timepoint) public view override(Governor, GovernorVotesQuorumFraction) returns (uint256) {
        uint256 floor = Math.ceilDiv(mintedAt(timepoint) * floorBps, BPS);

        return Math.max(super.quorum(timepoint), floor);
    }

    /* READING */

    /// @inheritdoc ILoopGovernor
    function codeAtProposal(uint256 proposalId) external view returns (bytes32[] memory hashes) {
        return _codeAtProposal[proposalId];
    }

    /// @inheritdoc ILoopGovernor
    function lastProposalOf(address proposer) external view returns (uint256 proposalId) {
        return _lastProposal[proposer];
    }

    /// @inheritdoc ILoopGovernor
    function mintedAt(uint256 timepoint) public view returns (uint256 works) {
        return _minted.upperLookupRecent(SafeCast.toUint48(timepoint));
    }

    /* OFF */

    /// @notice Always reverts, see {ILoopGovernor}.
    function relay(address, uint256, bytes calldata) public payable override {
        revert LoopGovernorDisabled();
    }

    /// @notice Always reverts, see {ILoopGovernor}.
    function updateTimelock(TimelockController) public pure override {
        revert LoopGovernorDisabled();
    }

    /* OF SEVERAL BASES */

    /// @inheritdoc Governor
    function proposalNeedsQueuing(
        uint256 proposalId
    ) public view override(Governor, GovernorTimelockControl) returns (bool) {
        return super.proposalNeedsQueuing(proposalId);
    }

    /// @inheritdoc Governor
    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    function _tallyUpdated(uint256 proposalId) internal override(Governor, GovernorPreventLateQuorum) {
        super._tallyUpdated(proposalId);
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }
}
