// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IERC721Batch} from "../../../../contracts/interfaces/IERC721Batch.sol";
import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {IRecipeRegistry} from "../../../../contracts/interfaces/IRecipeRegistry.sol";
import {BatchStatus} from "../../../../contracts/types/BatchStatus.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {Vm} from "../../kit/Vm.sol";

// forge
// ├── given no terms were ever set, or the forge was closed again
// │   └── it reverts
// ├── when recipe, conditions or parents are not those of the terms
// │   └── it reverts
// ├── when fewer or more parents are given than the terms ask for
// │   └── it reverts
// ├── given the recipe is unknown or revoked, or minting is paused
// │   └── it reverts
// ├── given no supply is left
// │   └── it reverts
// ├── when a parent does not exist, is burned, or is of a batch that is not sealed
// │   └── it reverts
// ├── when a parent is another's, approved or not
// │   └── it reverts
// ├── when a parent is named twice, or is locked already
// │   └── it reverts
// ├── given every parent is of the last generation
// │   └── it reverts
// └── when everything is in order
//     ├── it opens a batch of one to the caller, one generation above the lowest parent
//     ├── it emits Opened with the generation in its bits, Forged, and one Locked for each parent, and nothing else
//     ├── it locks the parents where they are
//     ├── it promises one token, and spends nothing of the operator's day
//     └── it takes the operator's recipe and conditions from nobody: only the terms count
// setForgeTerms
// ├── when the parents are 1 or above 15, or the conditions hold a generation
// │   └── it reverts
// └── it moves the terms, and children that are open keep theirs
contract ForgingTest is ForgeKit {
    /* TERMS */

    function test_RevertGiven_NoTermsWereSet() external {
        collection = _deployCollection(_settings());
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionForgeClosed.selector));
        collection.forge(new uint256[](0), ILoopCollection.ForgeTerms(0, 0, 0));
    }

    function test_RevertGiven_ForgeIsClosed() external {
        _setTerms(_terms(0));
        _expect(abi.encodeWithSelector(ILoopCollection.LoopCollectionForgeClosed.selector));
        collection.forge(_first(1, 2), _terms(0));
        _expect(abi.encodeWithSelector(ILoopCollection.LoopCollectionForgeClosed.selector));
        collection.forge(_first(1, 2), _terms(2));
    }

    function testFuzz_RevertWhen_TermsChanged(ILoopCollection.ForgeTerms memory terms, uint8 keep) external {
        // Any one or two parts may be right, and it is still another agreement.
        if (keep & 1 != 0) terms.recipe = CHILD_RECIPE;
        if (keep & 2 != 0) terms.conditions = CHILD_CONDITIONS;
        if (keep & 4 != 0) terms.parents = 2;
        vm.assume(terms.recipe != CHILD_RECIPE || terms.conditions != CHILD_CONDITIONS || terms.parents != 2);

        _expect(abi.encodeWithSelector(ILoopCollection.LoopCollectionForgeTermsChanged.selector));
        collection.forge(_first(1, 2), terms);
    }

    function test_RevertWhen_OneOfTheTermsIsJustOff() external {
        for (uint256 i = 0; i < 6; ++i) {
            ILoopCollection.ForgeTerms memory terms = _terms(2);
            if (i < 2) terms.recipe = _next(terms.recipe, i == 0);
            else if (i < 4) terms.conditions = _next(terms.conditions, i == 2);
            else terms.parents = i == 4 ? 3 : 1;

            _expect(abi.encodeWithSelector(ILoopCollection.LoopCollectionForgeTermsChanged.selector));
            collection.forge(_first(1, 2), terms);
        }
    }

    function testFuzz_RevertWhen_ParentsAreTooFewOrTooMany(uint256 given, uint256 needed) external {
        given = _bound(given, 0, 10);
        needed = _bound(needed, 2, 15);
        vm.assume(given != needed);
        _setTerms(_terms(needed));

        _expect(abi.encodeWithSelector(ILoopCollection.LoopCollectionParentsMissing.selector, given, needed));
        collection.forge(_first(1, given), _terms(needed));
    }

    function testFuzz_RevertWhen_ParentsAreOutOfRange(uint256 parents) external {
        parents = parents % 4 == 0 ? 1 : _bound(parents, 16, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionParentsOutOfRange.selector, parents));
        _setTerms(_terms(parents));
    }

    function test_RevertWhen_ParentsAreJustOutOfRange() external {
        uint256[2] memory taken = [uint256(2), 15];
        uint256[2] memory refused = [uint256(1), 16];
        for (uint256 i = 0; i < 2; ++i) {
            _setTerms(_terms(taken[i]));
            vm.expectRevert(
                abi.encodeWithSelector(ILoopCollection.LoopCollectionParentsOutOfRange.selector, refused[i])
            );
            _setTerms(_terms(refused[i]));
            vm.assertEq(collection.forgeTerms().parents, taken[i], "as before");
        }
    }

    function testFuzz_RevertWhen_TermsHoldAGeneration(bytes32 conditions, uint256 generation) external {
        ILoopCollection.ForgeTerms memory terms = _terms(2);
        terms.conditions = conditions | bytes32(_bound(generation, 1, 15) << 4);
        vm.expectRevert(
            abi.encodeWithSelector(ILoopCollection.LoopCollectionGenerationForbidden.selector, terms.conditions)
        );
        _setTerms(terms);
    }

    function testFuzz_MovesTheTerms(bytes32 recipe, bytes32 conditions, uint256 parents) external {
        parents = parents % 4 == 0 ? 0 : _bound(parents, 2, 15);
        conditions &= ~bytes32(uint256(0xf0));
        vm.expectEmit(address(collection));
        emit ILoopCollection.ForgeTermsChanged(recipe, conditions, parents);
        _setTerms(ILoopCollection.ForgeTerms(recipe, conditions, parents));

        ILoopCollection.ForgeTerms memory terms = collection.forgeTerms();
        vm.assertEq(terms.recipe, recipe, "recipe");
        vm.assertEq(terms.conditions, conditions, "conditions");
        vm.assertEq(terms.parents, parents, "parents");
    }

    function test_OpenChildrenKeepTheirTerms() external {
        uint256[] memory parents = _first(1, 2);
        uint256 child = _forge(ALICE, parents);
        _setTerms(_terms(0));
        _sealForged(child, parents);

        vm.assertEq(collection.ownerOf(_id(child, 0)), ALICE, "sealed with two parents though the forge is closed");
    }

    /* GATES */

    function test_RevertGiven_RecipeIsUnknown() external {
        ILoopCollection.ForgeTerms memory terms = _terms(2);
        terms.recipe = "unknown";
        _setTerms(terms);
        _expect(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryUnknown.selector, bytes32("unknown")));
        collection.forge(_first(1, 2), terms);
    }

    function test_RevertGiven_RecipeIsRevoked() external {
        vm.prank(GUARDIAN);
        registry.revoke(CHILD_RECIPE);
        _expect(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryRevoked.selector, CHILD_RECIPE));
        collection.forge(_first(1, 2), _terms(2));
    }

    function test_RevertGiven_MintingIsPaused() external {
        vm.prank(GUARDIAN);
        collection.pause();
        _expect(abi.encodeWithSelector(ILoopCollection.LoopCollectionPaused.selector));
        collection.forge(_first(1, 2), _terms(2));
    }

    function test_RevertGiven_NoSupplyIsLeft() external {
        vm.prank(PARAMETERS);
        collection.setWorksPerDay(MAX_SUPPLY);
        for (uint256 i = 0; i < 3; ++i) _open(BOB, 5_000);
        _open(BOB, 4_979); // with the twenty of batches 1 and 2, one is left
        _forge(ALICE, _first(1, 2));

        _expect(abi.encodeWithSelector(ILoopCollection.LoopCollectionSupplyExceeded.selector, 1, 0));
        collection.forge(_pair(_id(1, 2), _id(1, 3)), _terms(2));
    }

    /* PARENTS */

    function testFuzz_RevertWhen_ParentDoesNotExist(uint256 tokenId, bool second) external {
        vm.assume(tokenId / 1_000_000 == 0 || tokenId / 1_000_000 > 2 || tokenId % 1_000_000 >= 10);
        _expect(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId));
        collection.forge(second ? _pair(_id(1, 0), tokenId) : _pair(tokenId, _id(1, 0)), _terms(2));
    }

    function test_RevertWhen_ParentIsOfAnOpenBatch() external {
        uint256 batch = _open(ALICE, 2);
        _expect(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, _id(batch, 0)));
        collection.forge(_first(batch, 2), _terms(2));
    }

    function test_RevertWhen_ParentIsBurned() external {
        vm.prank(ALICE);
        collection.burn(_id(1, 1));
        _expect(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, _id(1, 1)));
        collection.forge(_first(1, 2), _terms(2));
    }

    function testFuzz_RevertWhen_ParentIsAnothers(uint256 index, bool second, bool approved) external {
        uint256 tokenId = _id(2, _bound(index, 0, 9));
        vm.prank(BOB);
        collection.setApprovalForAll(ALICE, approved); // to be approved is not to own

        _expect(abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, ALICE, tokenId, BOB));
        collection.forge(second ? _pair(_id(1, 0), tokenId) : _pair(tokenId, _id(1, 0)), _terms(2));
    }

    function testFuzz_RevertWhen_ParentIsNamedTwice(uint256 index, uint256 first, uint256 again) external {
        _setTerms(_terms(5));
        uint256[] memory parents = _first(1, 5);
        first = _bound(first, 0, 3);
        again = _bound(again, first + 1, 4);
        uint256 twice = _id(1, _bound(index, 5, 9));
        parents[first] = twice;
        parents[again] = twice;

        _expect(abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenLocked.selector, twice, 3));
        collection.forge(parents, _terms(5));
    }

    function test_RevertGiven_ParentIsLocked() external {
        _forge(ALICE, _first(1, 2));
        _expect(abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenLocked.selector, _id(1, 1), 3));
        collection.forge(_pair(_id(1, 5), _id(1, 1)), _terms(2));
    }

    /* GENERATIONS */

    function testFuzz_IsOneAboveTheLowest(uint256 first, uint256 second, bool swap) external {
        first = _bound(first, 0, 15);
        second = _bound(second, 0, 15);
        vm.prank(BOB);
        collection.transferFrom(BOB, ALICE, _id(2, 0));
        _setGeneration(1, first);
        _setGeneration(2, second);
        uint256 lowest = first < second ? first : second;
        uint256[] memory parents = swap ? _pair(_id(1, 0), _id(2, 0)) : _pair(_id(2, 0), _id(1, 0));

        if (lowest == 15) {
            _expect(abi.encodeWithSelector(ILoopCollection.LoopCollectionGenerationTooHigh.selector, 15));
            collection.forge(parents, _terms(2));
        } else {
            vm.assertEq(collection.batchOf(_forge(ALICE, parents)).generation, lowest + 1, "generation");
        }
    }

    function test_RevertGiven_EveryParentIsOfTheLastGeneration() external {
        _setGeneration(1, 15);
        _expect(abi.encodeWithSelector(ILoopCollection.LoopCollectionGenerationTooHigh.selector, 15));
        collection.forge(_first(1, 2), _terms(2));
    }

    function test_ChildrenAreForgedInTurn() external {
        uint256 first = _forge(ALICE, _first(1, 2));
        _sealForged(first, _first(1, 2));
        uint256[] memory parents = _pair(_id(1, 2), _id(1, 3));
        uint256 second = _forge(ALICE, parents);
        _sealForged(second, parents);
        uint256 third = _forge(ALICE, _pair(_id(first, 0), _id(second, 0)));

        vm.assertEq(collection.batchOf(third).generation, 2, "the second generation");
    }

    /* EFFECTS */

    function testFuzz_OpensABatchOfOne(uint256 parents) external {
        parents = _bound(parents, 2, 10);
        _setTerms(_terms(parents));
        uint256 child = _forge(ALICE, _first(1, parents));
        ILoopCollection.Batch memory info = collection.batchOf(child);

        vm.assertEq(child, 3, "the next batch");
        vm.assertEq(info.to, ALICE, "the caller's");
        vm.assertTrue(info.status == BatchStatus.Open, "open");
        vm.assertEq(info.count, 1, "of one");
        vm.assertEq(info.recipe, 2, "recipe of the terms");
        vm.assertEq(info.parents, parents, "parents");
        vm.assertEq(info.generation, 1, "generation");
        vm.assertEq(collection.seedBlock(child), block.number + SEED_DELAY, "seed block");
    }

    function test_EmitsOpenedForgedAndLocked() external {
        uint256[] memory parents = _pair(_id(1, 7), _id(1, 3));
        vm.recordLogs();
        _forge(ALICE, parents);
        Vm.Log[] memory logs = vm.getRecordedLogs();

        vm.assertEq(logs.length, 4, "four events");
        vm.assertEq(logs[0].topics[0], ILoopCollection.Opened.selector, "Opened");
        vm.assertEq(logs[0].topics[1], bytes32(uint256(3)), "child");
        vm.assertEq(logs[0].topics[2], CHILD_RECIPE, "recipe");
        vm.assertEq(logs[0].topics[3], bytes32(uint256(uint160(ALICE))), "to the caller");
        vm.assertEq(logs[0].data, abi.encode(1, CHILD_CONDITIONS | bytes32(uint256(0x10))), "with the generation");
        vm.assertEq(logs[1].topics[0], ILoopCollection.Forged.selector, "Forged");
        vm.assertEq(logs[1].topics[1], bytes32(uint256(3)), "child");
        vm.assertEq(logs[1].topics[2], bytes32(uint256(uint160(ALICE))), "holder");
        vm.assertEq(logs[1].data, abi.encode(1, parents), "generation and parents in their order");
        for (uint256 i = 0; i < 2; ++i) {
            vm.assertEq(logs[2 + i].topics[0], IERC721Batch.Locked.selector, "Locked");
            vm.assertEq(uint256(logs[2 + i].topics[1]), parents[i], "parent");
            vm.assertEq(logs[2 + i].topics[2], bytes32(uint256(3)), "child");
        }
    }

    function test_LocksTheParentsWhereTheyAre() external {
        vm.prank(ALICE);
        collection.approve(CAROL, _id(1, 0));
        uint256 child = _forge(ALICE, _first(1, 2));

        for (uint256 i = 0; i < 2; ++i) {
            vm.assertEq(collection.ownerOf(_id(1, i)), ALICE, "owner");
            vm.assertEq(collection.lockOf(_id(1, i)), child, "lock");
        }
        vm.assertEq(collection.lockOf(_id(1, 2)), 0, "the others are free");
        vm.assertEq(collection.balanceOf(ALICE), 10, "balance");
        vm.assertEq(collection.getApproved(_id(1, 0)), CAROL, "approval");
    }

    function test_PromisesOneAndSpendsNothingOfTheDay() external {
        uint256 spent = collection.limits().spent;
        vm.prank(PARAMETERS);
        collection.setWorksPerDay(0);
        _forge(ALICE, _first(1, 2));
        ILoopCollection.Counts memory counts = collection.totals();

        vm.assertEq(counts.batches, 3, "batches");
        vm.assertEq(counts.reserved, 1, "reserved");
        vm.assertEq(counts.minted, 20, "minted");
        vm.assertEq(collection.limits().spent, spent, "the operator's day");
    }

    function test_WritesOneSlotForEachParent() external {
        vm.record();
        _forge(ALICE, _first(1, 2));
        (, bytes32[] memory writes) = vm.accesses(address(collection));
        vm.assertEq(writes.length, 4, "two words, the head and the counts");
    }

    /// @dev The next call is ALICE's and reverts so.
    function _next(bytes32 word, bool up) private pure returns (bytes32) {
        return up ? bytes32(uint256(word) + 1) : bytes32(uint256(word) - 1);
    }

    function _expect(bytes memory refusal) private {
        vm.expectRevert(refusal);
        vm.prank(ALICE);
    }
}
