// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Governed} from "../access/Governed.sol";
import {ADMIN_ROLE, GUARDIAN_ROLE, PARAMETER_ROLE} from "../access/Roles.sol";
import {ILoopCollection} from "../interfaces/ILoopCollection.sol";
import {SeedBlockLib} from "../libraries/SeedBlockLib.sol";
import {BatchHead} from "../types/BatchHead.sol";
import {BatchStatus} from "../types/BatchStatus.sol";
import {Totals, TotalsLib} from "../types/Totals.sol";
import {ERC721Batch} from "./ERC721Batch.sol";

/// @title BatchLifecycle
/// @notice The life of a batch, whoever opened it: None -> Open -> Sealed or Abandoned, see {ILoopCollection}; the supply
/// cap, the operator's daily limit and the guardian's pause.
abstract contract BatchLifecycle is ILoopCollection, ERC721Batch, Governed {
    uint256 private constant MAX_WORKS_PER_DAY = type(uint24).max;
    uint256 private constant MAX_SEED_DELAY = 256; // blocks
    uint256 private constant MAX_SEAL_WINDOW = SeedBlockLib.HISTORY_WINDOW; // blocks

    /// @dev Where Arbitrum's chains answer for themselves; other chains have no code there.
    address private constant ARB_SYS = address(0x64);

    uint256 public immutable MAX_SUPPLY;
    uint256 public immutable SEED_DELAY; // blocks
    uint256 public immutable SEAL_WINDOW; // blocks

    Totals internal _totals;
    mapping(uint256 batch => bytes32) internal _roots;

    constructor(Settings memory settings) {
        require(ARB_SYS.code.length == 0, LoopCollectionForeignBlockNumber());
        require(
            settings.seedDelay != 0 && settings.seedDelay <= MAX_SEED_DELAY,
            LoopCollectionSeedDelayOutOfRange(settings.seedDelay, MAX_SEED_DELAY)
        );
        require(
            settings.sealWindow != 0 && settings.sealWindow <= MAX_SEAL_WINDOW,
            LoopCollectionSealWindowOutOfRange(settings.sealWindow, MAX_SEAL_WINDOW)
        );

        MAX_SUPPLY = settings.maxSupply;
        SEED_DELAY = settings.seedDelay;
        SEAL_WINDOW = settings.sealWindow;
        _totals = TotalsLib.start(settings.worksPerDay);
    }

    /* OPENING */

    /// @dev Opens the next batch; `current` is what the collection's word shall be, but for this batch.
    function _openBatch(Totals current, uint256 count, BatchHead head) internal returns (uint256 batch) {
        uint256 left = MAX_SUPPLY - current.committed();
        require(!current.paused(), LoopCollectionPaused());
        require(count <= left, LoopCollectionSupplyExceeded(count, left));

        batch = current.nextBatch();
        _totals = current.afterOpening(count);
        _heads[batch] = head;
    }

    /* SEALING */

    /// @dev All checks of a seal: caller, recipe, pause, root, window and seed. Nothing has changed yet.
    function _requireSealable(
        uint256 batch,
        BatchHead head,
        bytes32 root,
        bytes32 blockHash
    ) internal view returns (bytes32 recipe) {
        recipe = REGISTRY.requireSealing(head.recipe(), msg.sender);
        require(!_totals.paused(), LoopCollectionPaused());
        require(root != bytes32(0), LoopCollectionRootMissing(batch));
        _requireSeed(batch, head, blockHash);
    }

    /// @dev The effects of a seal whose checks were made.
    function _sealBatch(uint256 batch, BatchHead head, bytes32 recipe, bytes32 root, bytes32 blockHash) internal {
        Totals current = _totals.afterSealing(head.count());
        uint256 ordinal = current.seals();
        _totals = current;
        _roots[batch] = root;

        emit Sealed(batch, recipe, root, blockHash, ordinal);
        _mintBatch(batch, head.sealedAs(ordinal));
    }

    /// @dev Reverts unless `given` is the hash of the seed block on this very chain, read inside the window.
    function _requireSeed(uint256 batch, BatchHead head, bytes32 given) private view {
        uint256 seedAt = _seedBlock(head);
        uint256 last = seedAt + SEAL_WINDOW;
        require(block.number > seedAt, LoopCollectionSealTooEarly(batch, seedAt));
        require(block.number <= last, LoopCollectionSealTooLate(batch, last));

        bytes32 actual = SeedBlockLib.hashOf(seedAt);
        require(actual != bytes32(0), LoopCollectionSeedHashUnavailable(batch, seedAt));
        require(actual == given, LoopCollectionSeedHashMismatch(batch, given, actual));
    }

    /* ABANDONING */

    /// @inheritdoc ILoopCollection
    function abandon(uint256 batch) external {
        BatchHead head = _requireOpen(batch);
        uint256 last = _seedBlock(head) + SEAL_WINDOW;
        require(block.number > last, LoopCollectionAbandonTooEarly(batch, last));

        _heads[batch] = head.abandoned();
        _totals = _totals.afterAbandoning(head.count());

        emit Abandoned(batch, msg.sender);
    }

    /* BATCHES */

    /// @inheritdoc ILoopCollection
    function batchOf(uint256 batch) external view returns (Batch memory info) {
        BatchHead head = _heads[batch];
        bool isSealed = head.status() == BatchStatus.Sealed;

        info = Batch({
            to: head.recipient(),
            status: head.status(),
            count: head.count(),
            openBlock: isSealed ? 0 : head.blockOrOrdinal(),
            sealOrdinal: isSealed ? head.blockOrOrdinal() : 0,
            recipe: head.recipe(),
            root: _roots[batch],
            generation: head.generation(),
            parents: head.parents()
        });
    }

    /// @inheritdoc ILoopCollection
    function seedBlock(uint256 batch) public view returns (uint256 number) {
        BatchHead head = _heads[batch];
        BatchStatus status = head.status();
        require(
            status == BatchStatus.Open || status == BatchStatus.Abandoned,
            LoopCollectionBatchNotOpen(batch, status)
        );

        return _seedBlock(head);
    }

    /// @inheritdoc ILoopCollection
    function sealDeadline(uint256 batch) external view returns (uint256 number) {
        return seedBlock(batch) + SEAL_WINDOW;
    }

    /// @inheritdoc ILoopCollection
    function totals() external view returns (Counts memory counts) {
        Totals current = _totals;

        counts = Counts({
            batches: current.nextBatch() - 1,
            seals: current.seals(),
            abandoned: current.abandoned(),
            minted: current.committed() - current.reserved(),
            reserved: current.reserved()
        });
    }

    /// @inheritdoc ILoopCollection
    function limits() external view returns (Limits memory info) {
        Totals current = _totals;

        info = Limits({
            paused: current.paused(),
            worksPerDay: current.limit(),
            day: current.day(),
            spent: current.spent()
        });
    }

    function _requireOpen(uint256 batch) internal view returns (BatchHead head) {
        head = _heads[batch];
        BatchStatus status = head.status();
        require(status == BatchStatus.Open, LoopCollectionBatchNotOpen(batch, status));
    }

    function _seedBlock(BatchHead head) private view returns (uint256) {
        return head.blockOrOrdinal() + SEED_DELAY;
    }

    /* LIMITS AND TERMS */

    /// @inheritdoc ILoopCollection
    function pause() external onlyRole(GUARDIAN_ROLE) {
        _totals = _totals.withPause(true);

        emit Paused(msg.sender);
    }

    /// @inheritdoc ILoopCollection
    function unpause() external onlyRole(ADMIN_ROLE) {
        _totals = _totals.withPause(false);

        emit Unpaused(msg.sender);
    }

    /// @inheritdoc ILoopCollection
    function setWorksPerDay(uint256 limit) external onlyRole(PARAMETER_ROLE) {
        require(limit <= MAX_WORKS_PER_DAY, LoopCollectionWorksPerDayTooHigh(limit, MAX_WORKS_PER_DAY));

        _totals = _totals.withLimit(limit);

        emit WorksPerDayChanged(limit);
    }
}
