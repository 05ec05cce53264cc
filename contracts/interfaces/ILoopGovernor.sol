// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title The DAO: whoever wrapped works proposes, votes, queues, executes
/// @notice OpenZeppelin's Governor with settings, simple counting, late-quorum protection and a timelock, and with five rules more:
///
/// 1. The quorum has a floor, a share of the works ever minted, which no vote lowers: while few works are wrapped, a handful of them is
///    no quorum. Burning does not lower it either, so the DAO stands still once fewer works than the floor are left.
/// 2. A proposer has one proposal before the voters (pending or active) at a time.
/// 3. Nothing is queued or executed once the code of one of its targets is not what it was when it was proposed.
/// 4. The proposer may take a proposal back until it is executed, and anybody may once his votes are below the threshold: who proposes
///    keeps his works. That reaches the timelock.
/// 5. What succeeded and was not queued in 14 days, or not executed within 14 days of its time, has expired.
///
/// @dev Warning: the code of a proxy is not the code it runs: behind a target with storage of its own, what the call does may still
/// change. The same holds for code that a target calls in turn. A delegation by EIP-7702 is code: to change it is a change.
/// @dev `relay` and `updateTimelock` are off: the first would call, in the governor's name, what the third rule cannot see; the second
/// would leave what is queued in the old timelock, out of reach of a cancellation.
interface ILoopGovernor {
    /// @param votingDelay From proposal to snapshot, seconds.
    /// @param votingPeriod Seconds.
    /// @param lateQuorumExtension Seconds that voting goes on, at least, once the quorum is reached.
    /// @param proposalThreshold Votes needed to propose.
    /// @param quorumPercent Of the wrapped works.
    /// @param floorBps Of the works ever minted.
    struct Settings {
        uint48 votingDelay;
        uint32 votingPeriod;
        uint48 lateQuorumExtension;
        uint256 proposalThreshold;
        uint256 quorumPercent;
        uint256 floorBps;
    }

    /// @notice The floor is not 1 to 10,000 bps.
    error LoopGovernorInvalidFloor(uint256 floorBps);

    /// @notice The proposer's last proposal is still pending or active.
    error LoopGovernorProposalLive(address proposer, uint256 proposalId);

    /// @notice A call with data to an address without code does nothing, and would do what somebody deploys there later.
    error LoopGovernorTargetWithoutCode(address target);

    /// @notice The target's code is not what was voted on. Hashes are zero where there is no code.
    error LoopGovernorCodeChanged(uint256 proposalId, address target, bytes32 atProposal, bytes32 atPresent);

    /// @notice This governor does not do that, see above.
    error LoopGovernorDisabled();

    /// @notice Hashes of the code of a proposal's targets when it was proposed, in their order; zero for none.
    /// @param proposalId The proposal; empty if there is none.
    function codeAtProposal(uint256 proposalId) external view returns (bytes32[] memory hashes);

    /// @notice The proposer's last proposal; zero if he never made one.
    function lastProposalOf(address proposer) external view returns (uint256 proposalId);

    /// @notice Works ever minted, as noted at the last proposal up to this time.
    /// @param timepoint Unix seconds.
    function mintedAt(uint256 timepoint) external view returns (uint256 works);

    /// @notice Share of the works ever minted that is the least quorum, bps.
    function floorBps() external view returns (uint256 bps);
}
