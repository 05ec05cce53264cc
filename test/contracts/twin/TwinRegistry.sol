// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {GUARDIAN_ROLE, OPERATOR_ROLE, REGISTRAR_ROLE} from "../../../contracts/access/Roles.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";
import {TwinRoles} from "./TwinRoles.sol";

/// @title The recipes as a list, which every question walks through
contract TwinRegistry is IRecipeRegistry, TwinRoles {
    Recipe[] private _recipes; // number - 1

    constructor(Jobs memory jobs) TwinRoles(jobs) {}

    function register(bytes32 id) external returns (uint256 number) {
        requireRole(REGISTRAR_ROLE, msg.sender);
        require(id != bytes32(0), RecipeRegistryIdMissing());
        require(numberOf(id) == 0, RecipeRegistryAlreadyRegistered(id, numberOf(id)));
        require(_recipes.length < 65_535, RecipeRegistryFull());

        _recipes.push(Recipe({id: id, revoked: false}));
        emit Registered(_recipes.length, id, msg.sender);
        return _recipes.length;
    }

    function revoke(bytes32 id) external {
        require(
            hasRole(GUARDIAN_ROLE, msg.sender) || hasRole(REGISTRAR_ROLE, msg.sender),
            RecipeRegistryUnauthorizedRevoker(msg.sender)
        );
        uint256 number = requireActive(id);

        _recipes[number - 1].revoked = true;
        emit Revoked(number, id, msg.sender);
    }

    function requireActive(bytes32 id) public view returns (uint256 number) {
        require(!isRevoked(id), RecipeRegistryRevoked(id));
        return numberOf(id);
    }

    function requireActiveAt(uint256 number) public view returns (bytes32 id) {
        id = recipeAt(number);
        require(!isRevoked(id), RecipeRegistryRevoked(id));
    }

    function requireOpening(bytes32 id, address opener) external view returns (uint256 number) {
        requireRole(OPERATOR_ROLE, opener);
        return requireActive(id);
    }

    function requireSealing(uint256 number, address sealer) external view returns (bytes32 id) {
        requireRole(OPERATOR_ROLE, sealer);
        return requireActiveAt(number);
    }

    function numberOf(bytes32 id) public view returns (uint256 number) {
        for (uint256 i = 0; i < _recipes.length; ++i) if (_recipes[i].id == id) return i + 1;
        return 0;
    }

    function recipeAt(uint256 number) public view returns (bytes32 id) {
        require(number != 0 && number <= _recipes.length, RecipeRegistryUnknownNumber(number));
        return _recipes[number - 1].id;
    }

    function isRevoked(bytes32 id) public view returns (bool revoked) {
        uint256 number = numberOf(id);
        require(number != 0, RecipeRegistryUnknown(id));
        return _recipes[number - 1].revoked;
    }

    function count() external view returns (uint256 recipes) {
        return _recipes.length;
    }

    function list(uint256 first, uint256 limit) external view returns (Recipe[] memory page) {
        require(first != 0, RecipeRegistryUnknownNumber(0));
        uint256 length = 0;
        while (length < limit && first + length <= _recipes.length) ++length;

        page = new Recipe[](length);
        for (uint256 i = 0; i < length; ++i) page[i] = _recipes[first - 1 + i];
    }
}
