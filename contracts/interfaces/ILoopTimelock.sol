// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title What the DAO acts through: what was voted waits here before it happens
/// @notice OpenZeppelin's TimelockController. The governor alone proposes, cancels and executes, so that nothing passes by its checks.
/// Nobody but the timelock itself, that is a vote, gives or takes a role here, and no account ever had one for a while.
interface ILoopTimelock {
    /// @notice Emitted when the governor is named.
    event Appointed(address indexed governor);

    /// @notice The caller is not the one who deployed it, or a governor was already named.
    error LoopTimelockMayNotAppoint(address caller);

    /// @notice The governor acts through another timelock.
    error LoopTimelockForeignGovernor(address governor);

    /// @notice The delay is not `least` to `most` seconds.
    error LoopTimelockDelayOutOfRange(uint256 delay, uint256 least, uint256 most);

    /// @notice Names the governor, once; from then on the caller can do nothing here. By who was named at deployment.
    /// @param newGovernor A governor that acts through this timelock.
    function appoint(address newGovernor) external;

    /// @notice Accepts the job of the registry's admin, offered to this contract, once its delay has passed. By anybody.
    function takeOffice() external;

    /// @notice The governor that was appointed; zero before.
    function governor() external view returns (address current);
}
