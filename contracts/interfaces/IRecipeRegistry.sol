// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IDatasetRegistry} from "./IDatasetRegistry.sol";

/// @title The recipes under which batches may be opened
/// @notice A recipe is everything a picture depends on, published as a directory. Its id is the sha-256 digest of that
/// directory's root, so the id alone fetches and checks it. Here it gets a number, short enough for the head of a batch.
/// @dev A recipe is registered once and revoked at most once; nobody brings a revoked recipe back. A recipe whose dataset is
/// revoked is revoked, see {IDatasetRegistry}.
interface IRecipeRegistry is IDatasetRegistry {
    /// @param id Digest of the root of the recipe directory.
    /// @param revoked Whether it neither opens nor seals batches any more, for itself or for its dataset.
    /// @param dataset Merkle root of the dataset it was made from; zero for none.
    /// @param datasetRevoked Whether that dataset is revoked.
    struct Recipe {
        bytes32 id;
        bool revoked;
        bytes32 dataset;
        bool datasetRevoked;
    }

    /// @notice Emitted when a recipe gets its number.
    event Registered(uint256 indexed number, bytes32 indexed id, address indexed by);

    /// @notice Emitted after {Registered} when the recipe was made from a dataset.
    event DatasetNamed(uint256 indexed number, bytes32 indexed dataset);

    /// @notice Emitted when a recipe itself is revoked, for ever.
    event Revoked(uint256 indexed number, bytes32 indexed id, address indexed by);

    /// @notice The id is zero, which no directory's digest is.
    error RecipeRegistryIdMissing();

    /// @notice The recipe already has a number, revoked or not.
    error RecipeRegistryAlreadyRegistered(bytes32 id, uint256 number);

    /// @notice All 65,535 numbers are given.
    error RecipeRegistryFull();

    /// @notice No recipe has this id.
    error RecipeRegistryUnknown(bytes32 id);

    /// @notice No recipe has this number.
    error RecipeRegistryUnknownNumber(uint256 number);

    /// @notice The recipe itself is revoked.
    error RecipeRegistryRevoked(bytes32 id);

    /// @notice The dataset that the recipe was made from is revoked, and so is the recipe.
    error RecipeRegistryDatasetRevoked(bytes32 id, bytes32 dataset);

    /// @notice The account is neither a guardian nor a registrar.
    error RecipeRegistryUnauthorizedRevoker(address account);

    /// @notice Gives a recipe that was made from no dataset the next number.
    /// @param id Digest of the root of the recipe directory.
    /// @return number Its number, from 1.
    function register(bytes32 id) external returns (uint256 number);

    /// @notice Gives a recipe the next number and ties it to its dataset for ever.
    /// @param id Digest of the root of the recipe directory.
    /// @param dataset Merkle root of its dataset, which must be registered and not revoked.
    /// @return number Its number, from 1.
    function registerWithDataset(bytes32 id, bytes32 dataset) external returns (uint256 number);

    /// @notice Revokes the recipe for ever: from now on it neither opens nor seals a batch.
    /// @param id Digest of the root of the recipe directory.
    function revoke(bytes32 id) external;

    /// @notice The number of a recipe, revoked or not.
    /// @param id Digest of the root of the recipe directory.
    /// @return number Its number, zero if it was never registered.
    function numberOf(bytes32 id) external view returns (uint256 number);

    /// @notice The recipe with this number, revoked or not.
    /// @param number Number given at registration.
    /// @return id Digest of the root of its directory.
    function recipeAt(uint256 number) external view returns (bytes32 id);

    /// @notice Whether the recipe or its dataset was revoked. Reverts if the recipe was never registered.
    /// @param id Digest of the root of the recipe directory.
    /// @return revoked True for ever once revoked.
    function isRevoked(bytes32 id) external view returns (bool revoked);

    /// @notice The dataset of a recipe, revoked or not. Reverts if the recipe was never registered.
    /// @param id Digest of the root of the recipe directory.
    /// @return dataset Merkle root of the dataset; zero for none.
    function datasetOf(bytes32 id) external view returns (bytes32 dataset);

    /// @notice How many recipes were ever registered, which is also the highest number.
    /// @return recipes Number of recipes.
    function count() external view returns (uint256 recipes);

    /// @notice A page of all recipes in the order of their numbers.
    /// @param first Number of the first one wanted, from 1.
    /// @param limit At most this many; the page ends with the last recipe and is empty beyond it.
    /// @return page The recipes, the first one having number `first`.
    function list(uint256 first, uint256 limit) external view returns (Recipe[] memory page);

    /// @notice The number of a recipe that may still open batches. Reverts if it is unknown or revoked.
    /// @param id Digest of the root of the recipe directory.
    /// @return number Its number.
    function requireActive(bytes32 id) external view returns (uint256 number);

    /// @notice The recipe with this number if it may still seal batches. Reverts if it is unknown or revoked.
    /// @param number Number given at registration.
    /// @return id Digest of the root of its directory.
    function requireActiveAt(uint256 number) external view returns (bytes32 id);

    /// @notice Both checks of an opening in one call: that the account is the operator, and {requireActive}.
    /// @param id Digest of the root of the recipe directory.
    /// @param opener Who opens.
    /// @return number Number of the recipe.
    function requireOpening(bytes32 id, address opener) external view returns (uint256 number);

    /// @notice Both checks of a sealing in one call: that the account is the operator, and {requireActiveAt}.
    /// @param number Number given at registration.
    /// @param sealer Who seals.
    /// @return id Digest of the root of the recipe directory.
    function requireSealing(uint256 number, address sealer) external view returns (bytes32 id);
}
