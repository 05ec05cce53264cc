// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketAdapter} from "./IMarketAdapter.sol";

/// @title Reporters who sign what they see
/// @notice Of n reporters k sign an observation each (EIP-712), anybody submits them together, and the oracle gets the median
/// of each field. k is more than half of n. Fewer than k/2 liars cannot move a field out of the honest range: a field counts
/// only where at least k of the reports observed it. They can mute one, where no more than k report.
/// @dev The evidence of {IMarketAdapter-Brought} is `keccak256(abi.encode(reports))`, the reports sorted by their signers.
interface ISignedReporters is IMarketAdapter {
    /// @notice One reporter's observation for one round.
    /// @param observation The packed observation.
    /// @param r Of the signature over `Report(uint256 round,bytes32 observation)`, domain "Generative Loop Reporters", version "1".
    /// @param vs Of the signature, in EIP-2098's short form.
    struct Report {
        bytes32 observation;
        bytes32 r;
        bytes32 vs;
    }

    /// @notice Emitted when governance names the reporters.
    event ReportersChanged(address[] reporters, uint256 quorum);

    /// @notice There are 1 to `max` reporters, and the quorum is more than half of them and at most all.
    error SignedReportersQuorumOutOfRange(uint256 reporters, uint256 quorum, uint256 max);

    /// @notice A reporter is zero, or not above the one before: they are named in ascending order, each once.
    error SignedReportersInvalidReporter(address reporter);

    /// @notice These are not the reporters of now.
    error SignedReportersUnknownSet(bytes32 set);

    /// @notice Fewer reports than the quorum.
    error SignedReportersTooFew(uint256 reports, uint256 quorum);

    /// @notice The signer is no reporter, or signed something else: another round, another chain, another contract.
    error SignedReportersUnknownReporter(address signer);

    /// @notice Reports stand in the order of their signers, each once.
    error SignedReportersNotAscending(address signer);

    /// @notice No observation packs to this word.
    error SignedReportersMalformedReport(address signer, bytes32 observation);

    /// @notice The reports are for another round than the next.
    error SignedReportersWrongRound(uint256 round, uint256 next);

    /// @notice Brings the median of signed observations. Anybody may. A signature that is none reverts with an error of
    /// OpenZeppelin's ECDSA, and so does the malleable twin of a good one.
    /// @param round The next round's number, which every report is signed for.
    /// @param set The reporters as {reporters} tells them: handed over, because one hash is cheaper to read than five slots.
    /// @param quorum As {reporters} tells it.
    /// @param reports At least `quorum`, ascending by signer.
    function report(uint256 round, address[] calldata set, uint256 quorum, Report[] calldata reports) external;

    /// @notice Names the reporters: from now on theirs are the only signatures that count. By the admin.
    /// @param set 1 to 16 accounts, ascending.
    /// @param quorum How many must agree to speak: more than half.
    function setReporters(address[] calldata set, uint256 quorum) external;

    /// @notice Who may report.
    function reporters() external view returns (address[] memory set, uint256 quorum);

    /// @notice The observation that these observations make together: the lower median of each field.
    /// @param observations At least `quorum`; well formed.
    /// @param quorum Reports that must have observed a field for it to count.
    function medianOf(bytes32[] calldata observations, uint256 quorum) external pure returns (bytes32 observation);
}
