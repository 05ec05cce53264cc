// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: all at once.
contract WholeList {
    bytes32[] private _ids;

    function register(bytes32 id) external {
        _ids.push(id);
    }

    function list() external view returns (bytes32[] memory) {
        return _ids;
    }
}

// Recipes are registered until nobody can read the list any more.
contract UnboundedListTest is LoopKit {
    uint256 private constant RECIPES = 400;
    uint256 private constant GAS = 60_000;

    function test_TheTwinCannotBeRead() external {
        WholeList twin = new WholeList();
        for (uint256 i = 1; i <= RECIPES; ++i) twin.register(bytes32(i));
        (bool success, ) = address(twin).staticcall{gas: GAS}(abi.encodeCall(twin.list, ()));

        vm.assertTrue(!success, "out of gas");
    }

    function test_TheRegistryIsReadInPages() external {
        for (uint256 i = 2; i <= RECIPES; ++i) {
            vm.prank(REGISTRAR);
            registry.register(bytes32(i));
        }

        vm.assertEq(registry.list{gas: GAS}(RECIPES - 9, 50).length, 10, "the last page");
        vm.assertEq(registry.list{gas: GAS}(RECIPES - 9, 50)[9].id, bytes32(RECIPES), "with the last recipe");
    }
}
