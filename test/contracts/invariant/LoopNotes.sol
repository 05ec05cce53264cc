// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ITransferValidator} from "../../../contracts/interfaces/ICreatorToken.sol";
import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";
import {BatchStatus} from "../../../contracts/types/BatchStatus.sol";
import {ICollection} from "../kit/ICollection.sol";
import {RolesKit} from "../kit/RolesKit.sol";
import {Progress} from "./Progress.sol";

/// @title Lets one transfer pass, named beforehand, and refuses every other question
contract OneTransferValidator is ITransferValidator {
    error TransferRefused(address caller, address from, address to, uint256 tokenId);

    bytes32 private _expected;

    function expectOnly(address caller, address from, address to, uint256 tokenId) external {
        _expected = keccak256(abi.encode(caller, from, to, tokenId));
    }

    function expectNone() external {
        delete _expected;
    }

    function validateTransfer(address caller, address from, address to, uint256 tokenId) external view {
        require(
            keccak256(abi.encode(caller, from, to, tokenId)) == _expected,
            TransferRefused(caller, from, to, tokenId)
        );
    }
}

/// @title What happened so far, written down in the plainest way
abstract contract LoopNotes is Progress, RolesKit {
    /// @dev Everything that a batch is ever asked about. `parents` is what the terms asked for at the forging.
    struct Note {
        address to;
        BatchStatus status;
        uint24 count;
        uint40 openBlock;
        uint40 ordinal;
        uint8 generation;
        bytes32 recipe;
        uint256[] parents;
        address royaltyReceiver;
        uint16 royaltyBps;
    }

    struct RoundNote {
        bytes32 observation;
        uint256 time; // of the observation, which is made as it is brought
        uint256 blockNumber;
        uint256 seals;
    }

    struct EpochNote {
        bytes32 root;
        uint256 round;
        uint256 covered;
        uint256 time;
        bool voided;
    }

    uint256 internal constant SCAN = 16; // entries looked at to find one that fits

    ICollection internal immutable COLLECTION;
    IRecipeRegistry internal immutable REGISTRY;
    IMarketOracle internal immutable ORACLE;
    address internal immutable ADAPTER = _account("adapter");
    address internal immutable FALLBACK = _account("fallback");
    uint256 internal immutable STALE_AFTER;
    OneTransferValidator internal immutable VALIDATOR;
    uint256 internal immutable DELAY;
    uint256 internal immutable WINDOW;
    uint256 internal immutable CAP;

    address[5] internal actors = [
        _account("alice"),
        _account("bob"),
        _account("carol"),
        _account("dave"),
        _account("erin")
    ];

    /* BATCHES */

    Note[] internal notes; // by number, the one at 0 is nobody's
    uint256[] internal openBatches; // with children
    mapping(uint256 batch => uint256) internal openAt;
    uint256[] internal sealedOrder;
    uint256 internal abandonedCount;
    uint256 internal mintedCount;
    uint256 internal reservedCount;

    /* TOKENS */

    uint256[] internal live;
    mapping(uint256 tokenId => uint256) internal liveAt;
    uint256[] internal burned;
    mapping(uint256 tokenId => address) internal ownerNote;
    mapping(uint256 tokenId => address) internal approvedNote;
    mapping(uint256 tokenId => uint256) internal burnedFor; // child, zero if its holder burned it
    mapping(uint256 tokenId => uint256) internal lockNote;
    mapping(address owner => uint256) internal heldNote;

    /* EPOCHS */

    RoundNote[] internal roundNotes; // by number, the one at 0 is none
    uint256 internal heardNote; // when the active adapter spoke last
    EpochNote[] internal epochNotes; // by number, the one at 0 is genesis
    mapping(uint256 tokenId => uint256) internal pinNote; // epoch + 1, zero while it follows
    mapping(uint256 tokenId => int256[4]) internal dialNote;

    /* RIGHTS */

    bytes32[] internal recipes; // number - 1
    mapping(bytes32 recipe => bool) internal revoked; // for itself or for its dataset
    mapping(bytes32 recipe => bool) internal revokedItself;
    bytes32[] internal activeRecipes;
    mapping(bytes32 recipe => bytes32) internal datasetNote;
    bytes32[] internal datasets; // number - 1
    mapping(bytes32 dataset => bool) internal fallen;
    mapping(uint256 day => uint256) internal spentOn;
    uint256 internal lastDay;
    uint256 internal limitNote;
    bool internal pausedNote;
    address internal validatorNote;
    address internal royaltyReceiverNote;
    uint256 internal royaltyBpsNote;
    ILoopCollection.ForgeTerms internal termsNote;

    constructor(ICollection collection, bytes32 recipe) {
        COLLECTION = collection;
        REGISTRY = collection.REGISTRY();
        ORACLE = collection.oracle();
        STALE_AFTER = ORACLE.bounds().staleAfter;
        heardNote = block.timestamp;
        DELAY = collection.SEED_DELAY();
        WINDOW = collection.SEAL_WINDOW();
        CAP = collection.MAX_SUPPLY();
        VALIDATOR = new OneTransferValidator();

        notes.push();
        roundNotes.push();
        epochNotes.push();
        recipes.push(recipe);
        activeRecipes.push(recipe);
        limitNote = collection.limits().worksPerDay;
        (royaltyReceiverNote, royaltyBpsNote) = collection.royaltyInfo(0, 10_000);
    }

    /* PICKING */

    function _actor(uint256 pick) internal view returns (address) {
        return actors[pick % actors.length];
    }

    function _lastBlock(uint256 batch) internal view returns (uint256) {
        return notes[batch].openBlock + DELAY + WINDOW;
    }

    function _isChild(uint256 batch) internal view returns (bool) {
        return notes[batch].parents.length != 0;
    }

    /// @dev An open batch of the kind asked for; zero if none was found.
    function _findOpen(uint256 pick, bool child) internal view returns (uint256) {
        uint256 length = openBatches.length;
        for (uint256 i = 0; i < length && i < SCAN; ++i) {
            uint256 batch = openBatches[((pick % length) + i) % length];
            if (_isChild(batch) == child) return batch;
        }
        return 0;
    }

    /// @dev A token that can move: alive and free. Zero if none was found.
    function _findFree(uint256 pick) internal view returns (uint256) {
        uint256 length = live.length;
        for (uint256 i = 0; i < length && i < SCAN; ++i) {
            uint256 tokenId = live[((pick % length) + i) % length];
            if (lockNote[tokenId] == 0) return tokenId;
        }
        return 0;
    }

    /// @dev The newest epoch that was not voided, genesis in the end.
    function _shownNote() internal view returns (uint256 epoch) {
        epoch = epochNotes.length - 1;
        while (epochNotes[epoch].voided) --epoch;
    }

    /// @dev Whether a work may show an epoch: genesis always, others if they cover it and were not voided.
    function _stands(uint256 epoch, uint256 tokenId) internal view returns (bool) {
        if (epoch == 0) return true;
        EpochNote storage note = epochNotes[epoch];
        return !note.voided && notes[tokenId / 1_000_000].ordinal <= note.covered;
    }

    /// @dev How a revoked recipe is refused.
    function _revocationOf(bytes32 recipe) internal view returns (bytes memory) {
        if (revokedItself[recipe])
            return abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryRevoked.selector, recipe);
        return
            abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryDatasetRevoked.selector, recipe, datasetNote[recipe]);
    }

    /* WRITING DOWN */

    function _noteOpened(uint256 batch, address to, uint256 count, bytes32 recipe) internal {
        _holds(batch == notes.length, "4, batches are numbered in order");
        Note storage note = notes.push();
        note.to = to;
        note.status = BatchStatus.Open;
        note.count = uint24(count);
        note.openBlock = uint40(block.number);
        note.recipe = recipe;
        openAt[batch] = openBatches.length;
        openBatches.push(batch);
        reservedCount += count;
    }

    function _noteSealed(uint256 batch) internal {
        Note storage note = notes[batch];
        note.status = BatchStatus.Sealed;
        sealedOrder.push(batch);
        note.ordinal = uint40(sealedOrder.length);
        _noteClosed(batch);
        mintedCount += note.count;
        heldNote[note.to] += note.count;
        for (uint256 i = 0; i < note.count; ++i) {
            uint256 tokenId = batch * 1_000_000 + i;
            ownerNote[tokenId] = note.to;
            liveAt[tokenId] = live.length;
            live.push(tokenId);
        }
    }

    function _noteClosed(uint256 batch) internal {
        uint256 last = openBatches[openBatches.length - 1];
        openBatches[openAt[batch]] = last;
        openAt[last] = openAt[batch];
        openBatches.pop();
        reservedCount -= notes[batch].count;
    }

    function _noteMoved(uint256 tokenId, address to) internal {
        heldNote[ownerNote[tokenId]] -= 1;
        heldNote[to] += 1;
        ownerNote[tokenId] = to;
        delete approvedNote[tokenId];
    }

    function _noteBurned(uint256 tokenId, uint256 child) internal {
        uint256 last = live[live.length - 1];
        live[liveAt[tokenId]] = last;
        liveAt[last] = liveAt[tokenId];
        live.pop();
        burned.push(tokenId);
        heldNote[ownerNote[tokenId]] -= 1;
        delete ownerNote[tokenId];
        delete approvedNote[tokenId];
        delete lockNote[tokenId];
        delete pinNote[tokenId];
        burnedFor[tokenId] = child;
    }

    function _rootOf(uint256 batch) internal pure returns (bytes32) {
        return keccak256(abi.encode("root", batch));
    }

    function _generationOf(uint256 tokenId) internal view returns (uint256) {
        return notes[tokenId / 1_000_000].generation;
    }
}
