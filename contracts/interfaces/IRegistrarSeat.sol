// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IRecipeRegistry} from "./IRecipeRegistry.sol";

/// @title The registrar's job, done by vote
/// @notice An account has at most one job, and the DAO's timelock is the admin; so a contract that obeys it does this one. See
/// {IRecipeRegistry} and {IDatasetRegistry} for what each function does.
interface IRegistrarSeat {
    /// @notice The caller is not the owner.
    error RegistrarSeatUnauthorized(address caller);

    /// @notice A seat that obeys nobody is of no use.
    error RegistrarSeatOwnerMissing();

    /// @notice Accepts the registrar's job that the admin offered to this contract. By anybody.
    function takeOffice() external;

    /// @notice By the owner, as all below.
    function register(bytes32 id) external returns (uint256 number);

    function registerWithDataset(bytes32 id, bytes32 dataset) external returns (uint256 number);

    function revoke(bytes32 id) external;

    function registerDataset(bytes32 root) external returns (uint256 number);

    function revokeDataset(bytes32 root) external;

    /// @notice Whom the seat obeys, for ever: the DAO's timelock.
    function OWNER() external view returns (address owner);

    /// @notice Where it is registrar.
    function REGISTRY() external view returns (IRecipeRegistry registry);
}
