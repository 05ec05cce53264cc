// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IRecipeRegistry} from "../../../../contracts/interfaces/IRecipeRegistry.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: to revoke is to delete.
contract ForgettingRegistry {
    mapping(bytes32 id => bool) public active;

    function register(bytes32 id) external {
        require(!active[id], "registered");
        active[id] = true;
    }

    function revoke(bytes32 id) external {
        delete active[id];
    }
}

// A recipe was revoked for good reason; the registrar, or his thief, registers it again.
contract RecipeRevivedTest is LoopKit {
    function test_TheTwinHasItBack() external {
        ForgettingRegistry twin = new ForgettingRegistry();
        twin.register(RECIPE);
        twin.revoke(RECIPE);
        twin.register(RECIPE);

        vm.assertTrue(twin.active(RECIPE), "as if nothing had been");
    }

    function test_TheRegistryRemembers() external {
        _revokeRecipe();

        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryAlreadyRegistered.selector, RECIPE, 1));
        vm.prank(REGISTRAR);
        registry.register(RECIPE);
    }
}
