// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: revoking a dataset revokes its recipes one after the other.
contract LoopingRegistry {
    mapping(bytes32 dataset => bytes32[]) private _recipesOf;
    mapping(bytes32 id => bool) public revoked;

    function registerWithDataset(bytes32 id, bytes32 dataset) external {
        _recipesOf[dataset].push(id);
    }

    function revokeDataset(bytes32 dataset) external {
        for (uint256 i = 0; i < _recipesOf[dataset].length; ++i) revoked[_recipesOf[dataset][i]] = true;
    }
}

// The registrar, or his thief, registers recipes of a dataset until nobody can revoke it any more.
contract DatasetTooLargeTest is LoopKit {
    uint256 private constant RECIPES = 300;
    uint256 private constant GAS = 100_000;
    bytes32 private constant DATASET = keccak256("dataset");

    function test_TheTwinCannotRevokeIt() external {
        LoopingRegistry twin = new LoopingRegistry();
        for (uint256 i = 1; i <= RECIPES; ++i) twin.registerWithDataset(bytes32(i), DATASET);
        (bool success, ) = address(twin).call{gas: GAS}(abi.encodeCall(twin.revokeDataset, (DATASET)));

        vm.assertTrue(!success, "out of gas");
    }

    function test_TheRegistryRevokesThemAllAtOnce() external {
        vm.prank(REGISTRAR);
        registry.registerDataset(DATASET);
        for (uint256 i = 1; i <= RECIPES; ++i) {
            vm.prank(REGISTRAR);
            registry.registerWithDataset(bytes32(i), DATASET);
        }
        vm.prank(GUARDIAN);
        registry.revokeDataset{gas: GAS}(DATASET);

        vm.assertTrue(registry.isRevoked(bytes32(uint256(1))), "the first");
        vm.assertTrue(registry.isRevoked(bytes32(RECIPES)), "and the last");
    }
}
