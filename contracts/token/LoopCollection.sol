// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControl} from "@openzeppelin/contracts/access/AccessControl.sol";
import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC5313} from "@openzeppelin/contracts/interfaces/IERC5313.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC2981} from "@openzeppelin/contracts/token/common/ERC2981.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {IERC7572} from "../interfaces/IERC7572.sol";
import {ILoopCollection} from "../interfaces/ILoopCollection.sol";
import {IRecipeRegistry} from "../interfaces/IRecipeRegistry.sol";
import {CidLib} from "../libraries/CidLib.sol";
import {SeedBlockLib} from "../libraries/SeedBlockLib.sol";
import {BatchHead, BatchHeadLib} from "../types/BatchHead.sol";
import {BatchStatus} from "../types/BatchStatus.sol";
import {Totals, TotalsLib} from "../types/Totals.sol";
import {ERC721Batch} from "./ERC721Batch.sol";

/// @title LoopCollection
/// @notice See {ILoopCollection}.
/// @dev The registry is an immutable of our own deployment and the history contract is the protocol's; both are only ever
/// asked, by STATICCALL, so neither can enter again or change anything: they are checks, not interactions.
contract LoopCollection is ILoopCollection, ERC721Batch, ERC2981, AccessControl, IERC4906, IERC5313, IERC7572 {
    using Strings for uint256;

    /// @dev A transaction may use 16,777,216 gas (EIP-7825); 5,000 tokens need about 10 million.
    uint256 public constant MAX_BATCH = 5_000;
    uint256 public constant MAX_ROYALTY_BPS = 1_000; // 10 %
    uint256 private constant MAX_SEED_DELAY = 256; // blocks
    uint256 private constant MAX_SEAL_WINDOW = SeedBlockLib.HISTORY_WINDOW; // blocks
    bytes32 public constant OPERATOR_ROLE = keccak256("OPERATOR_ROLE");

    /// @dev Where Arbitrum's chains answer for themselves; other chains have no code there.
    address private constant ARB_SYS = address(0x64);

    IRecipeRegistry public immutable REGISTRY;
    uint256 public immutable MAX_SUPPLY;
    uint256 public immutable SEED_DELAY; // blocks
    uint256 public immutable SEAL_WINDOW; // blocks

    Totals private _totals = TotalsLib.start();
    mapping(uint256 batch => bytes32) private _roots;
    address private _owner;
    string private _contractURI;

    constructor(Settings memory settings) ERC721(settings.name, settings.symbol) {
        require(ARB_SYS.code.length == 0, LoopCollectionForeignBlockNumber());
        require(
            settings.seedDelay != 0 && settings.seedDelay <= MAX_SEED_DELAY,
            LoopCollectionSeedDelayOutOfRange(settings.seedDelay, MAX_SEED_DELAY)
        );
        require(
            settings.sealWindow != 0 && settings.sealWindow <= MAX_SEAL_WINDOW,
            LoopCollectionSealWindowOutOfRange(settings.sealWindow, MAX_SEAL_WINDOW)
        );
        require(
            settings.royaltyBps <= MAX_ROYALTY_BPS,
            LoopCollectionRoyaltyTooHigh(settings.royaltyBps, MAX_ROYALTY_BPS)
        );

        REGISTRY = settings.registry;
        MAX_SUPPLY = settings.maxSupply;
        SEED_DELAY = settings.seedDelay;
        SEAL_WINDOW = settings.sealWindow;

        _setDefaultRoyalty(settings.royaltyReceiver, settings.royaltyBps);
        _setOwner(settings.admin);
        _setContractURI(settings.contractURI);
        _grantRole(DEFAULT_ADMIN_ROLE, settings.admin);
        _grantRole(OPERATOR_ROLE, settings.operator);
    }

    /* OPENING */

    /// @inheritdoc ILoopCollection
    function open(
        address to,
        bytes32 recipe,
        uint256 count,
        bytes32 conditions
    ) external onlyRole(OPERATOR_ROLE) returns (uint256 batch) {
        Totals current = _totals;
        uint256 left = MAX_SUPPLY - current.committed();
        require(to != address(0), ERC721InvalidReceiver(address(0)));
        require(count != 0 && count <= MAX_BATCH, LoopCollectionCountOutOfRange(count, MAX_BATCH));
        require(count <= left, LoopCollectionSupplyExceeded(count, left));
        uint256 number = REGISTRY.requireActive(recipe);

        batch = current.nextBatch();
        _totals = current.afterOpening(count);
        _heads[batch] = BatchHeadLib.opened(to, count, number, block.number);

        emit Opened(batch, recipe, to, count, conditions);
    }

    /* SEALING */

    /// @inheritdoc ILoopCollection
    function seal(uint256 batch, bytes32 root, bytes32 blockHash) external onlyRole(OPERATOR_ROLE) {
        BatchHead head = _requireOpen(batch);
        require(root != bytes32(0), LoopCollectionRootMissing(batch));
        _requireSeed(batch, head, blockHash);
        bytes32 recipe = REGISTRY.requireActiveAt(head.recipe());

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
            root: _roots[batch]
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

    function _requireOpen(uint256 batch) private view returns (BatchHead head) {
        head = _heads[batch];
        BatchStatus status = head.status();
        require(status == BatchStatus.Open, LoopCollectionBatchNotOpen(batch, status));
    }

    function _seedBlock(BatchHead head) private view returns (uint256) {
        return head.blockOrOrdinal() + SEED_DELAY;
    }

    /* TOKENS */

    /// @inheritdoc ILoopCollection
    function burn(uint256 tokenId) external {
        _update(address(0), tokenId, _msgSender());
    }

    /// @notice Where the metadata of a token lies: `ipfs://<CID of its batch directory>/<id>.json`.
    /// @dev Built from the root that the batch was sealed with, which nothing can move.
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);

        string memory directory = CidLib.toText(_roots[tokenId / IDS_PER_BATCH]);
        return string.concat("ipfs://", directory, "/", tokenId.toString(), ".json");
    }

    /* THE COLLECTION */

    /// @inheritdoc IERC5313
    function owner() external view returns (address) {
        return _owner;
    }

    /// @inheritdoc ILoopCollection
    function setOwner(address newOwner) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _setOwner(newOwner);
    }

    /// @inheritdoc IERC7572
    function contractURI() external view returns (string memory) {
        return _contractURI;
    }

    /// @inheritdoc ILoopCollection
    function setContractURI(string calldata newURI) external onlyRole(DEFAULT_ADMIN_ROLE) {
        _setContractURI(newURI);
    }

    /// @inheritdoc IERC165
    function supportsInterface(
        bytes4 interfaceId
    ) public view override(ERC721, ERC2981, AccessControl, IERC165) returns (bool) {
        return
            interfaceId == bytes4(0x49064906) || // ERC-4906 fixes this id: its interface has events only
            interfaceId == type(IERC5313).interfaceId ||
            interfaceId == type(IERC7572).interfaceId ||
            interfaceId == type(ILoopCollection).interfaceId ||
            super.supportsInterface(interfaceId);
    }

    function _setOwner(address newOwner) private {
        emit OwnershipTransferred(_owner, newOwner);
        _owner = newOwner;
    }

    function _setContractURI(string memory newURI) private {
        _contractURI = newURI;
        emit ContractURIUpdated();
    }
}
