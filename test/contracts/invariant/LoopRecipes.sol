// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IDatasetRegistry} from "../../../contracts/interfaces/IDatasetRegistry.sol";
import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";
import {LoopTokens} from "./LoopTokens.sol";

/// @title Recipes and datasets: registered, and revoked one by one or many at once
abstract contract LoopRecipes is LoopTokens {
    function register(uint256 id) external counted {
        _register(keccak256(abi.encode("recipe", id, recipes.length)), bytes32(0));
        _worked();
    }

    function registerWithDataset(uint256 id, uint256 pick) external counted {
        _register(keccak256(abi.encode("tuned recipe", id, recipes.length)), _standingDataset(pick));
        _worked();
    }

    function revoke(uint256 pick) external counted {
        _leaveOne(bytes32(0));
        bytes32 recipe = activeRecipes[pick % activeRecipes.length];
        address by = _revoker(pick);

        _revoke(by, recipe);
        _refused(
            address(REGISTRY),
            by,
            abi.encodeCall(IRecipeRegistry.revoke, (recipe)),
            _revocationOf(recipe),
            "20, revoked twice"
        );
        _worked();
    }

    function revokeDataset(uint256 pick) external counted {
        bytes32 dataset = _standingDataset(pick);
        address by = _revoker(pick);
        _revokeDataset(by, dataset);

        bytes memory expected = abi.encodeWithSelector(IDatasetRegistry.DatasetRegistryRevoked.selector, dataset);
        bytes memory call = abi.encodeCall(IDatasetRegistry.revokeDataset, (dataset));
        _refused(address(REGISTRY), by, call, expected, "46, dataset revoked twice");
        call = abi.encodeCall(IRecipeRegistry.registerWithDataset, (bytes32(pick), dataset));
        _refused(address(REGISTRY), REGISTRAR, call, expected, "46, recipe of a revoked dataset");
        _worked();
    }

    /* MUST REVERT */

    function sealRevokedMustRevert(uint256 pick) external counted {
        uint256 batch = _findOpen(pick, false);
        if (batch == 0) batch = _openFor(_actor(pick), 1, pick);
        if (batch == 0) return;
        bytes32 recipe = notes[batch].recipe;
        if (!revoked[recipe]) {
            if (datasetNote[recipe] != bytes32(0) && pick % 2 == 0) {
                _revokeDataset(GUARDIAN, datasetNote[recipe]);
            } else {
                _leaveOne(bytes32(0));
                _revoke(GUARDIAN, recipe);
            }
        }

        _refused(
            address(COLLECTION),
            OPERATOR,
            abi.encodeCall(ILoopCollection.seal, (batch, _rootOf(batch), 0)),
            _revocationOf(recipe),
            "20 and 46, sealing"
        );
        _worked();
    }

    /* DOING */

    function _register(bytes32 recipe, bytes32 dataset) private {
        bytes memory call =
            dataset == bytes32(0)
                ? abi.encodeCall(IRecipeRegistry.register, (recipe))
                : abi.encodeCall(IRecipeRegistry.registerWithDataset, (recipe, dataset));
        vm.prank(REGISTRAR);
        (bool success, bytes memory answer) = address(REGISTRY).call(call);

        recipes.push(recipe);
        activeRecipes.push(recipe);
        datasetNote[recipe] = dataset;
        _holds(success && abi.decode(answer, (uint256)) == recipes.length, "21, numbers count");
        _refused(
            address(REGISTRY),
            REGISTRAR,
            call,
            abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryAlreadyRegistered.selector, recipe, recipes.length),
            "21, registered twice"
        );
    }

    function _revoke(address by, bytes32 recipe) private {
        vm.prank(by);
        REGISTRY.revoke(recipe);

        revokedItself[recipe] = true;
        _noteRevoked(recipe);
    }

    function _revokeDataset(address by, bytes32 dataset) private {
        _leaveOne(dataset);
        vm.prank(by);
        REGISTRY.revokeDataset(dataset);

        fallen[dataset] = true;
        for (uint256 i = 0; i < recipes.length; ++i) {
            if (datasetNote[recipes[i]] == dataset && !revoked[recipes[i]]) _noteRevoked(recipes[i]);
        }
    }

    function _noteRevoked(bytes32 recipe) private {
        revoked[recipe] = true;
        uint256 place = 0;
        while (activeRecipes[place] != recipe) ++place;
        activeRecipes[place] = activeRecipes[activeRecipes.length - 1];
        activeRecipes.pop();
    }

    /// @dev One of the last few if it stands, else a new one.
    function _standingDataset(uint256 pick) private returns (bytes32 dataset) {
        uint256 back = pick % 4;
        if (back < datasets.length) dataset = datasets[datasets.length - 1 - back];
        if (dataset != bytes32(0) && !fallen[dataset]) return dataset;

        dataset = keccak256(abi.encode("dataset", datasets.length));
        vm.prank(REGISTRAR);
        uint256 number = REGISTRY.registerDataset(dataset);
        datasets.push(dataset);
        _holds(number == datasets.length, "47, numbers count");
        _refused(
            address(REGISTRY),
            REGISTRAR,
            abi.encodeCall(IDatasetRegistry.registerDataset, (dataset)),
            abi.encodeWithSelector(
                IDatasetRegistry.DatasetRegistryAlreadyRegistered.selector,
                dataset,
                datasets.length
            ),
            "47, registered twice"
        );
    }

    /// @dev Sees to it that something can be minted when one recipe is revoked, or all of that dataset.
    function _leaveOne(bytes32 dataset) private {
        uint256 staying = 0;
        for (uint256 i = 0; i < activeRecipes.length; ++i) {
            if (dataset == bytes32(0) || datasetNote[activeRecipes[i]] != dataset) ++staying;
        }
        if (staying > (dataset == bytes32(0) ? 1 : 0)) return;

        _register(keccak256(abi.encode("successor", recipes.length)), bytes32(0));
    }

    function _revoker(uint256 pick) private view returns (address) {
        return pick % 2 == 0 ? GUARDIAN : REGISTRAR;
    }
}
