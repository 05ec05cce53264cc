// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {GUARDIAN_ROLE, OPERATOR_ROLE, REGISTRAR_ROLE} from "../../../contracts/access/Roles.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";
import {TwinRoles} from "./TwinRoles.sol";

/// @title The recipes and the datasets as lists, which every question walks through
contract TwinRegistry is IRecipeRegistry, TwinRoles {
    Recipe[] private _recipes; // number - 1; what is said of the dataset's revocation is looked up when asked
    Dataset[] private _datasets; // number - 1

    constructor(Jobs memory jobs) TwinRoles(jobs) {}

    function register(bytes32 id) external returns (uint256 number) {
        requireRole(REGISTRAR_ROLE, msg.sender);
        return _register(id, bytes32(0));
    }

    function registerWithDataset(bytes32 id, bytes32 dataset) external returns (uint256 number) {
        requireRole(REGISTRAR_ROLE, msg.sender);
        require(!isDatasetRevoked(dataset), DatasetRegistryRevoked(dataset));

        number = _register(id, dataset);
        emit DatasetNamed(number, dataset);
    }

    function _register(bytes32 id, bytes32 dataset) private returns (uint256 number) {
        require(id != bytes32(0), RecipeRegistryIdMissing());
        require(numberOf(id) == 0, RecipeRegistryAlreadyRegistered(id, numberOf(id)));
        require(_recipes.length < 65_535, RecipeRegistryFull());

        _recipes.push(Recipe({id: id, revoked: false, dataset: dataset, datasetRevoked: false}));
        emit Registered(_recipes.length, id, msg.sender);
        return _recipes.length;
    }

    function revoke(bytes32 id) external {
        require(_mayRevoke(), RecipeRegistryUnauthorizedRevoker(msg.sender));
        uint256 number = requireActive(id);

        _recipes[number - 1].revoked = true;
        emit Revoked(number, id, msg.sender);
    }

    function registerDataset(bytes32 root) external returns (uint256 number) {
        requireRole(REGISTRAR_ROLE, msg.sender);
        require(root != bytes32(0), DatasetRegistryRootMissing());
        require(_datasetNumberOf(root) == 0, DatasetRegistryAlreadyRegistered(root, _datasetNumberOf(root)));

        _datasets.push(Dataset({root: root, revoked: false}));
        emit DatasetRegistered(_datasets.length, root, msg.sender);
        return _datasets.length;
    }

    function revokeDataset(bytes32 root) external {
        require(_mayRevoke(), DatasetRegistryUnauthorizedRevoker(msg.sender));
        require(!isDatasetRevoked(root), DatasetRegistryRevoked(root));

        uint256 number = _datasetNumberOf(root);
        _datasets[number - 1].revoked = true;
        emit DatasetRevoked(number, root, msg.sender);
    }

    function _mayRevoke() private view returns (bool) {
        return hasRole(GUARDIAN_ROLE, msg.sender) || hasRole(REGISTRAR_ROLE, msg.sender);
    }

    function requireActive(bytes32 id) public view returns (uint256 number) {
        require(numberOf(id) != 0, RecipeRegistryUnknown(id));
        number = numberOf(id);
        Recipe memory recipe = _recipes[number - 1];
        require(!recipe.revoked, RecipeRegistryRevoked(id));
        require(!isRevoked(id), RecipeRegistryDatasetRevoked(id, recipe.dataset));
    }

    function requireActiveAt(uint256 number) public view returns (bytes32 id) {
        id = recipeAt(number);
        requireActive(id);
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
        return _told(number).revoked;
    }

    function datasetOf(bytes32 id) public view returns (bytes32 dataset) {
        uint256 number = numberOf(id);
        require(number != 0, RecipeRegistryUnknown(id));
        return _recipes[number - 1].dataset;
    }

    function isDatasetRevoked(bytes32 root) public view returns (bool revoked) {
        uint256 number = _datasetNumberOf(root);
        require(number != 0, DatasetRegistryUnknown(root));
        return _datasets[number - 1].revoked;
    }

    /// @dev From the leaf up: of two siblings the smaller one comes first.
    function provesPicture(
        bytes32 root,
        Picture calldata picture,
        bytes32[] calldata proof
    ) external view returns (bool proven) {
        require(_datasetNumberOf(root) != 0, DatasetRegistryUnknown(root));
        bytes memory words = abi.encodePacked(
            picture.source,
            picture.licence,
            picture.rightsHolder,
            picture.origin,
            picture.consent
        );
        bytes32 node = keccak256(abi.encodePacked(keccak256(words)));
        for (uint256 i = 0; i < proof.length; ++i) {
            (bytes32 low, bytes32 high) = node < proof[i] ? (node, proof[i]) : (proof[i], node);
            node = keccak256(abi.encodePacked(low, high));
        }
        return node == root;
    }

    function totalDatasets() external view returns (uint256 datasets) {
        return _datasets.length;
    }

    function listDatasets(uint256 first, uint256 limit) external view returns (Dataset[] memory page) {
        require(first != 0, DatasetRegistryUnknownNumber(0));
        uint256 length = 0;
        while (length < limit && first + length <= _datasets.length) ++length;

        page = new Dataset[](length);
        for (uint256 i = 0; i < length; ++i) page[i] = _datasets[first - 1 + i];
    }

    function _datasetNumberOf(bytes32 root) private view returns (uint256 number) {
        for (uint256 i = 0; i < _datasets.length; ++i) if (_datasets[i].root == root) return i + 1;
        return 0;
    }

    /// @dev The recipe as it is told to who asks.
    function _told(uint256 number) private view returns (Recipe memory recipe) {
        recipe = _recipes[number - 1];
        if (recipe.dataset == bytes32(0)) return recipe;
        recipe.datasetRevoked = isDatasetRevoked(recipe.dataset);
        if (recipe.datasetRevoked) recipe.revoked = true;
    }

    function count() external view returns (uint256 recipes) {
        return _recipes.length;
    }

    function list(uint256 first, uint256 limit) external view returns (Recipe[] memory page) {
        require(first != 0, RecipeRegistryUnknownNumber(0));
        uint256 length = 0;
        while (length < limit && first + length <= _recipes.length) ++length;

        page = new Recipe[](length);
        for (uint256 i = 0; i < length; ++i) page[i] = _told(first + i);
    }
}
