// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";
import {ICollection} from "./ICollection.sol";
import {RolesKit} from "./RolesKit.sol";

/// @title A registry with one recipe and a collection, every role its own account
abstract contract LoopKit is RolesKit {
    uint256 internal constant MAX_SUPPLY = 20_000;
    uint256 internal constant WORKS_PER_DAY = 15_000;
    uint256 internal constant SEED_DELAY = 4;
    uint256 internal constant SEAL_WINDOW = 7_200;
    uint256 internal constant START = 10_000; // first block of every test, past the history window

    bytes32 internal constant RECIPE = keccak256("recipe");
    bytes32 internal constant CONDITIONS = keccak256("conditions") & ~bytes32(uint256(0xf0)); // those bits are the forge's

    address internal immutable TREASURY = _account("treasury");
    address internal immutable ALICE = _account("alice");
    address internal immutable BOB = _account("bob");
    address internal immutable CAROL = _account("carol");

    IRecipeRegistry internal registry;
    ICollection internal collection;

    function setUp() public virtual {
        vm.roll(START);
        registry = IRecipeRegistry(_deploy("RecipeRegistry", abi.encode(_jobs())));
        vm.prank(REGISTRAR);
        registry.register(RECIPE);
        collection = _deployCollection(_settings());
    }

    function _deployCollection(ILoopCollection.Settings memory settings) internal returns (ICollection) {
        return ICollection(_deploy("LoopCollection", abi.encode(settings)));
    }

    function _settings() internal view returns (ILoopCollection.Settings memory) {
        return
            ILoopCollection.Settings({
                name: "Generative Loop",
                symbol: "LOOP",
                contractURI: "ipfs://collection",
                registry: registry,
                maxSupply: uint40(MAX_SUPPLY),
                seedDelay: uint64(SEED_DELAY),
                sealWindow: uint64(SEAL_WINDOW),
                worksPerDay: uint24(WORKS_PER_DAY),
                owner: ADMIN,
                royaltyReceiver: TREASURY,
                royaltyBps: 500
            });
    }

    function _open(address to, uint256 count) internal returns (uint256 batch) {
        vm.prank(OPERATOR);
        return collection.open(to, RECIPE, count, CONDITIONS);
    }

    /// @dev Goes one block past the seed block and gives that block a hash of our choice.
    function _seed(uint256 batch) internal returns (bytes32 blockHash) {
        uint256 seedBlock = collection.seedBlock(batch);
        blockHash = keccak256(abi.encode("seed block", seedBlock));

        vm.roll(seedBlock + 1);
        vm.setBlockhash(seedBlock, blockHash);
    }

    function _seal(uint256 batch) internal returns (bytes32 root) {
        bytes32 blockHash = _seed(batch);
        root = _rootOf(batch);

        vm.prank(OPERATOR);
        collection.seal(batch, root, blockHash);
    }

    function _mint(address to, uint256 count) internal returns (uint256 batch) {
        batch = _open(to, count);
        _seal(batch);
    }

    function _revokeRecipe() internal {
        vm.prank(GUARDIAN);
        registry.revoke(RECIPE);
    }

    function _rootOf(uint256 batch) internal pure returns (bytes32) {
        return keccak256(abi.encode("root", batch));
    }

    function _id(uint256 batch, uint256 index) internal pure returns (uint256) {
        return batch * 1_000_000 + index;
    }
}
