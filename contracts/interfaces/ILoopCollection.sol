// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {BatchStatus} from "../types/BatchStatus.sol";
import {IRecipeRegistry} from "./IRecipeRegistry.sol";

/// @title A collection whose every picture anyone can rebuild
/// @notice A batch is opened first, which fixes its recipe, its count and its conditions. A later block, unknown at that
/// time, gives the seed. Then the operator computes the pictures and seals the batch with the root of its directory. So
/// nobody chooses among pictures: there is one opening, one seed, one set of works.
/// @dev Token id = batch * 1,000,000 + index; batches from 1, indices from 0. The seed of a batch is
/// keccak256(abi.encode(word, batch, recipe, conditions)), where the word is the mixHash of the seed block, or that block's
/// hash on chains whose mixHash is zero; the hash given at sealing proves which header it was read from, and a
/// reorganisation in between makes the seal revert instead of lie.
///
/// None -> Open -> Sealed, or None -> Open -> Abandoned, and nothing else.
///
/// @dev Warning: a recipient contract is not called back. A callback for each of up to 5,000 tokens would hand the caller's
/// gas and control to a stranger in the middle of a seal, and a recipient that refuses could block a batch whose seed is
/// already known, which is a free re-roll. Callers ask `onERC721Received` by eth_call before they open.
/// @dev Warning: on chains with one sequencer, or without randomness in their headers, whoever makes the seed block is
/// trusted with the seed. Where headers carry the randomness of another chain, SEED_DELAY must outlast its lag.
interface ILoopCollection {
    /// @param to Recipient of every token of the batch.
    /// @param status Where the batch stands.
    /// @param count Tokens in the batch.
    /// @param openBlock Block of the opening while open or abandoned, zero once sealed: its bits hold the ordinal then.
    /// @param sealOrdinal Zero until sealed, then how many batches were sealed up to this one.
    /// @param recipe Number of the recipe in the registry.
    /// @param root Digest of the root of the batch directory, zero until sealed.
    /// @param generation Zero for what the operator opened; a forged child has one more than the lowest of its parents.
    /// @param parents Works locked for a forged child, and burned when it is sealed.
    struct Batch {
        address to;
        BatchStatus status;
        uint256 count;
        uint256 openBlock;
        uint256 sealOrdinal;
        uint256 recipe;
        bytes32 root;
        uint256 generation;
        uint256 parents;
    }

    /// @param recipe Recipe of every child.
    /// @param conditions Conditions of every child, with zero where the child's generation will stand (bits 4 to 7).
    /// @param parents How many works make one, 2 to 15; zero while the forge is closed.
    struct ForgeTerms {
        bytes32 recipe;
        bytes32 conditions;
        uint256 parents;
    }

    /// @param paused Whether opening, forging and sealing stand still.
    /// @param worksPerDay Most works that the operator may open on one day (UTC).
    /// @param day Days since 1970 at the operator's last opening, modulo 65,536.
    /// @param spent Works that the operator opened on that day.
    struct Limits {
        bool paused;
        uint256 worksPerDay;
        uint256 day;
        uint256 spent;
    }

    /// @param batches Batches ever opened, which is also the newest batch.
    /// @param seals Batches sealed, which is also the newest seal ordinal.
    /// @param abandoned Batches abandoned.
    /// @param minted Tokens ever minted, burned ones included; burned ones are counted from events.
    /// @param reserved Tokens promised to open batches.
    struct Counts {
        uint256 batches;
        uint256 seals;
        uint256 abandoned;
        uint256 minted;
        uint256 reserved;
    }

    /// @param name Name of the collection.
    /// @param symbol Its ticker.
    /// @param contractURI Where its own metadata lies (ERC-7572).
    /// @param registry The recipes it obeys.
    /// @param maxSupply Most tokens ever minted.
    /// @param seedDelay Blocks from an opening to its seed block, 1 to 256.
    /// @param sealWindow Blocks after the seed block in which a batch can be sealed, 1 to 8,191. Where the chain has no
    /// EIP-2935 history contract, more than 256 are of no use.
    /// @param worksPerDay Most works that the operator may open on one day (UTC).
    /// @param owner The first `owner()`.
    /// @param royaltyReceiver Receives the royalty.
    /// @param royaltyBps Royalty in hundredths of a percent, at most 1,000.
    struct Settings {
        string name;
        string symbol;
        string contractURI;
        IRecipeRegistry registry;
        uint40 maxSupply;
        uint64 seedDelay;
        uint64 sealWindow;
        uint24 worksPerDay;
        address owner;
        address royaltyReceiver;
        uint256 royaltyBps;
    }

    /* EVENTS */

    /// @notice Emitted when a batch is opened. Its seed block is SEED_DELAY blocks later.
    event Opened(uint256 indexed batch, bytes32 indexed recipe, address indexed to, uint256 count, bytes32 conditions);

    /// @notice Emitted when a batch is sealed, before the Transfer events of its tokens.
    event Sealed(uint256 indexed batch, bytes32 indexed recipe, bytes32 root, bytes32 blockHash, uint256 ordinal);

    /// @notice Emitted when a holder locks works for a child, after the child's Opened.
    event Forged(uint256 indexed child, address indexed holder, uint256 generation, uint256[] parents);

    /// @notice Emitted when the terms of forging change.
    event ForgeTermsChanged(bytes32 recipe, bytes32 conditions, uint256 parents);

    /// @notice Emitted when the guardian stops opening, forging and sealing.
    event Paused(address account);

    /// @notice Emitted when the admin lets minting go on.
    event Unpaused(address account);

    /// @notice Emitted when the operator's daily limit changes.
    event WorksPerDayChanged(uint256 limit);

    /// @notice Emitted when a batch is given up because its window passed.
    event Abandoned(uint256 indexed batch, address indexed by);

    /// @notice Emitted when the account that marketplaces read as the owner changes (the event of ERC-173).
    event OwnershipTransferred(address indexed previousOwner, address indexed newOwner);

    /* ERRORS */

    /// @notice A batch holds 1 to `max` tokens.
    error LoopCollectionCountOutOfRange(uint256 count, uint256 max);

    /// @notice Only `left` tokens are neither minted nor promised.
    error LoopCollectionSupplyExceeded(uint256 count, uint256 left);

    /// @notice The batch is not open, but `status`.
    error LoopCollectionBatchNotOpen(uint256 batch, BatchStatus status);

    /// @notice A root of zero is no root.
    error LoopCollectionRootMissing(uint256 batch);

    /// @notice The hash of block `seedBlock` is known in the blocks after it.
    error LoopCollectionSealTooEarly(uint256 batch, uint256 seedBlock);

    /// @notice The batch could be sealed up to block `lastBlock`; now it can only be abandoned.
    error LoopCollectionSealTooLate(uint256 batch, uint256 lastBlock);

    /// @notice Neither `blockhash` nor the history contract knows the hash of the seed block.
    error LoopCollectionSeedHashUnavailable(uint256 batch, uint256 seedBlock);

    /// @notice The works were computed from another block than the chain has now: a reorganisation came between.
    error LoopCollectionSeedHashMismatch(uint256 batch, bytes32 given, bytes32 actual);

    /// @notice The batch can be sealed up to block `lastBlock`, and abandoned only after it.
    error LoopCollectionAbandonTooEarly(uint256 batch, uint256 lastBlock);

    /// @notice The delay is not 1 to `max` blocks.
    error LoopCollectionSeedDelayOutOfRange(uint256 seedDelay, uint256 max);

    /// @notice The window is not 1 to `max` blocks.
    error LoopCollectionSealWindowOutOfRange(uint256 sealWindow, uint256 max);

    /// @notice The guardian stopped minting; transfers, burning and abandoning go on.
    error LoopCollectionPaused();

    /// @notice The operator may open only `left` more works on this day (UTC).
    error LoopCollectionDailyLimitExceeded(uint256 count, uint256 left);

    /// @notice The limit does not fit.
    error LoopCollectionWorksPerDayTooHigh(uint256 limit, uint256 max);

    /// @notice Bits 4 to 7 of the conditions belong to the forge.
    error LoopCollectionGenerationForbidden(bytes32 conditions);

    /// @notice No terms are set.
    error LoopCollectionForgeClosed();

    /// @notice The terms are not the ones that the holder agreed to.
    error LoopCollectionForgeTermsChanged();

    /// @notice A child needs `needed` parents, no more and no fewer.
    error LoopCollectionParentsMissing(uint256 given, uint256 needed);

    /// @notice Parents are none, or 2 to 15.
    error LoopCollectionParentsOutOfRange(uint256 parents);

    /// @notice The parents are of the last generation already.
    error LoopCollectionGenerationTooHigh(uint256 max);

    /// @notice A forged child is sealed by {sealForged}, which burns its parents.
    error LoopCollectionForged(uint256 batch);

    /// @notice The batch has no parents and is sealed by {seal}.
    error LoopCollectionNotForged(uint256 batch);

    /// @notice On this chain (Arbitrum and its kin) `block.number` is the height of another chain: seed blocks would be
    /// blocks of that one.
    error LoopCollectionForeignBlockNumber();

    /* BATCHES */

    /// @notice Opens a batch: recipe, count and conditions are fixed from here on, the seed is not known yet.
    /// @param to Recipient of the tokens. A contract is not called back.
    /// @param recipe Id of a registered recipe that is not revoked.
    /// @param count Tokens, 1 to 5,000.
    /// @param conditions Packed market observation and exact parameters, part of the seed.
    /// @return batch The next number.
    function open(address to, bytes32 recipe, uint256 count, bytes32 conditions) external returns (uint256 batch);

    /// @notice As {open}, with a royalty of the batch's own, for ever: one fresh slot more.
    /// @param receiver Receives the royalty. The pair must be offered by the parameter authority.
    /// @param bps Hundredths of a percent.
    function openWithRoyalty(
        address to,
        bytes32 recipe,
        uint256 count,
        bytes32 conditions,
        address receiver,
        uint256 bps
    ) external returns (uint256 batch);

    /// @notice Seals an open batch: its tokens come to be and its root never changes.
    /// @param batch Number of the batch.
    /// @param root sha-256 digest of the dag-pb root of the batch directory.
    /// @param blockHash Hash of the seed block from which the works were computed.
    function seal(uint256 batch, bytes32 root, bytes32 blockHash) external;

    /// @notice Gives an open batch up once its window passed. Anyone may, so that nobody can keep a batch in the air.
    /// @param batch Number of the batch.
    function abandon(uint256 batch) external;

    /// @notice What is stored about a batch.
    /// @param batch Number of the batch.
    /// @return info All zero if it was never opened.
    function batchOf(uint256 batch) external view returns (Batch memory info);

    /// @notice The block whose header gives the seed. Reverts once sealed: the opening's block is in its event then.
    /// @param batch Number of an open or abandoned batch.
    /// @return number Block of the opening + SEED_DELAY.
    function seedBlock(uint256 batch) external view returns (uint256 number);

    /// @notice The last block in which the batch can be sealed. Reverts once sealed.
    /// @param batch Number of an open or abandoned batch.
    /// @return number Seed block + SEAL_WINDOW.
    function sealDeadline(uint256 batch) external view returns (uint256 number);

    /// @notice The counts of the collection.
    /// @return counts Batches and tokens.
    function totals() external view returns (Counts memory counts);

    /// @notice The operator's limit and the guardian's pause.
    /// @return info As stored; whether `spent` still counts depends on the day.
    function limits() external view returns (Limits memory info);

    /* FORGING */

    /// @notice Locks works of the caller's and opens their child, a batch of one, on the terms as they stand. The parents
    /// are burned in the transaction that seals the child, and free again once the child is abandoned, which anyone may do
    /// after its window.
    /// @param parents Distinct works of the caller's, as many as the terms say.
    /// @param terms The terms that the caller agrees to.
    /// @return child Batch of the child.
    function forge(uint256[] calldata parents, ForgeTerms calldata terms) external returns (uint256 child);

    /// @notice Seals a forged child and burns its parents.
    /// @param child Batch of the child.
    /// @param root As in {seal}.
    /// @param blockHash As in {seal}.
    /// @param parents All parents, in any order.
    function sealForged(uint256 child, bytes32 root, bytes32 blockHash, uint256[] calldata parents) external;

    /// @notice The terms on which works are forged now.
    /// @return terms Zero parents while the forge is closed.
    function forgeTerms() external view returns (ForgeTerms memory terms);

    /// @notice Moves the terms of forging. Children that are open keep theirs.
    /// @param terms New terms; zero parents close the forge.
    function setForgeTerms(ForgeTerms calldata terms) external;

    /* LIMITS */

    /// @notice Stops opening, forging and sealing, at once and until the admin lifts it. Transfers, burning and abandoning
    /// go on.
    function pause() external;

    /// @notice Lets minting go on.
    function unpause() external;

    /// @notice Moves how many works the operator may open on one day (UTC). Forged children do not count: each costs its
    /// holder several works.
    /// @param limit Works.
    function setWorksPerDay(uint256 limit) external;

    /* TOKENS */

    /// @notice Destroys a token for ever.
    /// @param tokenId A token of the caller's, or one that the caller is approved for.
    function burn(uint256 tokenId) external;

    /* THE COLLECTION */

    /// @notice Moves what {contractURI} answers. It describes the collection and is no part of any work's provenance.
    /// @param newURI New answer.
    function setContractURI(string calldata newURI) external;

    /// @notice Names the account that marketplaces let edit the collection's page. It has no power here.
    /// @param newOwner New answer of `owner()`.
    function setOwner(address newOwner) external;
}
