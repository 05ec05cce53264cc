// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IRecipeRegistry} from "../interfaces/IRecipeRegistry.sol";

/// @title Governed
/// @notice A contract whose jobs are written in the registry's book, see {ILoopRoles}.
/// @dev The registry is an immutable of our own deployment and is only ever asked, by STATICCALL: it cannot enter again
/// and changes nothing, so a question to it is a check and no interaction.
abstract contract Governed {
    IRecipeRegistry public immutable REGISTRY;

    /// @dev Bare modifiers are copied into each function; this one is a call.
    modifier onlyRole(bytes32 role) {
        REGISTRY.requireRole(role, msg.sender);
        _;
    }

    constructor(IRecipeRegistry registry) {
        REGISTRY = registry;
    }
}
