// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {IDatasetRegistry} from "../../../contracts/interfaces/IDatasetRegistry.sol";
import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {BatchStatus} from "../../../contracts/types/BatchStatus.sol";
import {LoopEpochChecks} from "./LoopEpochChecks.sol";

/// @title The collection held against the notes, numbered as in README.md
abstract contract LoopChecks is LoopEpochChecks {
    uint256 private constant IDS_PER_BATCH = 1_000_000;

    /// @notice After every step: the sums, or one batch, token or right, another one each time. All of it together after
    /// every step would leave no time for a million steps; nothing that goes wrong here mends itself before the end.
    function checkStep() external view {
        uint256 pick = uint256(keccak256(abi.encode(turn)));

        if (turn % 7 == 0) _checkSums();
        else if (turn % 7 == 1) _checkBatch(pick % notes.length);
        else if (turn % 7 == 2) _checkSomeToken(pick);
        else if (turn % 7 == 3) _checkLimits();
        else if (turn % 7 == 4) _checkEpochs(pick);
        else if (turn % 7 == 5 && live.length != 0) _checkShown(live[pick % live.length]);
        else _checkRoyalty(pick % (notes.length + 1), pick);
    }

    /// @notice At the end of a run: everything.
    function checkAll() external view {
        _checkSums();
        _checkLimits();
        for (uint256 batch = 0; batch < notes.length; ++batch) {
            _checkBatch(batch);
            if (notes[batch].royaltyReceiver != address(0)) _checkRoyalty(batch, uint256(keccak256(abi.encode(batch))));
        }
        _checkRoyalty(notes.length, type(uint256).max);
        for (uint256 i = 0; i < sealedOrder.length; ++i) {
            _holds(COLLECTION.batchOf(sealedOrder[i]).sealOrdinal == i + 1, "5, ordinals do not count");
        }
        for (uint256 i = 0; i < burned.length; ++i) _checkBurned(burned[i]);
        _checkOwners();
        _checkRecipes();
        _checkAllEpochs();
    }

    /* COUNTS */

    function _checkSums() private view {
        uint256 sum = 0;
        for (uint256 i = 0; i < actors.length; ++i) {
            uint256 held = COLLECTION.balanceOf(actors[i]);
            _holds(held == heldNote[actors[i]], "2, balance");
            sum += held;
        }
        ILoopCollection.Counts memory counts = COLLECTION.totals();

        _holds(sum == counts.minted - burned.length, "1, balances do not add up");
        _holds(counts.minted == mintedCount, "3, minted");
        _holds(counts.reserved == reservedCount, "3, reserved");
        _holds(counts.minted + counts.reserved <= CAP, "3, cap");
        _holds(counts.batches == notes.length - 1, "3, batches");
        _holds(counts.seals == sealedOrder.length, "3, seals");
        _holds(counts.abandoned == abandonedCount, "3, abandoned");
        _holds(counts.seals + counts.abandoned + openBatches.length == counts.batches, "4, a batch ended twice");
    }

    function _checkOwners() private view {
        uint256[5] memory owned;
        for (uint256 i = 0; i < live.length; ++i) {
            _checkToken(live[i]);
            address owner = ownerNote[live[i]]; // as ownerOf answers, which was just seen
            for (uint256 a = 0; a < 5; ++a) if (owner == actors[a]) owned[a] += 1;
        }
        for (uint256 a = 0; a < 5; ++a) _holds(COLLECTION.balanceOf(actors[a]) == owned[a], "2, owners");
    }

    /* BATCHES */

    function _checkBatch(uint256 batch) private view {
        Note storage note = notes[batch];
        ILoopCollection.Batch memory info = COLLECTION.batchOf(batch);
        bool isSealed = note.status == BatchStatus.Sealed;

        _holds(info.status == note.status, "4, status");
        _holds(info.to == note.to && info.count == note.count, "4, recipient or count");
        _holds(info.root == (isSealed ? _rootOf(batch) : bytes32(0)), "4, root");
        _holds(info.openBlock == (isSealed ? 0 : note.openBlock), "4, block of the opening");
        _holds(info.sealOrdinal == note.ordinal, "5, ordinal");
        _holds(info.generation == note.generation, "12, generation");
        _holds(info.parents == note.parents.length, "14, number of parents");
        _checkNoToken(batch * IDS_PER_BATCH + (isSealed ? note.count : 0));
        if (batch != 0) _holds(REGISTRY.recipeAt(info.recipe) == note.recipe, "21, recipe");

        for (uint256 i = 0; i < note.parents.length; ++i) _checkParent(note, batch, note.parents[i]);
    }

    function _checkParent(Note storage note, uint256 child, uint256 tokenId) private view {
        if (note.status == BatchStatus.Sealed) {
            _checkNoToken(tokenId);
            _holds(burnedFor[tokenId] == child, "11, a parent burned for another");
            _holds(note.generation <= _generationOf(tokenId) + 1, "12, higher than a parent allows");
        } else if (note.status == BatchStatus.Open) {
            _holds(COLLECTION.lockOf(tokenId) == child, "10, an open child's parent is free");
            _holds(COLLECTION.ownerOf(tokenId) == note.to, "13, a parent left the child's recipient");
        } else if (ownerNote[tokenId] != address(0)) {
            _holds(COLLECTION.lockOf(tokenId) != child, "10, an abandoned child locks");
        }
    }

    /* TOKENS */

    function _checkSomeToken(uint256 pick) private view {
        if (live.length != 0) _checkToken(live[pick % live.length]);
        if (burned.length != 0) _checkBurned(burned[pick % burned.length]);
    }

    function _checkToken(uint256 tokenId) private view {
        _holds(COLLECTION.ownerOf(tokenId) == ownerNote[tokenId], "23, owner");
        _holds(COLLECTION.getApproved(tokenId) == approvedNote[tokenId], "23, approval");
        _holds(COLLECTION.lockOf(tokenId) == lockNote[tokenId], "10, lock");
    }

    function _checkBurned(uint256 tokenId) private view {
        (bool exists, bytes memory answer) = address(COLLECTION).staticcall(abi.encodeCall(IERC721.ownerOf, (tokenId)));
        bytes memory expected = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId);
        _holds(!exists && keccak256(answer) == keccak256(expected), "7, a burned work has an owner");
    }

    function _checkNoToken(uint256 tokenId) private view {
        (bool exists, ) = address(COLLECTION).staticcall(abi.encodeCall(IERC721.ownerOf, (tokenId)));
        _holds(!exists, "6, a token outside a sealed batch");
    }

    /* RIGHTS */

    function _checkLimits() private view {
        ILoopCollection.Limits memory limits = COLLECTION.limits();
        ILoopCollection.ForgeTerms memory terms = COLLECTION.forgeTerms();

        _holds(limits.paused == pausedNote, "18, paused");
        _holds(limits.worksPerDay == limitNote, "30, limit");
        _holds(limits.day == lastDay % 65_536 && limits.spent == spentOn[lastDay], "19, spent");
        _holds(terms.parents == termsNote.parents && terms.recipe == termsNote.recipe, "30, terms");
        _holds(terms.conditions == termsNote.conditions, "30, conditions");
        _holds(COLLECTION.getTransferValidator() == validatorNote, "30, validator");
    }

    /// @dev Twice the price, once so high that a plain product would overflow.
    function _checkRoyalty(uint256 batch, uint256 price) private view {
        bool own = batch < notes.length && notes[batch].royaltyReceiver != address(0);
        address expected = own ? notes[batch].royaltyReceiver : royaltyReceiverNote;
        uint256 bps = own ? notes[batch].royaltyBps : royaltyBpsNote;

        (address receiver, uint256 amount) = COLLECTION.royaltyInfo(batch * IDS_PER_BATCH, price);
        _holds(receiver == expected && receiver != address(0), own ? "15, receiver" : "16, receiver");
        _holds(amount <= price / 10 + 1 && amount <= price, "17, above a tenth");
        (, amount) = COLLECTION.royaltyInfo(batch * IDS_PER_BATCH, price >> 16);
        _holds(amount == ((price >> 16) * bps) / 10_000, own ? "15, share" : "16, share");
    }

    function _checkRecipes() private view {
        _holds(REGISTRY.count() == recipes.length, "21, number of recipes");
        for (uint256 i = 0; i < recipes.length; ++i) {
            _holds(REGISTRY.numberOf(recipes[i]) == i + 1, "21, number of an id");
            _holds(REGISTRY.recipeAt(i + 1) == recipes[i], "21, id of a number");
            _holds(REGISTRY.isRevoked(recipes[i]) == revoked[recipes[i]], "20 and 46, revoked");
            _holds(REGISTRY.datasetOf(recipes[i]) == datasetNote[recipes[i]], "47, dataset of a recipe");
        }
        _holds(REGISTRY.totalDatasets() == datasets.length, "47, number of datasets");
        IDatasetRegistry.Dataset[] memory page = REGISTRY.listDatasets(1, datasets.length);
        for (uint256 i = 0; i < datasets.length; ++i) {
            _holds(page[i].root == datasets[i], "47, root of a number");
            _holds(page[i].revoked == fallen[datasets[i]], "46, dataset revoked");
            _holds(REGISTRY.isDatasetRevoked(datasets[i]) == fallen[datasets[i]], "46, revoked by its root");
        }
    }
}
