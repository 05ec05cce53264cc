// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title Who does which job
/// @notice Every privileged job of the loop is a role here, and an account has at most one job: a stolen key does the
/// harm of one job, and no more. The contracts of a deployment share this book, so that holds across all of them.
/// @dev OpenZeppelin's AccessControl with its rules for the admin: one admin, handed over in two steps with a delay in
/// between. The other jobs are handed over in two steps as well: the admin offers, the account accepts. Taking a job away
/// is one step, because it must be quick.
interface ILoopRoles {
    /// @param admin Gives and takes the jobs; the DAO's timelock in the end.
    /// @param adminDelay Seconds between the two steps by which a new admin takes over.
    /// @param operator Opens and seals batches.
    /// @param registrar Registers recipes, and revokes them.
    /// @param guardian Pauses minting, revokes recipes, and takes epochs back.
    /// @param parameterAuthority Moves royalties, limits, the transfer validator and the terms of forging.
    /// @param publisher Publishes epochs.
    /// @param voucherSigner Signs vouchers.
    struct Jobs {
        address admin;
        uint48 adminDelay;
        address operator;
        address registrar;
        address guardian;
        address parameterAuthority;
        address publisher;
        address voucherSigner;
    }

    /// @notice Emitted when the admin offers a job, which the account has until it accepts not got.
    event RoleOffered(bytes32 indexed role, address indexed account, address indexed sender);

    /// @notice The account already does another job.
    error LoopRolesTwoJobs(address account, bytes32 role);

    /// @notice The job was not offered to the account, or the offer was withdrawn.
    error LoopRolesNotOffered(bytes32 role, address account);

    /// @notice A job of zero would be nobody's; leave it out by giving it to nobody later.
    error LoopRolesAccountMissing(bytes32 role);

    /// @notice Takes a job that the admin offered to the caller.
    /// @param role The job.
    function acceptRole(bytes32 role) external;

    /// @notice Whether a job waits for this account to accept it.
    /// @param role The job.
    /// @param account Who may accept it.
    /// @return offered True from the offer to its acceptance or withdrawal.
    function isOffered(bytes32 role, address account) external view returns (bool offered);

    /// @notice Reverts with OpenZeppelin's AccessControlUnauthorizedAccount unless the account has the job.
    /// @param role The job.
    /// @param account Who should have it.
    function requireRole(bytes32 role, address account) external view;
}
