// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IRecipeRegistry} from "../../../../contracts/interfaces/IRecipeRegistry.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: asks about the dataset when a recipe is registered, and never again.
contract ForgetfulRegistry {
    mapping(bytes32 root => bool) public standing;
    mapping(bytes32 id => bool) public registered;

    function registerDataset(bytes32 root) external {
        standing[root] = true;
    }

    function revokeDataset(bytes32 root) external {
        standing[root] = false;
    }

    function registerWithDataset(bytes32 id, bytes32 dataset) external {
        require(standing[dataset], "revoked");
        registered[id] = true;
    }

    function requireActive(bytes32 id) external view {
        require(registered[id], "unknown");
    }
}

// An artist takes his consent back; the operator mints on, from a model that was tuned on his pictures before.
contract DatasetForgottenTest is LoopKit {
    bytes32 private constant DATASET = keccak256("dataset");
    bytes32 private constant TUNED = keccak256("tuned recipe");

    function test_TheTwinMintsOn() external {
        ForgetfulRegistry twin = new ForgetfulRegistry();
        twin.registerDataset(DATASET);
        twin.registerWithDataset(TUNED, DATASET);
        twin.revokeDataset(DATASET);

        twin.requireActive(TUNED);
        vm.assertTrue(!twin.standing(DATASET), "though the dataset is revoked");
    }

    function test_TheRegistryAsksEachTime() external {
        vm.prank(REGISTRAR);
        registry.registerDataset(DATASET);
        vm.prank(REGISTRAR);
        registry.registerWithDataset(TUNED, DATASET);
        vm.prank(OPERATOR);
        uint256 batch = collection.open(ALICE, TUNED, 1, CONDITIONS);
        bytes32 blockHash = _seed(batch);
        vm.prank(GUARDIAN);
        registry.revokeDataset(DATASET);

        bytes memory refusal = abi.encodeWithSelector(
            IRecipeRegistry.RecipeRegistryDatasetRevoked.selector,
            TUNED,
            DATASET
        );
        vm.expectRevert(refusal);
        vm.prank(OPERATOR);
        collection.open(ALICE, TUNED, 1, CONDITIONS);
        vm.expectRevert(refusal);
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), blockHash);
    }
}
