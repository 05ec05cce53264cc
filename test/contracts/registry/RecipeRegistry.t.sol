// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {IDatasetRegistry} from "../../../contracts/interfaces/IDatasetRegistry.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";
import {RolesKit} from "../kit/RolesKit.sol";

// register
// ├── when the caller is not a registrar, the guardian and the admin included
// │   └── it reverts
// ├── when the id is zero
// │   └── it reverts
// ├── given the recipe is registered, or was and is revoked
// │   └── it reverts with its number
// ├── given all 65,535 numbers are given
// │   └── it reverts
// └── when everything is in order
//     └── it gives the next number and emits Registered
// registerWithDataset
// ├── when the caller is not a registrar
// │   └── it reverts
// ├── given the dataset is unknown, zero, or revoked
// │   └── it reverts
// ├── given the recipe is registered, with a dataset or without
// │   └── it reverts with its number
// └── when everything is in order
//     └── it gives the next number, keeps the dataset, and emits Registered, then DatasetNamed
// revoke
// ├── when the caller is neither guardian nor registrar, the admin included
// │   └── it reverts
// ├── given the recipe is unknown, or revoked already
// │   └── it reverts
// └── when everything is in order
//     ├── it emits Revoked, for a guardian as for a registrar
//     ├── it does so for a recipe with a dataset too, whose dataset stands
//     ├── it closes both gates and keeps number and id readable
//     └── it leaves the other recipes alone
// revokeDataset
// ├── given a recipe was revoked itself before
// │   └── its own revocation is what it says
// └── it closes both gates of every recipe of it, and of no other, in one slot
// requireOpening, requireSealing
// ├── when the account is not the operator
// │   └── it reverts, whatever the recipe
// ├── given the recipe is unknown or revoked
// │   └── it reverts
// └── it answers with the number, or the id
// list
// ├── when the page starts at zero, where no recipe is
// │   └── it reverts, though the page be empty
// └── it pages through all recipes in the order of their numbers, with their datasets
contract RecipeRegistryTest is RolesKit {
    IRecipeRegistry private registry;

    function setUp() external {
        registry = IRecipeRegistry(_deploy("RecipeRegistry", abi.encode(_jobs())));
    }

    /* REGISTERING */

    function testFuzz_RevertWhen_CallerIsNotRegistrar(address caller) external {
        vm.assume(caller != REGISTRAR);
        _refuseRegistering(caller);
        _refuseRegistering(GUARDIAN);
        _refuseRegistering(ADMIN);
    }

    function test_RevertWhen_IdIsZero() external {
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryIdMissing.selector));
        _register(bytes32(0));
    }

    function testFuzz_RevertGiven_RecipeIsRegistered(bytes32 id) external {
        vm.assume(id != bytes32(0));
        _register(id);
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryAlreadyRegistered.selector, id, 1));
        _register(id);
    }

    function test_RevertGiven_RecipeIsRevoked_NobodyBringsItBack() external {
        _register("a");
        _revoke(GUARDIAN, "a");
        vm.expectRevert(
            abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryAlreadyRegistered.selector, bytes32("a"), 1)
        );
        _register("a");
    }

    function test_RevertGiven_NumbersAreUsedUp() external {
        vm.record();
        registry.count();
        (bytes32[] memory reads, ) = vm.accesses(address(registry));
        vm.store(address(registry), reads[0], bytes32(uint256(type(uint16).max) - 1));
        vm.assertEq(_register("the last one"), type(uint16).max, "the greatest number");
        vm.assertEq(registry.recipeAt(type(uint16).max), "the last one", "readable");

        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryFull.selector));
        _register("one too many");
    }

    function testFuzz_GivesTheNextNumber(bytes32 first, bytes32 second) external {
        vm.assume(first != bytes32(0) && second != bytes32(0) && first != second);
        vm.assertEq(_register(first), 1, "first");
        vm.expectEmit(address(registry));
        emit IRecipeRegistry.Registered(2, second, REGISTRAR);
        vm.assertEq(_register(second), 2, "second");

        vm.assertEq(registry.count(), 2, "count");
        vm.assertEq(registry.numberOf(first), 1, "number");
        vm.assertEq(registry.recipeAt(2), second, "id");
        vm.assertEq(registry.requireActive(first), 1, "opens");
        vm.assertEq(registry.requireActiveAt(2), second, "seals");
        vm.assertTrue(!registry.isRevoked(second), "not revoked");
    }

    /* REGISTERING WITH A DATASET */

    function testFuzz_RevertWhen_CallerOfADatasetsRecipeIsNotRegistrar(address caller) external {
        vm.assume(caller != REGISTRAR);
        _registerDataset("pictures");
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessControl.AccessControlUnauthorizedAccount.selector,
                caller,
                keccak256("REGISTRAR_ROLE")
            )
        );
        vm.prank(caller);
        registry.registerWithDataset("a", "pictures");
    }

    function testFuzz_RevertGiven_DatasetIsUnknown(bytes32 root) external {
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetRegistryUnknown.selector, root));
        _registerWith("a", root);
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetRegistryUnknown.selector, bytes32(0)));
        _registerWith("a", 0);
    }

    function test_RevertGiven_DatasetIsRevoked() external {
        _registerDataset("pictures");
        _revokeDataset(GUARDIAN, "pictures");
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetRegistryRevoked.selector, bytes32("pictures")));
        _registerWith("a", "pictures");
    }

    function test_RevertGiven_RecipeIsRegisteredOneWayOrTheOther() external {
        _registerDataset("pictures");
        _register("a");
        _registerWith("b", "pictures");
        bytes32[2] memory ids = [bytes32("a"), "b"];
        for (uint256 i = 0; i < 2; ++i) {
            bytes memory refusal = abi.encodeWithSelector(
                IRecipeRegistry.RecipeRegistryAlreadyRegistered.selector,
                ids[i],
                i + 1
            );
            vm.expectRevert(refusal);
            _register(ids[i]);
            vm.expectRevert(refusal);
            _registerWith(ids[i], "pictures");
        }
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryIdMissing.selector));
        _registerWith(0, "pictures");
    }

    function testFuzz_KeepsTheDataset(bytes32 id, bytes32 root) external {
        vm.assume(id != bytes32(0) && id != "a" && root != bytes32(0) && root != "other");
        _register("a");
        _registerDataset("other");
        _registerDataset(root);
        vm.expectEmit(address(registry));
        emit IRecipeRegistry.Registered(2, id, REGISTRAR);
        vm.expectEmit(address(registry));
        emit IRecipeRegistry.DatasetNamed(2, root);
        vm.assertEq(_registerWith(id, root), 2, "number");

        vm.assertEq(registry.datasetOf(id), root, "dataset");
        vm.assertEq(registry.datasetOf("a"), 0, "none");
        vm.assertEq(registry.numberOf(id), 2, "number of the id");
        vm.assertEq(registry.recipeAt(2), id, "id of the number");
        vm.assertEq(registry.requireOpening(id, OPERATOR), 2, "opens");
        vm.assertEq(registry.requireSealing(2, OPERATOR), id, "seals");
        vm.assertTrue(!registry.isRevoked(id), "not revoked");
    }

    /* REVOKING */

    function testFuzz_RevertWhen_CallerMayNotRevoke(address caller) external {
        vm.assume(caller != REGISTRAR && caller != GUARDIAN);
        _register("a");
        _refuseRevoking(caller);
        _refuseRevoking(ADMIN);
    }

    function testFuzz_RevertGiven_RecipeIsUnknown(bytes32 id) external {
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryUnknown.selector, id));
        _revoke(GUARDIAN, id);
    }

    function test_RevertGiven_RecipeIsRevokedAlready() external {
        _register("a");
        _revoke(GUARDIAN, "a");
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryRevoked.selector, bytes32("a")));
        _revoke(REGISTRAR, "a");
    }

    function test_RevokesForGuardianAndRegistrar() external {
        _register("a");
        _register("b");

        vm.expectEmit(address(registry));
        emit IRecipeRegistry.Revoked(1, "a", GUARDIAN);
        _revoke(GUARDIAN, "a");
        vm.expectEmit(address(registry));
        emit IRecipeRegistry.Revoked(2, "b", REGISTRAR);
        _revoke(REGISTRAR, "b");
    }

    function test_RevokingClosesBothGatesAndKeepsTheRecord() external {
        _register("a");
        _register("b");
        _revoke(GUARDIAN, "a");

        vm.assertTrue(registry.isRevoked("a"), "revoked");
        vm.assertEq(registry.numberOf("a"), 1, "number");
        vm.assertEq(registry.recipeAt(1), "a", "id");
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryRevoked.selector, bytes32("a")));
        registry.requireActive("a");
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryRevoked.selector, bytes32("a")));
        registry.requireActiveAt(1);

        vm.assertEq(registry.requireActive("b"), 2, "the other one still opens");
        vm.assertEq(registry.requireActiveAt(2), "b", "and seals");
    }

    function test_RevokesARecipeWhoseDatasetStands() external {
        _registerDataset("pictures");
        _registerWith("a", "pictures");
        _registerWith("b", "pictures");
        _revoke(GUARDIAN, "a");

        _refuseGates("a", 1, abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryRevoked.selector, bytes32("a")));
        vm.assertEq(registry.datasetOf("a"), "pictures", "the dataset stays known");
        vm.assertEq(registry.requireActive("b"), 2, "the other one still opens");
        vm.assertTrue(!registry.isDatasetRevoked("pictures"), "the dataset stands");
    }

    /* REVOKING A DATASET */

    function testFuzz_DatasetTakesAllItsRecipesAndNoOther(uint256 pick) external {
        bytes32[3] memory roots = [bytes32(0), "pictures", "others"];
        _registerDataset(roots[1]);
        _registerDataset(roots[2]);
        for (uint256 i = 1; i <= 24; ++i) _registerEither(bytes32(i), roots[(pick >> (2 * i)) % 3]);
        vm.record();
        _revokeDataset(GUARDIAN, "pictures");
        (, bytes32[] memory writes) = vm.accesses(address(registry));

        vm.assertEq(writes.length, 1, "one slot, however many recipes");
        for (uint256 i = 1; i <= 24; ++i) {
            bytes32 id = bytes32(i);
            bool taken = registry.datasetOf(id) == "pictures";
            vm.assertTrue(registry.isRevoked(id) == taken, "revoked");
            if (taken) {
                _refuseGates(id, i, _fallen(id));
            } else {
                vm.assertEq(registry.requireOpening(id, OPERATOR), i, "opens");
                vm.assertEq(registry.requireSealing(i, OPERATOR), id, "seals");
            }
        }
    }

    function test_OwnRevocationIsSaidFirst() external {
        _registerDataset("pictures");
        _registerWith("a", "pictures");
        _registerWith("b", "pictures");
        _revoke(REGISTRAR, "a");
        _revokeDataset(REGISTRAR, "pictures");

        _refuseGates("a", 1, abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryRevoked.selector, bytes32("a")));
        vm.expectRevert(_fallen("b"));
        _revoke(GUARDIAN, "b");
    }

    /* GATES */

    function testFuzz_RevertWhen_AccountIsNotOperator(address account) external {
        vm.assume(account != OPERATOR);
        _register("a");
        bytes memory refusal = abi.encodeWithSelector(
            IAccessControl.AccessControlUnauthorizedAccount.selector,
            account,
            keccak256("OPERATOR_ROLE")
        );
        bytes32[2] memory ids = [bytes32("a"), "unknown"];
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectRevert(refusal);
            registry.requireOpening(ids[i], account);
            vm.expectRevert(refusal);
            registry.requireSealing(i + 1, account);
        }
    }

    function testFuzz_GatesOfUnknownRecipes(bytes32 id, uint256 number) external {
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryUnknown.selector, id));
        registry.requireOpening(id, OPERATOR);
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryUnknownNumber.selector, number));
        registry.requireSealing(number, OPERATOR);
    }

    function test_GatesOpenUntilRevoked() external {
        _register("a");
        vm.assertEq(registry.requireOpening("a", OPERATOR), 1, "opens");
        vm.assertEq(registry.requireSealing(1, OPERATOR), "a", "seals");

        _revoke(GUARDIAN, "a");
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryRevoked.selector, bytes32("a")));
        registry.requireOpening("a", OPERATOR);
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryRevoked.selector, bytes32("a")));
        registry.requireSealing(1, OPERATOR);
    }

    /* READING */

    function testFuzz_UnknownNumbersAndIds(uint256 number, bytes32 id) external {
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryUnknownNumber.selector, number));
        registry.recipeAt(number);
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryUnknownNumber.selector, number));
        registry.requireActiveAt(number);
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryUnknown.selector, id));
        registry.isRevoked(id);
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryUnknown.selector, id));
        registry.datasetOf(id);
        vm.assertEq(registry.numberOf(id), 0, "no number");
    }

    function testFuzz_Pages(uint256 first, uint256 limit) external {
        bytes32[5] memory ids = [bytes32("a"), "b", "c", "d", "e"];
        bytes32[5] memory roots = [bytes32(0), "pictures", "others", "others", 0];
        _registerDataset("pictures");
        _registerDataset("others");
        for (uint256 i = 0; i < 5; ++i) _registerEither(ids[i], roots[i]);
        _revoke(GUARDIAN, "d");
        _revokeDataset(GUARDIAN, "pictures");
        first = _bound(first, 1, 8);
        limit = limit % 3 == 0 ? limit : _bound(limit, 0, 7);

        IRecipeRegistry.Recipe[] memory page = registry.list(first, limit);
        uint256 left = first > 5 ? 0 : 6 - first;
        vm.assertEq(page.length, limit < left ? limit : left, "length");
        for (uint256 i = 0; i < page.length; ++i) {
            vm.assertEq(page[i].id, ids[first - 1 + i], "id");
            vm.assertTrue(page[i].revoked == (page[i].id == "b" || page[i].id == "d"), "revoked");
            vm.assertEq(page[i].dataset, roots[first - 1 + i], "dataset");
            vm.assertTrue(page[i].datasetRevoked == (page[i].id == "b"), "dataset revoked");
        }
    }

    function test_RevertWhen_PageStartsAtZero() external {
        for (uint256 limit = 0; limit < 2; ++limit) {
            vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryUnknownNumber.selector, 0));
            registry.list(0, limit);
        }
    }

    /* HELPERS */

    function _register(bytes32 id) private returns (uint256) {
        vm.prank(REGISTRAR);
        return registry.register(id);
    }

    /// @dev Without a dataset where that is zero.
    function _registerEither(bytes32 id, bytes32 root) private {
        if (root == bytes32(0)) _register(id);
        else _registerWith(id, root);
    }

    function _registerWith(bytes32 id, bytes32 root) private returns (uint256) {
        vm.prank(REGISTRAR);
        return registry.registerWithDataset(id, root);
    }

    function _registerDataset(bytes32 root) private {
        vm.prank(REGISTRAR);
        registry.registerDataset(root);
    }

    function _revokeDataset(address caller, bytes32 root) private {
        vm.prank(caller);
        registry.revokeDataset(root);
    }

    function _refuseGates(bytes32 id, uint256 number, bytes memory refusal) private {
        vm.expectRevert(refusal);
        registry.requireActive(id);
        vm.expectRevert(refusal);
        registry.requireActiveAt(number);
        vm.expectRevert(refusal);
        registry.requireOpening(id, OPERATOR);
        vm.expectRevert(refusal);
        registry.requireSealing(number, OPERATOR);
    }

    function _fallen(bytes32 id) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryDatasetRevoked.selector, id, bytes32("pictures"));
    }

    function _revoke(address caller, bytes32 id) private {
        vm.prank(caller);
        registry.revoke(id);
    }

    function _refuseRegistering(address caller) private {
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessControl.AccessControlUnauthorizedAccount.selector,
                caller,
                keccak256("REGISTRAR_ROLE")
            )
        );
        vm.prank(caller);
        registry.register("a");
    }

    function _refuseRevoking(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryUnauthorizedRevoker.selector, caller));
        vm.prank(caller);
        registry.revoke("a");
    }
}
