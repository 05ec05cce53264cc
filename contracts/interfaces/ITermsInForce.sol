// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title What openings and epochs must keep to
/// @notice Off until the parameter authority first sets it. From then on every opening and forging has this guard threshold and this odds
/// sensitivity in its conditions, so the operator chooses neither; and epochs keep their distance. Open batches keep their own.
interface ITermsInForce {
    /// @param isSet Whether anything is in force; else the rest is zero.
    /// @param guardThreshold Of every opening's conditions, bps.
    /// @param oddsSensitivity Of every opening's conditions, bps.
    /// @param cadence From one epoch to the next, at least, seconds; zero for any.
    struct TermsInForce {
        bool isSet;
        uint16 guardThreshold;
        uint16 oddsSensitivity;
        uint32 cadence;
    }

    /// @notice Emitted when the terms in force change.
    event TermsInForceChanged(uint256 guardThreshold, uint256 oddsSensitivity, uint256 cadence);

    /// @notice The conditions should be `expected`: guard threshold and odds sensitivity are those in force.
    error TermsNotInForce(bytes32 conditions, bytes32 expected);

    /// @notice The last epoch, void or not, is too recent; the next may be at `earliest`, unix seconds.
    error EpochBeforeCadence(uint256 earliest);

    /// @notice Puts terms in force until others are; nothing lifts them again. An open forge goes on with them. By the parameter authority.
    /// @param guardThreshold Bps; zero is a threshold as well.
    /// @param oddsSensitivity Bps; zero is a sensitivity as well.
    /// @param cadence Seconds; zero for any.
    function setTermsInForce(uint16 guardThreshold, uint16 oddsSensitivity, uint32 cadence) external;

    /// @notice What is in force.
    function termsInForce() external view returns (TermsInForce memory terms);
}
