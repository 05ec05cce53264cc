// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {IDatasetRegistry} from "../../../contracts/interfaces/IDatasetRegistry.sol";
import {RolesKit} from "../kit/RolesKit.sol";

// registerDataset
// ├── when the caller is not a registrar, the guardian and the admin included
// │   └── it reverts
// ├── when the root is zero
// │   └── it reverts
// ├── given the dataset is registered, or was and is revoked
// │   └── it reverts with its number
// └── when everything is in order
//     └── it gives the next number and emits DatasetRegistered
// revokeDataset
// ├── when the caller is neither guardian nor registrar, the admin included
// │   └── it reverts
// ├── given the dataset is unknown, or revoked already
// │   └── it reverts
// └── when everything is in order
//     └── it emits DatasetRevoked, for a guardian as for a registrar, and leaves the others alone
// listDatasets
// ├── when the page starts at zero, where no dataset is
// │   └── it reverts, though the page be empty
// └── it pages through all datasets in the order of their numbers
// provesPicture
// ├── given the dataset is unknown
// │   └── it reverts
// ├── when all five words and the proof are the leaf's
// │   └── it is true, for every leaf, though the dataset be revoked
// ├── when a word or a sibling is another
// │   └── it is false
// └── when an inner node is given for a leaf
//     └── it is false
contract DatasetRegistryTest is RolesKit {
    IDatasetRegistry private registry;

    function setUp() external {
        registry = IDatasetRegistry(_deploy("RecipeRegistry", abi.encode(_jobs())));
    }

    /* REGISTERING */

    function testFuzz_RevertWhen_CallerIsNotRegistrar(address caller) external {
        vm.assume(caller != REGISTRAR);
        address[3] memory callers = [caller, GUARDIAN, ADMIN];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    IAccessControl.AccessControlUnauthorizedAccount.selector,
                    callers[i],
                    keccak256("REGISTRAR_ROLE")
                )
            );
            vm.prank(callers[i]);
            registry.registerDataset("a");
        }
    }

    function test_RevertWhen_RootIsZero() external {
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetRegistryRootMissing.selector));
        _register(0);
    }

    function testFuzz_RevertGiven_DatasetIsRegistered(bytes32 root, bool revoked) external {
        vm.assume(root != bytes32(0));
        _register(root);
        if (revoked) _revoke(GUARDIAN, root);
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetRegistryAlreadyRegistered.selector, root, 1));
        _register(root);
    }

    function testFuzz_GivesTheNextNumber(bytes32 first, bytes32 second) external {
        vm.assume(first != bytes32(0) && second != bytes32(0) && first != second);
        vm.assertEq(_register(first), 1, "first");
        vm.expectEmit(address(registry));
        emit IDatasetRegistry.DatasetRegistered(2, second, REGISTRAR);
        vm.assertEq(_register(second), 2, "second");

        vm.assertEq(registry.totalDatasets(), 2, "count");
        vm.assertTrue(!registry.isDatasetRevoked(first) && !registry.isDatasetRevoked(second), "both stand");
    }

    /* REVOKING */

    function testFuzz_RevertWhen_CallerMayNotRevoke(address caller) external {
        vm.assume(caller != REGISTRAR && caller != GUARDIAN);
        _register("a");
        address[2] memory callers = [caller, ADMIN];
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IDatasetRegistry.DatasetRegistryUnauthorizedRevoker.selector, callers[i])
            );
            _revoke(callers[i], "a");
        }
    }

    function testFuzz_RevertGiven_DatasetIsUnknown(bytes32 root) external {
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetRegistryUnknown.selector, root));
        _revoke(GUARDIAN, root);
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetRegistryUnknown.selector, root));
        registry.isDatasetRevoked(root);
    }

    function test_RevertGiven_DatasetIsRevokedAlready() external {
        _register("a");
        _revoke(GUARDIAN, "a");
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetRegistryRevoked.selector, bytes32("a")));
        _revoke(REGISTRAR, "a");
    }

    function test_RevokesForGuardianAndRegistrar() external {
        _register("a");
        _register("b");
        _register("c");

        vm.expectEmit(address(registry));
        emit IDatasetRegistry.DatasetRevoked(1, "a", GUARDIAN);
        _revoke(GUARDIAN, "a");
        vm.expectEmit(address(registry));
        emit IDatasetRegistry.DatasetRevoked(2, "b", REGISTRAR);
        _revoke(REGISTRAR, "b");

        vm.assertTrue(registry.isDatasetRevoked("a") && registry.isDatasetRevoked("b"), "revoked");
        vm.assertTrue(!registry.isDatasetRevoked("c"), "the third stands");
    }

    /* READING */

    function testFuzz_Pages(uint256 first, uint256 limit) external {
        bytes32[5] memory roots = [bytes32("a"), "b", "c", "d", "e"];
        for (uint256 i = 0; i < 5; ++i) _register(roots[i]);
        _revoke(GUARDIAN, "d");
        first = _bound(first, 1, 8);
        limit = limit % 3 == 0 ? limit : _bound(limit, 0, 7);

        IDatasetRegistry.Dataset[] memory page = registry.listDatasets(first, limit);
        uint256 left = first > 5 ? 0 : 6 - first;
        vm.assertEq(page.length, limit < left ? limit : left, "length");
        for (uint256 i = 0; i < page.length; ++i) {
            vm.assertEq(page[i].root, roots[first - 1 + i], "root");
            vm.assertTrue(page[i].revoked == (page[i].root == "d"), "revoked");
        }
    }

    function test_RevertWhen_PageStartsAtZero() external {
        for (uint256 limit = 0; limit < 2; ++limit) {
            vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetRegistryUnknownNumber.selector, 0));
            registry.listDatasets(0, limit);
        }
    }

    /* PROVING */

    function testFuzz_RevertGiven_DatasetOfTheProofIsUnknown(IDatasetRegistry.Picture calldata picture) external {
        bytes32 root = _leaf(picture);
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetRegistryUnknown.selector, root));
        registry.provesPicture(root, picture, new bytes32[](0));
    }

    /// @dev Four leaves, two deep: each is proven by its sibling and the other pair.
    function testFuzz_ProvesEachPictureAndNoOther(
        IDatasetRegistry.Picture[4] calldata pictures,
        uint256 pick,
        bytes32 other,
        bool revoked
    ) external {
        bytes32[4] memory leaves;
        for (uint256 i = 0; i < 4; ++i) leaves[i] = _leaf(pictures[i]);
        bytes32[2] memory pairs = [_pair(leaves[0], leaves[1]), _pair(leaves[2], leaves[3])];
        bytes32 root = _pair(pairs[0], pairs[1]);
        _register(root);
        if (revoked) _revoke(GUARDIAN, root);

        uint256 which = pick % 4;
        IDatasetRegistry.Picture memory picture = pictures[which];
        bytes32[] memory proof = new bytes32[](2);
        (proof[0], proof[1]) = (leaves[which ^ 1], pairs[1 - which / 2]);
        vm.assertTrue(registry.provesPicture(root, picture, proof), "its own proof");

        vm.assume(other != proof[pick % 2]);
        bytes32[] memory wrong = new bytes32[](2);
        (wrong[0], wrong[1]) = (proof[0], proof[1]);
        wrong[pick % 2] = other;
        vm.assertTrue(!registry.provesPicture(root, picture, wrong), "another sibling");

        uint256 word = pick % 5;
        vm.assume(other != _word(picture, word));
        if (word == 0) picture.source = other;
        else if (word == 1) picture.licence = other;
        else if (word == 2) picture.rightsHolder = other;
        else if (word == 3) picture.origin = other;
        else picture.consent = other;
        vm.assertTrue(!registry.provesPicture(root, picture, proof), "another word");
    }

    /// @dev An inner node is the hash of two words, a leaf that of one: no picture is mistaken for a node, nor a node for one.
    function test_AnInnerNodeIsNoPicture() external {
        IDatasetRegistry.Picture memory picture = IDatasetRegistry.Picture("a", "b", "c", "d", "e");
        bytes32 once = keccak256(abi.encode(picture));
        _register(once);

        vm.assertTrue(!registry.provesPicture(once, picture, new bytes32[](0)), "hashed once");
        _register(_leaf(picture));
        vm.assertTrue(registry.provesPicture(_leaf(picture), picture, new bytes32[](0)), "a dataset of one");
    }

    /* HELPERS */

    function _register(bytes32 root) private returns (uint256) {
        vm.prank(REGISTRAR);
        return registry.registerDataset(root);
    }

    function _revoke(address caller, bytes32 root) private {
        vm.prank(caller);
        registry.revokeDataset(root);
    }

    function _leaf(IDatasetRegistry.Picture memory picture) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(picture))));
    }

    function _word(IDatasetRegistry.Picture memory picture, uint256 word) private pure returns (bytes32) {
        return abi.decode(abi.encode(picture), (bytes32[5]))[word];
    }

    function _pair(bytes32 one, bytes32 two) private pure returns (bytes32) {
        return one < two ? keccak256(bytes.concat(one, two)) : keccak256(bytes.concat(two, one));
    }
}
