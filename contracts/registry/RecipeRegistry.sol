// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LoopRoles} from "../access/LoopRoles.sol";
import {GUARDIAN_ROLE, OPERATOR_ROLE, REGISTRAR_ROLE} from "../access/Roles.sol";
import {IRecipeRegistry} from "../interfaces/IRecipeRegistry.sol";

/// @title RecipeRegistry
/// @notice See {IRecipeRegistry}.
/// @dev The book of jobs lies here too: an opening and a sealing ask one contract once whether this account may and
/// whether that recipe may, which costs what the recipe's question alone would.
contract RecipeRegistry is IRecipeRegistry, LoopRoles {
    /// @dev Numbers fill 16 bits, the width of their field in the head of a batch; the next bit marks a revoked recipe.
    uint256 private constant REVOKED = 1 << 16;

    /// @dev Number and mark in one word, so opening learns all it must know from one slot.
    mapping(bytes32 id => uint256 entry) private _entries;

    /// @dev Revoking moves an id from the first mapping to the second, so sealing learns the id and that it is alive from
    /// one slot: an id fills its word and has no bit to spare.
    mapping(uint256 number => bytes32 id) private _active;
    mapping(uint256 number => bytes32 id) private _revoked;

    uint256 private _count;

    constructor(Jobs memory jobs) LoopRoles(jobs) {}

    /* REGISTERING */

    /// @inheritdoc IRecipeRegistry
    function register(bytes32 id) external onlyRole(REGISTRAR_ROLE) returns (uint256 number) {
        require(id != bytes32(0), RecipeRegistryIdMissing());
        require(_entries[id] == 0, RecipeRegistryAlreadyRegistered(id, numberOf(id)));
        require(_count != REVOKED - 1, RecipeRegistryFull());

        number = ++_count;
        _entries[id] = number;
        _active[number] = id;

        emit Registered(number, id, msg.sender);
    }

    /* REVOKING */

    /// @inheritdoc IRecipeRegistry
    function revoke(bytes32 id) external {
        require(
            hasRole(GUARDIAN_ROLE, msg.sender) || hasRole(REGISTRAR_ROLE, msg.sender),
            RecipeRegistryUnauthorizedRevoker(msg.sender)
        );
        uint256 number = requireActive(id);

        _entries[id] = number | REVOKED;
        delete _active[number];
        _revoked[number] = id;

        emit Revoked(number, id, msg.sender);
    }

    /* GATES */

    /// @inheritdoc IRecipeRegistry
    function requireActive(bytes32 id) public view returns (uint256 number) {
        number = _entries[id];
        require(number != 0, RecipeRegistryUnknown(id));
        require(number < REVOKED, RecipeRegistryRevoked(id));
    }

    /// @inheritdoc IRecipeRegistry
    function requireActiveAt(uint256 number) public view returns (bytes32 id) {
        id = _active[number];
        if (id == bytes32(0)) revert RecipeRegistryRevoked(recipeAt(number));
    }

    /// @inheritdoc IRecipeRegistry
    function requireOpening(bytes32 id, address opener) external view returns (uint256 number) {
        requireRole(OPERATOR_ROLE, opener);
        return requireActive(id);
    }

    /// @inheritdoc IRecipeRegistry
    function requireSealing(uint256 number, address sealer) external view returns (bytes32 id) {
        requireRole(OPERATOR_ROLE, sealer);
        return requireActiveAt(number);
    }

    /* READING */

    /// @inheritdoc IRecipeRegistry
    function numberOf(bytes32 id) public view returns (uint256 number) {
        return _entries[id] % REVOKED;
    }

    /// @inheritdoc IRecipeRegistry
    function recipeAt(uint256 number) public view returns (bytes32 id) {
        id = _active[number];
        if (id == bytes32(0)) id = _revoked[number];
        require(id != bytes32(0), RecipeRegistryUnknownNumber(number));
    }

    /// @inheritdoc IRecipeRegistry
    function isRevoked(bytes32 id) external view returns (bool revoked) {
        require(_entries[id] != 0, RecipeRegistryUnknown(id));

        return _entries[id] >= REVOKED;
    }

    /// @inheritdoc IRecipeRegistry
    function count() external view returns (uint256 recipes) {
        return _count;
    }

    /// @inheritdoc IRecipeRegistry
    function list(uint256 first, uint256 limit) external view returns (Recipe[] memory page) {
        require(first != 0, RecipeRegistryUnknownNumber(first));
        uint256 left = first <= _count ? _count - first + 1 : 0;

        page = new Recipe[](limit < left ? limit : left);
        for (uint256 i = 0; i < page.length; ++i) {
            bytes32 id = recipeAt(first + i);
            page[i] = Recipe({id: id, revoked: _entries[id] >= REVOKED});
        }
    }
}
