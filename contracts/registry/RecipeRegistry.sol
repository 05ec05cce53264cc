// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {LoopRoles} from "../access/LoopRoles.sol";
import {OPERATOR_ROLE, REGISTRAR_ROLE} from "../access/Roles.sol";
import {IRecipeRegistry} from "../interfaces/IRecipeRegistry.sol";
import {DatasetRegistry} from "./DatasetRegistry.sol";

/// @title RecipeRegistry
/// @notice See {IRecipeRegistry}.
/// @dev The book of jobs lies here too: an opening and a sealing ask one contract once whether this account may and
/// whether that recipe may, which costs what the recipe's question alone would.
contract RecipeRegistry is IRecipeRegistry, DatasetRegistry {
    /// @dev Numbers fill 16 bits, the width of their field in the head of a batch; the next bit marks a revoked recipe; above
    /// it lies the number of the dataset, zero for none.
    uint256 private constant REVOKED = 1 << 16;
    uint256 private constant DATASET_AT = 17;

    /// @dev Number, mark and dataset in one word, so opening learns all it must know from one slot; where there is a dataset,
    /// from one more, which says whether that still stands.
    mapping(bytes32 id => uint256 entry) private _entries;

    /// @dev In the first mapping are the ids of which nothing more need be asked, so sealing learns the id and that it is alive
    /// from one slot: an id fills its word and has no bit to spare. Revoking moves an id to the second; a recipe with a dataset
    /// is there from the start, because revoking its dataset cannot move it.
    mapping(uint256 number => bytes32 id) private _active;
    mapping(uint256 number => bytes32 id) private _others;

    uint256 private _count;

    constructor(Jobs memory jobs) LoopRoles(jobs) {}

    /* REGISTERING */

    /// @inheritdoc IRecipeRegistry
    function register(bytes32 id) external onlyRole(REGISTRAR_ROLE) returns (uint256 number) {
        number = _register(id, 0);
        _active[number] = id;
    }

    /// @inheritdoc IRecipeRegistry
    function registerWithDataset(
        bytes32 id,
        bytes32 dataset
    ) external onlyRole(REGISTRAR_ROLE) returns (uint256 number) {
        number = _register(id, _requireStanding(dataset));
        _others[number] = id;

        emit DatasetNamed(number, dataset);
    }

    function _register(bytes32 id, uint256 dataset) private returns (uint256 number) {
        require(id != bytes32(0), RecipeRegistryIdMissing());
        require(_entries[id] == 0, RecipeRegistryAlreadyRegistered(id, numberOf(id)));
        require(_count != REVOKED - 1, RecipeRegistryFull());

        number = ++_count;
        _entries[id] = number | (dataset << DATASET_AT);

        emit Registered(number, id, msg.sender);
    }

    /* REVOKING */

    /// @inheritdoc IRecipeRegistry
    function revoke(bytes32 id) external {
        require(_mayRevoke(msg.sender), RecipeRegistryUnauthorizedRevoker(msg.sender));
        uint256 number = requireActive(id);

        _entries[id] |= REVOKED;
        delete _active[number];
        _others[number] = id;

        emit Revoked(number, id, msg.sender);
    }

    /* GATES */

    /// @inheritdoc IRecipeRegistry
    function requireActive(bytes32 id) public view returns (uint256 number) {
        uint256 entry = _requireEntry(id);
        if (entry < REVOKED) return entry; // no mark and no dataset
        _requireStandingRecipe(id, entry);

        return entry % REVOKED;
    }

    /// @inheritdoc IRecipeRegistry
    function requireActiveAt(uint256 number) public view returns (bytes32 id) {
        id = _active[number];
        if (id == bytes32(0)) {
            id = recipeAt(number);
            _requireStandingRecipe(id, _entries[id]);
        }
    }

    /// @dev For a recipe that is marked, or has a dataset.
    function _requireStandingRecipe(bytes32 id, uint256 entry) private view {
        require(!_isMarked(entry), RecipeRegistryRevoked(id));
        uint256 dataset = entry >> DATASET_AT;
        if (_isFallen(dataset)) revert RecipeRegistryDatasetRevoked(id, _rootAt(dataset));
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
        if (id == bytes32(0)) id = _others[number];
        require(id != bytes32(0), RecipeRegistryUnknownNumber(number));
    }

    /// @inheritdoc IRecipeRegistry
    function isRevoked(bytes32 id) external view returns (bool revoked) {
        uint256 entry = _requireEntry(id);

        return _isMarked(entry) || _isFallen(entry >> DATASET_AT);
    }

    /// @inheritdoc IRecipeRegistry
    function datasetOf(bytes32 id) external view returns (bytes32 dataset) {
        return _rootAt(_requireEntry(id) >> DATASET_AT);
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
            uint256 entry = _entries[id];
            uint256 dataset = entry >> DATASET_AT;
            bool fallen = _isFallen(dataset);
            page[i] = Recipe({
                id: id,
                revoked: fallen || _isMarked(entry),
                dataset: _rootAt(dataset),
                datasetRevoked: fallen
            });
        }
    }

    function _requireEntry(bytes32 id) private view returns (uint256 entry) {
        entry = _entries[id];
        require(entry != 0, RecipeRegistryUnknown(id));
    }

    function _isMarked(uint256 entry) private pure returns (bool) {
        return entry & REVOKED != 0;
    }
}
