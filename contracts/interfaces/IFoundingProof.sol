// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title Proof that a DAO was founded: that it has all the power, and those who had it before have none
/// @notice It can be deployed only when that is so; its existence is the proof, of the block it was deployed in.
/// @dev OpenZeppelin's AccessControl does not list who has a role. That nobody else has one in the timelock follows from its code, which
/// gives none but to the governor it was appointed; who else has one in the registry is read from events by `check-deployment`.
interface IFoundingProof {
    /// @param leavers Who must have nothing left: the accounts that deployed and governed before. The one that deploys the proof is
    /// asked about as well.
    struct Founding {
        address[] leavers;
        address registry;
        address collection;
        address timelock;
        address governor;
        address votes;
        address controller;
        address registrarSeat;
    }

    /// @notice Emitted by the constructor.
    event Founded(address indexed timelock, address indexed governor, address[] leavers);

    /// @notice The account still has this role, or the right to take it, in this contract.
    error FoundingProofKeeps(address account, string role, address where);

    /// @notice The office, named, is held by somebody else than the DAO has for it.
    error FoundingProofOfficeElsewhere(string office, address holder, address expected);

    /// @notice The DAO's contract does not have this role.
    error FoundingProofRoleMissing(address account, string role, address where);
}
