// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IERC721Batch} from "../../../contracts/interfaces/IERC721Batch.sol";
import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {LoopMinting} from "./LoopMinting.sol";

/// @title Forging children, sealing and abandoning them
abstract contract LoopForging is LoopMinting {
    uint256 private constant MAX_GENERATION = 15;

    function forge(uint256 actor, uint256 pick) external counted {
        if (_forge(_actor(actor), pick) != 0) _worked();
    }

    function sealForged(uint256 actor, uint256 pick) external counted {
        uint256 child = _sealableChild(actor, pick);
        if (child == 0) return;

        uint256[] memory parents = _rotated(notes[child].parents, pick);
        bytes32 blockHash = _reachSeed(notes[child].openBlock + DELAY);
        bytes memory call = abi.encodeCall(ILoopCollection.sealForged, (child, _rootOf(child), blockHash, parents));
        _liftPause(OPERATOR, call);

        vm.prank(OPERATOR);
        COLLECTION.sealForged(child, _rootOf(child), blockHash, parents);
        for (uint256 i = 0; i < parents.length; ++i) _noteBurned(parents[i], child);
        _noteSealed(child);
        _worked();
    }

    function abandonForged(uint256 actor, uint256 pick) external counted {
        uint256 child = _findOpen(pick, true);
        if (child == 0) child = _forge(_actor(actor), pick);
        if (child == 0) return;

        _abandon(child, _actor(pick));
        _worked();
    }

    /* MUST REVERT */

    function moveLockedMustRevert(uint256 actor, uint256 pick) external counted {
        uint256 child = _findOpen(pick, true);
        if (child == 0) child = _forge(_actor(actor), pick);
        if (child == 0) return;

        Note storage note = notes[child];
        uint256 tokenId = note.parents[pick % note.parents.length];
        bytes memory expected = abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenLocked.selector, tokenId, child);
        address to = _actor(actor);
        _refused(
            address(COLLECTION),
            note.to,
            abi.encodeCall(IERC721.transferFrom, (note.to, to, tokenId)),
            expected,
            "9, locked work moved"
        );
        _refused(
            address(COLLECTION),
            note.to,
            abi.encodeCall(ILoopCollection.burn, (tokenId)),
            expected,
            "9, locked work burned"
        );
        _worked();
    }

    function forgeWronglyMustRevert(uint256 actor, uint256 pick) external counted {
        address holder = _actor(actor);
        if (!_openTheForge(pick)) return;
        uint256[] memory parents = _parentsOf(holder, pick);
        if (parents.length == 0 || _lowest(parents) == MAX_GENERATION) return;
        ILoopCollection.ForgeTerms memory terms = termsNote;
        uint256 first = parents[0];

        terms.conditions = bytes32(uint256(terms.conditions) ^ 1);
        bytes memory expected = abi.encodeWithSelector(ILoopCollection.LoopCollectionForgeTermsChanged.selector);
        _refusedForging(holder, parents, terms, expected, "14, other terms");
        terms = termsNote;

        if (pausedNote || mintedCount + reservedCount == CAP) return;
        parents[0] = parents[1];
        uint256 child = notes.length;
        expected = abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenLocked.selector, parents[1], child);
        _refusedForging(holder, parents, terms, expected, "11, one work twice");

        parents[0] = first;
        address other = _actor((actor % actors.length) + 1);
        expected = abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, other, first, holder);
        _refusedForging(other, parents, terms, expected, "13, another's works");

        parents = new uint256[](terms.parents - 1);
        expected = abi.encodeWithSelector(
            ILoopCollection.LoopCollectionParentsMissing.selector,
            parents.length,
            terms.parents
        );
        _refusedForging(holder, parents, terms, expected, "14, too few");
        _worked();
    }

    function sealForgedWronglyMustRevert(uint256 actor, uint256 pick) external counted {
        uint256 child = _sealableChild(actor, pick);
        if (child == 0) return;
        bytes32 blockHash = _reachSeed(notes[child].openBlock + DELAY);
        uint256[] memory parents = _rotated(notes[child].parents, pick);
        bool stopped = pausedNote;

        bytes memory expected = abi.encodeWithSelector(ILoopCollection.LoopCollectionForged.selector, child);
        _refused(
            address(COLLECTION),
            OPERATOR,
            abi.encodeCall(ILoopCollection.seal, (child, _rootOf(child), blockHash)),
            stopped ? _pausedError() : expected,
            "11, child sealed without its parents"
        );
        parents[0] = parents[1];
        expected = abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenNotLocked.selector, parents[1], child);
        _refusedSealing(child, blockHash, parents, stopped ? _pausedError() : expected, "11, one parent twice");
        uint256 foreign = live[pick % live.length];
        if (lockNote[foreign] != child) {
            parents[0] = foreign;
            expected = abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenNotLocked.selector, foreign, child);
            _refusedSealing(child, blockHash, parents, stopped ? _pausedError() : expected, "11, foreign parent");
        }
        uint256 needed = parents.length;
        parents = new uint256[](needed + 1);
        expected = abi.encodeWithSelector(ILoopCollection.LoopCollectionParentsMissing.selector, needed + 1, needed);
        _refusedSealing(child, blockHash, parents, stopped ? _pausedError() : expected, "11, too many");
        _worked();
    }

    /* DOING */

    function _sealableChild(uint256 actor, uint256 pick) private returns (uint256 child) {
        child = _findOpen(pick, true);
        if (child == 0 || !_isSealable(child)) child = _forge(_actor(actor), pick);
    }

    /// @dev Forges a child; zero if the supply is at its end.
    function _forge(address holder, uint256 pick) private returns (uint256 child) {
        if (!_openTheForge(pick)) return 0;
        uint256[] memory parents = _parentsOf(holder, pick);
        if (parents.length == 0) return 0;
        ILoopCollection.ForgeTerms memory terms = termsNote;
        bytes memory call = abi.encodeCall(ILoopCollection.forge, (parents, terms));

        uint256 lowest = _lowest(parents);
        if (lowest == MAX_GENERATION) {
            bytes memory high = abi.encodeWithSelector(
                ILoopCollection.LoopCollectionGenerationTooHigh.selector,
                MAX_GENERATION
            );
            _refused(address(COLLECTION), holder, call, high, "12, past the last generation");
            return 0;
        }
        _liftPause(holder, call);
        if (mintedCount + reservedCount == CAP) {
            bytes memory full = abi.encodeWithSelector(ILoopCollection.LoopCollectionSupplyExceeded.selector, 1, 0);
            _refused(address(COLLECTION), holder, call, full, "3, forged past the cap");
            return 0;
        }

        vm.prank(holder);
        child = COLLECTION.forge(parents, terms);
        _noteOpened(child, holder, 1, terms.recipe);
        notes[child].generation = uint8(lowest + 1);
        notes[child].parents = parents;
        for (uint256 i = 0; i < parents.length; ++i) {
            _holds(ownerNote[parents[i]] == holder && lockNote[parents[i]] == 0, "13, not the forger's own");
            lockNote[parents[i]] = child;
        }
    }

    function _lowest(uint256[] memory parents) private view returns (uint256 lowest) {
        lowest = MAX_GENERATION;
        for (uint256 i = 0; i < parents.length; ++i) {
            if (_generationOf(parents[i]) < lowest) lowest = _generationOf(parents[i]);
        }
    }

    /// @dev Sees to it that the terms stand and their recipe is active, and asserts the refusals before.
    function _openTheForge(uint256 pick) private returns (bool) {
        ILoopCollection.ForgeTerms memory terms = termsNote;
        bytes memory call = abi.encodeCall(ILoopCollection.forge, (new uint256[](terms.parents), terms));
        bytes memory expected;
        if (terms.parents == 0) {
            expected = abi.encodeWithSelector(ILoopCollection.LoopCollectionForgeClosed.selector);
        } else if (revoked[terms.recipe]) {
            expected = _revocationOf(terms.recipe);
        } else {
            return true;
        }

        _refused(address(COLLECTION), _actor(pick), call, expected, "14 and 20, forge closed or recipe revoked");
        _setTerms(2 + (pick % 3), pick);
        return true;
    }

    function _setTerms(uint256 parents, uint256 pick) internal {
        ILoopCollection.ForgeTerms memory terms = ILoopCollection.ForgeTerms({
            recipe: activeRecipes[pick % activeRecipes.length],
            conditions: bytes32(pick & ~uint256(0xf0)),
            parents: parents
        });

        vm.prank(PARAMETERS);
        COLLECTION.setForgeTerms(terms);
        termsNote = terms;
    }

    /// @dev As many free works of the holder's as the terms ask for; mints what is missing. None if the supply is at its end.
    function _parentsOf(address holder, uint256 pick) private returns (uint256[] memory parents) {
        uint256 needed = termsNote.parents;
        uint256 found = 0;
        parents = new uint256[](needed);
        for (uint256 i = 0; i < live.length && i < 2 * SCAN && found < needed; ++i) {
            uint256 tokenId = live[((pick % live.length) + i) % live.length];
            // Half the time only children, so that generations grow.
            if (pick % 2 == 0 && _generationOf(tokenId) == 0) continue;
            if (ownerNote[tokenId] == holder && lockNote[tokenId] == 0) parents[found++] = tokenId;
        }
        if (found == needed) return parents;

        uint256 batch = _openFor(holder, needed - found, pick);
        if (batch == 0) return new uint256[](0);
        _seal(batch);
        for (uint256 i = 0; found < needed; ++i) parents[found++] = batch * 1_000_000 + i;
    }

    function _rotated(uint256[] storage parents, uint256 pick) private view returns (uint256[] memory rotated) {
        uint256 length = parents.length;
        rotated = new uint256[](length);
        for (uint256 i = 0; i < length; ++i) rotated[i] = parents[((pick % length) + i) % length];
    }

    function _refusedForging(
        address holder,
        uint256[] memory parents,
        ILoopCollection.ForgeTerms memory terms,
        bytes memory expected,
        string memory reason
    ) private {
        bytes memory call = abi.encodeCall(ILoopCollection.forge, (parents, terms));
        _refused(address(COLLECTION), holder, call, expected, reason);
    }

    function _refusedSealing(
        uint256 child,
        bytes32 blockHash,
        uint256[] memory parents,
        bytes memory expected,
        string memory reason
    ) private {
        bytes memory call = abi.encodeCall(ILoopCollection.sealForged, (child, _rootOf(child), blockHash, parents));
        _refused(address(COLLECTION), OPERATOR, call, expected, reason);
    }
}
