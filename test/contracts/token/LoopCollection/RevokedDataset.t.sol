// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {IRecipeRegistry} from "../../../../contracts/interfaces/IRecipeRegistry.sol";
import {BatchStatus} from "../../../../contracts/types/BatchStatus.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";

// open, openWithRoyalty, seal, forge, sealForged
// └── given the recipe's dataset is revoked
//     └── they revert, naming the recipe and the dataset
// open, seal
// └── given the recipe was made from another dataset, or from none
//     └── they go on
// abandon
// └── given the dataset was revoked after the opening
//     ├── it gives the promise back
//     └── it frees the parents of a child
// ownerOf, tokenURI, transferFrom
// └── given the dataset was revoked after the sealing
//     └── the work is its holder's as before
contract RevokedDatasetTest is ForgeKit {
    bytes32 private constant DATASET = keccak256("dataset");
    bytes32 private constant TUNED = keccak256("tuned recipe");
    bytes32 private constant TUNED_TOO = keccak256("another tuned recipe");
    bytes32 private constant OTHER = keccak256("tuned recipe of another dataset");

    function setUp() public override {
        super.setUp();
        _registerOf(DATASET, TUNED);
        _registerOf("other", OTHER);
        vm.prank(REGISTRAR);
        registry.registerWithDataset(TUNED_TOO, DATASET);
    }

    /* REFUSED */

    function test_RevertGiven_DatasetIsRevoked_Opening() external {
        _revokeDataset();
        bytes32[2] memory recipes = [TUNED, TUNED_TOO];
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectRevert(_refusal(recipes[i]));
            _openOf(recipes[i]);
            vm.expectRevert(_refusal(recipes[i]));
            vm.prank(OPERATOR);
            collection.openWithRoyalty(ALICE, recipes[i], 1, CONDITIONS, TREASURY, 500);
        }
    }

    function test_RevertGiven_DatasetWasRevokedInBetween_Sealing() external {
        uint256 batch = _openOf(TUNED);
        bytes32 blockHash = _seed(batch);
        _revokeDataset();

        vm.expectRevert(_refusal(TUNED));
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), blockHash);
    }

    function test_RevertGiven_DatasetIsRevoked_Forging() external {
        ILoopCollection.ForgeTerms memory terms = _tunedTerms();
        _revokeDataset();

        vm.expectRevert(_refusal(TUNED));
        vm.prank(ALICE);
        collection.forge(_first(1, 2), terms);
    }

    function test_RevertGiven_DatasetWasRevokedInBetween_SealingAChild() external {
        uint256 child = _forgeTuned();
        bytes32 blockHash = _seed(child);
        _revokeDataset();

        vm.expectRevert(_refusal(TUNED));
        vm.prank(OPERATOR);
        collection.sealForged(child, _rootOf(child), blockHash, _first(1, 2));
        vm.assertEq(collection.balanceOf(ALICE), 10, "nothing was burned");
    }

    /* GIVEN BACK */

    function test_AbandonsAndGivesThePromiseBack() external {
        uint256 batch = _openOf(TUNED);
        _revokeDataset();
        _abandon(batch);

        vm.assertTrue(collection.batchOf(batch).status == BatchStatus.Abandoned, "abandoned");
        vm.assertEq(collection.totals().reserved, 0, "nothing is promised");
    }

    function test_AbandonsAChildAndFreesItsParents() external {
        uint256 child = _forgeTuned();
        _revokeDataset();
        vm.assertEq(collection.lockOf(_id(1, 0)), child, "locked until then");
        _abandon(child);

        for (uint256 i = 0; i < 2; ++i) {
            vm.assertEq(collection.lockOf(_id(1, i)), 0, "free");
            vm.prank(ALICE);
            collection.transferFrom(ALICE, BOB, _id(1, i));
        }
    }

    /* AS BEFORE */

    function test_OtherRecipesGoOn() external {
        uint256 open = _openOf(OTHER);
        _revokeDataset();
        _seal(open);
        _seal(_openOf(OTHER));
        _mint(ALICE, 1);

        vm.assertEq(collection.totals().seals, 5, "with the two of before");
    }

    function test_WorksOfBeforeStayTheirHolders() external {
        uint256 batch = _openOf(TUNED);
        _seal(batch);
        string memory uri = collection.tokenURI(_id(batch, 0));
        _revokeDataset();

        vm.assertEq(collection.tokenURI(_id(batch, 0)), uri, "shows what it showed");
        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, _id(batch, 0));
        vm.assertEq(collection.ownerOf(_id(batch, 0)), BOB, "and is sold");
    }

    /* HELPERS */

    function _registerOf(bytes32 dataset, bytes32 recipe) private {
        vm.prank(REGISTRAR);
        registry.registerDataset(dataset);
        vm.prank(REGISTRAR);
        registry.registerWithDataset(recipe, dataset);
    }

    function _openOf(bytes32 recipe) private returns (uint256) {
        vm.prank(OPERATOR);
        return collection.open(ALICE, recipe, 1, CONDITIONS);
    }

    function _tunedTerms() private returns (ILoopCollection.ForgeTerms memory terms) {
        terms = ILoopCollection.ForgeTerms({recipe: TUNED, conditions: CHILD_CONDITIONS, parents: 2});
        _setTerms(terms);
    }

    function _forgeTuned() private returns (uint256) {
        ILoopCollection.ForgeTerms memory terms = _tunedTerms();
        vm.prank(ALICE);
        return collection.forge(_first(1, 2), terms);
    }

    function _revokeDataset() private {
        vm.prank(GUARDIAN);
        registry.revokeDataset(DATASET);
    }

    function _refusal(bytes32 recipe) private pure returns (bytes memory) {
        return abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryDatasetRevoked.selector, recipe, DATASET);
    }
}
