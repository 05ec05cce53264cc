// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {OPERATOR_ROLE} from "../../../contracts/access/Roles.sol";
import {ICollectionRoyalty} from "../../../contracts/interfaces/ICollectionRoyalty.sol";
import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";
import {BatchStatus} from "../../../contracts/types/BatchStatus.sol";
import {LoopNotes} from "./LoopNotes.sol";

/// @title Opening, sealing and abandoning
/// @dev Where a limit, a pause or a revoked recipe stands in the way, the exact refusal is asserted first and the way then
/// cleared, so that every call does real work.
abstract contract LoopMinting is LoopNotes {
    uint256 private constant MAX_BATCH = 5_000;

    function open(uint256 actor, uint256 count, uint256 pick) external counted {
        if (_openFor(_actor(actor), _bound(count, 1, 5), pick) != 0) _worked();
    }

    function openWithRoyalty(uint256 actor, uint256 count, uint256 pick) external counted {
        count = _bound(count, 1, 5);
        address receiver = _actor(pick);
        uint256 bps = (pick >> 8) % 1_001;
        bytes32 recipe = activeRecipes[pick % activeRecipes.length];
        bytes memory call = abi.encodeCall(
            ILoopCollection.openWithRoyalty,
            (_actor(actor), recipe, count, 0, receiver, bps)
        );
        if (!_clearTheWay(count, call)) return;

        if (!COLLECTION.isRoyaltyOffered(receiver, bps)) {
            _refused(
                address(COLLECTION),
                OPERATOR,
                call,
                abi.encodeWithSelector(ICollectionRoyalty.CollectionRoyaltyNotOffered.selector, receiver, bps),
                "15, royalty not offered"
            );
            vm.prank(PARAMETERS);
            COLLECTION.offerRoyalty(receiver, bps, true);
        }

        vm.prank(OPERATOR);
        uint256 batch = COLLECTION.openWithRoyalty(_actor(actor), recipe, count, 0, receiver, bps);
        _noteOpened(batch, _actor(actor), count, recipe);
        _noteSpent(count);
        notes[batch].royaltyReceiver = receiver;
        notes[batch].royaltyBps = uint16(bps);
        if (pick % 2 == 0) {
            vm.prank(PARAMETERS);
            COLLECTION.offerRoyalty(receiver, bps, false);
        }
        _worked();
    }

    function seal(uint256 pick) external counted {
        uint256 batch = _findOpen(pick, false);
        if (batch == 0 || !_isSealable(batch)) batch = _openFor(_actor(pick), 1 + (pick % 3), pick);
        if (batch == 0) return;

        _seal(batch);
        _worked();
    }

    function abandon(uint256 pick) external counted {
        uint256 batch = _findOpen(pick, pick % 2 == 0);
        if (batch == 0) batch = _openFor(_actor(pick), 1, pick);
        if (batch == 0) return;

        _abandon(batch, _actor(pick));
        _worked();
    }

    /* MUST REVERT */

    function openPastLimitsMustRevert(uint256 actor, uint256 pick) external counted {
        bytes32 recipe = activeRecipes[pick % activeRecipes.length];
        uint256 left = CAP - mintedCount - reservedCount;
        bytes memory expected;
        bytes memory call = abi.encodeCall(ILoopCollection.open, (_actor(actor), recipe, left + 1, 0));

        _makeRoom(left + 1);
        if (left + 1 > limitNote) {
            expected = abi.encodeWithSelector(
                ILoopCollection.LoopCollectionDailyLimitExceeded.selector,
                left + 1,
                limitNote
            );
        } else if (pausedNote) {
            expected = abi.encodeWithSelector(ILoopCollection.LoopCollectionPaused.selector);
        } else {
            expected = abi.encodeWithSelector(ILoopCollection.LoopCollectionSupplyExceeded.selector, left + 1, left);
        }
        _refusedOpening(call, expected, "3 and 19, past cap and limit");

        call = abi.encodeCall(ILoopCollection.open, (_actor(actor), recipe, 0, 0));
        expected = abi.encodeWithSelector(ILoopCollection.LoopCollectionCountOutOfRange.selector, 0, MAX_BATCH);
        _refusedOpening(call, expected, "6, batch of none");
        call = abi.encodeCall(ILoopCollection.open, (address(0), recipe, 1, 0));
        expected = abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, address(0));
        _refusedOpening(call, expected, "6, to nobody");
        _worked();
    }

    function openRevokedMustRevert(uint256 pick) external counted {
        bytes32 recipe = recipes[pick % recipes.length];
        bytes memory expected = _revocationOf(recipe);
        if (!revoked[recipe]) {
            recipe = keccak256(abi.encode("never registered", pick));
            expected = abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryUnknown.selector, recipe);
        }

        _refusedOpening(
            abi.encodeCall(ILoopCollection.open, (_actor(pick), recipe, 1, 0)),
            expected,
            "20 and 46, opening"
        );
        _worked();
    }

    function sealWronglyMustRevert(uint256 pick, bytes32 wrong) external counted {
        uint256 batch = _findOpen(pick, false);
        if (batch == 0 || !_isSealable(batch)) batch = _openFor(_actor(pick), 1, pick);
        if (batch == 0) return;
        uint256 seedBlock = notes[batch].openBlock + DELAY;

        if (block.number <= seedBlock) {
            bytes memory early = abi.encodeWithSelector(
                ILoopCollection.LoopCollectionSealTooEarly.selector,
                batch,
                seedBlock
            );
            _refusedSealing(batch, _rootOf(batch), wrong, pausedNote ? _pausedError() : early, "8, too early");
        }

        bytes32 right = _reachSeed(seedBlock);
        if (wrong == right) return;
        bytes memory expected = abi.encodeWithSelector(
            ILoopCollection.LoopCollectionSeedHashMismatch.selector,
            batch,
            wrong,
            right
        );
        _refusedSealing(batch, _rootOf(batch), wrong, pausedNote ? _pausedError() : expected, "8, other hash");
        expected = abi.encodeWithSelector(ILoopCollection.LoopCollectionRootMissing.selector, batch);
        _refusedSealing(batch, 0, right, pausedNote ? _pausedError() : expected, "8, no root");
        _refused(
            address(COLLECTION),
            _actor(pick),
            abi.encodeCall(ILoopCollection.seal, (batch, _rootOf(batch), right)),
            abi.encodeWithSelector(
                IAccessControl.AccessControlUnauthorizedAccount.selector,
                _actor(pick),
                OPERATOR_ROLE
            ),
            "24, sealed by a stranger"
        );
        _worked();
    }

    /// @dev Neither sealed nor abandoned batches are sealed or abandoned again, nor are such that never were.
    function endTwiceMustRevert(uint256 pick) external counted {
        uint256 batch = pick % (notes.length + 1);
        BatchStatus status = batch < notes.length ? notes[batch].status : BatchStatus.None;
        if (status == BatchStatus.Open) batch = 0;
        if (batch == 0) status = BatchStatus.None;
        bytes memory expected = abi.encodeWithSelector(
            ILoopCollection.LoopCollectionBatchNotOpen.selector,
            batch,
            status
        );

        _refusedSealing(batch, bytes32(pick), 0, expected, "4, sealed twice");
        _refused(
            address(COLLECTION),
            _actor(pick),
            abi.encodeCall(ILoopCollection.abandon, (batch)),
            expected,
            "4, abandoned twice"
        );
        _worked();
    }

    /* DOING */

    function _isSealable(uint256 batch) internal view returns (bool) {
        return block.number <= _lastBlock(batch) && !revoked[notes[batch].recipe];
    }

    /// @dev Opens a batch; zero if the supply is promised to its end.
    function _openFor(address to, uint256 count, uint256 pick) internal returns (uint256 batch) {
        bytes32 recipe = activeRecipes[pick % activeRecipes.length];
        bytes32 conditions = bytes32(pick & ~uint256(0xf0));
        bytes memory call = abi.encodeCall(ILoopCollection.open, (to, recipe, count, conditions));
        if (!_clearTheWay(count, call)) return 0;

        vm.prank(OPERATOR);
        batch = COLLECTION.open(to, recipe, count, conditions);
        _noteOpened(batch, to, count, recipe);
        _noteSpent(count);
    }

    function _seal(uint256 batch) internal {
        bytes32 blockHash = _reachSeed(notes[batch].openBlock + DELAY);
        _liftPause(OPERATOR, abi.encodeCall(ILoopCollection.seal, (batch, _rootOf(batch), blockHash)));

        vm.prank(OPERATOR);
        COLLECTION.seal(batch, _rootOf(batch), blockHash);
        _noteSealed(batch);
    }

    function _abandon(uint256 batch, address by) internal {
        uint256 last = _lastBlock(batch);
        if (block.number <= last) {
            _refused(
                address(COLLECTION),
                by,
                abi.encodeCall(ILoopCollection.abandon, (batch)),
                abi.encodeWithSelector(ILoopCollection.LoopCollectionAbandonTooEarly.selector, batch, last),
                "8, abandoned early"
            );
            vm.roll(last + 1);
        }
        if (!_isChild(batch) && !pausedNote && !revoked[notes[batch].recipe]) {
            bytes memory late = abi.encodeWithSelector(ILoopCollection.LoopCollectionSealTooLate.selector, batch, last);
            _refusedSealing(batch, _rootOf(batch), 0, late, "8, sealed late");
        }

        vm.prank(by);
        COLLECTION.abandon(batch);
        notes[batch].status = BatchStatus.Abandoned;
        abandonedCount += 1;
        _noteClosed(batch);
        uint256[] storage parents = notes[batch].parents;
        for (uint256 i = 0; i < parents.length; ++i) delete lockNote[parents[i]];
    }

    /// @dev Gives the seed block a hash of its own, which the chain of the tests would not have.
    function _reachSeed(uint256 seedBlock) internal returns (bytes32 blockHash) {
        if (block.number <= seedBlock) vm.roll(seedBlock + 1);
        blockHash = keccak256(abi.encode("seed block", seedBlock));
        vm.setBlockhash(seedBlock, blockHash);
    }

    /// @dev Clears what is in the way of an opening, one obstacle after the other; false if the supply is.
    function _clearTheWay(uint256 count, bytes memory call) private returns (bool) {
        uint256 today = block.timestamp / 1 days;
        uint256 left = spentOn[today] < limitNote ? limitNote - spentOn[today] : 0;
        if (count > left) {
            bytes memory expected = abi.encodeWithSelector(
                ILoopCollection.LoopCollectionDailyLimitExceeded.selector,
                count,
                left
            );
            _refusedOpening(call, expected, "19, past the limit");
            if (count > limitNote) _setLimit(40);
            _makeRoom(count);
        }
        _liftPause(OPERATOR, call);

        left = CAP - mintedCount - reservedCount;
        if (count <= left) return true;
        _refusedOpening(
            call,
            abi.encodeWithSelector(ILoopCollection.LoopCollectionSupplyExceeded.selector, count, left),
            "3, past the cap"
        );
        return false;
    }

    /// @dev Goes to the next day if this one has no room left.
    function _makeRoom(uint256 count) private {
        if (spentOn[block.timestamp / 1 days] + count <= limitNote) return;
        vm.warp((block.timestamp / 1 days + 1) * 1 days);
    }

    function _setLimit(uint256 limit) internal {
        vm.prank(PARAMETERS);
        COLLECTION.setWorksPerDay(limit);
        limitNote = limit;
    }

    /// @dev 18: while paused, this call is refused; then the admin lets minting go on.
    function _liftPause(address caller, bytes memory call) internal {
        if (!pausedNote) return;

        _refused(address(COLLECTION), caller, call, _pausedError(), "18, minted while paused");
        vm.prank(ADMIN);
        COLLECTION.unpause();
        pausedNote = false;
    }

    function _noteSpent(uint256 count) private {
        lastDay = block.timestamp / 1 days;
        spentOn[lastDay] += count;
        _holds(spentOn[lastDay] <= limitNote, "19, spent more than the limit in force");
    }

    function _pausedError() internal pure returns (bytes memory) {
        return abi.encodeWithSelector(ILoopCollection.LoopCollectionPaused.selector);
    }

    function _refusedOpening(bytes memory call, bytes memory expected, string memory reason) private {
        _refused(address(COLLECTION), OPERATOR, call, expected, reason);
    }

    function _refusedSealing(
        uint256 batch,
        bytes32 root,
        bytes32 blockHash,
        bytes memory expected,
        string memory reason
    ) private {
        bytes memory call = abi.encodeCall(ILoopCollection.seal, (batch, root, blockHash));
        _refused(address(COLLECTION), OPERATOR, call, expected, reason);
    }
}
