// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {REGISTRAR_ROLE} from "../access/Roles.sol";
import {IRecipeRegistry} from "../interfaces/IRecipeRegistry.sol";
import {IRegistrarSeat} from "../interfaces/IRegistrarSeat.sol";

/// @title RegistrarSeat
/// @notice See {IRegistrarSeat}.
contract RegistrarSeat is IRegistrarSeat {
    IRecipeRegistry public immutable REGISTRY;
    address public immutable OWNER;

    modifier onlyOwner() {
        _requireOwner();
        _;
    }

    constructor(IRecipeRegistry registry, address owner) {
        require(owner != address(0), RegistrarSeatOwnerMissing());
        (REGISTRY, OWNER) = (registry, owner);
    }

    /// @inheritdoc IRegistrarSeat
    function takeOffice() external {
        REGISTRY.acceptRole(REGISTRAR_ROLE);
    }

    /// @inheritdoc IRegistrarSeat
    function register(bytes32 id) external onlyOwner returns (uint256 number) {
        return REGISTRY.register(id);
    }

    /// @inheritdoc IRegistrarSeat
    function registerWithDataset(bytes32 id, bytes32 dataset) external onlyOwner returns (uint256 number) {
        return REGISTRY.registerWithDataset(id, dataset);
    }

    /// @inheritdoc IRegistrarSeat
    function revoke(bytes32 id) external onlyOwner {
        REGISTRY.revoke(id);
    }

    /// @inheritdoc IRegistrarSeat
    function registerDataset(bytes32 root) external onlyOwner returns (uint256 number) {
        return REGISTRY.registerDataset(root);
    }

    /// @inheritdoc IRegistrarSeat
    function revokeDataset(bytes32 root) external onlyOwner {
        REGISTRY.revokeDataset(root);
    }

    function _requireOwner() private view {
        require(msg.sender == OWNER, RegistrarSeatUnauthorized(msg.sender));
    }
}
