// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC2981} from "@openzeppelin/contracts/token/common/ERC2981.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";
import {ERC721A} from "erc721a/contracts/ERC721A.sol";

import {IERC7572} from "../../../contracts/interfaces/IERC7572.sol";
import {ITransferValidator} from "../../../contracts/interfaces/ICreatorToken.sol";
import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";
import {CidLib} from "../../../contracts/libraries/CidLib.sol";
import {SeedBlockLib} from "../../../contracts/libraries/SeedBlockLib.sol";
import {BatchHead, BatchHeadLib} from "../../../contracts/types/BatchHead.sol";
import {BatchStatus} from "../../../contracts/types/BatchStatus.sol";
import {Totals, TotalsLib} from "../../../contracts/types/Totals.sol";

/// @title ERC721A 4.3 dressed as the collection: roles, opening, seed proof, seal, root, registry, cap, royalty, metadata
/// @dev For the gas table only, never deployed by the product. The same checks, words and events as the collection's; what
/// differs is who keeps the owners. ERC721A numbers tokens in one row, so a token finds its batch through the 24 bits of
/// extra data, handed over in transient storage.
contract DressedERC721A is ERC721A, ERC2981, IERC7572 {
    using Strings for uint256;

    uint256 private constant MAX_BATCH = 5_000;

    IRecipeRegistry public immutable REGISTRY;
    uint256 public immutable MAX_SUPPLY;
    uint256 public immutable SEED_DELAY;
    uint256 public immutable SEAL_WINDOW;

    Totals private _totals;
    address private _validator;
    mapping(uint256 batch => BatchHead) private _heads;
    mapping(uint256 batch => bytes32) private _roots;
    address public owner;
    string public contractURI;
    uint24 private transient _sealing;

    constructor(ILoopCollection.Settings memory settings) ERC721A(settings.name, settings.symbol) {
        REGISTRY = settings.registry;
        MAX_SUPPLY = settings.maxSupply;
        SEED_DELAY = settings.seedDelay;
        SEAL_WINDOW = settings.sealWindow;
        _totals = TotalsLib.start(settings.worksPerDay);
        owner = settings.owner;
        contractURI = settings.contractURI;
        _setDefaultRoyalty(settings.royaltyReceiver, uint96(settings.royaltyBps));
    }

    function open(address to, bytes32 recipe, uint256 count, bytes32 conditions) external returns (uint256 batch) {
        uint256 number = REGISTRY.requireOpening(recipe, msg.sender);
        Totals current = _totals;
        uint256 today = block.timestamp / 1 days;
        uint256 leftToday = current.leftOn(today);
        uint256 left = MAX_SUPPLY - current.committed();
        require(to != address(0), MintToZeroAddress());
        require(count != 0 && count <= MAX_BATCH, ILoopCollection.LoopCollectionCountOutOfRange(count, MAX_BATCH));
        require(count <= left, ILoopCollection.LoopCollectionSupplyExceeded(count, left));
        require(!current.paused(), ILoopCollection.LoopCollectionPaused());
        require(count <= leftToday, ILoopCollection.LoopCollectionDailyLimitExceeded(count, leftToday));

        batch = current.nextBatch();
        _totals = current.afterSpending(count, today).afterOpening(count);
        _heads[batch] = BatchHeadLib.opened(to, count, number, block.number);

        emit ILoopCollection.Opened(batch, recipe, to, count, conditions);
    }

    function seal(uint256 batch, bytes32 root, bytes32 blockHash) external {
        BatchHead head = _heads[batch];
        BatchStatus status = head.status();
        require(status == BatchStatus.Open, ILoopCollection.LoopCollectionBatchNotOpen(batch, status));
        require(root != bytes32(0), ILoopCollection.LoopCollectionRootMissing(batch));
        uint256 seedAt = seedBlock(batch);
        uint256 last = seedAt + SEAL_WINDOW;
        require(block.number > seedAt, ILoopCollection.LoopCollectionSealTooEarly(batch, seedAt));
        require(block.number <= last, ILoopCollection.LoopCollectionSealTooLate(batch, last));
        bytes32 actual = SeedBlockLib.hashOf(seedAt);
        require(actual != bytes32(0), ILoopCollection.LoopCollectionSeedHashUnavailable(batch, seedAt));
        require(actual == blockHash, ILoopCollection.LoopCollectionSeedHashMismatch(batch, blockHash, actual));
        bytes32 recipe = REGISTRY.requireSealing(head.recipe(), msg.sender);
        require(!_totals.paused(), ILoopCollection.LoopCollectionPaused());

        Totals current = _totals.afterSealing(head.count());
        uint256 ordinal = current.seals();
        _totals = current;
        _roots[batch] = root;
        _heads[batch] = head.sealedAs(ordinal);

        emit ILoopCollection.Sealed(batch, recipe, root, blockHash, ordinal);
        _sealing = uint24(batch);
        _mint(head.recipient(), head.count());
    }

    function seedBlock(uint256 batch) public view returns (uint256) {
        return _heads[batch].blockOrOrdinal() + SEED_DELAY;
    }

    function burn(uint256 tokenId) external {
        _burn(tokenId, true);
    }

    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        string memory directory = CidLib.toText(_roots[_ownershipOf(tokenId).extraData]);
        return string.concat("ipfs://", directory, "/", tokenId.toString(), ".json");
    }

    function supportsInterface(bytes4 id) public view override(ERC721A, ERC2981) returns (bool) {
        return
            id == bytes4(0x49064906) ||
            id == type(IERC7572).interfaceId ||
            ERC721A.supportsInterface(id) ||
            ERC2981.supportsInterface(id);
    }

    function _beforeTokenTransfers(address from, address to, uint256 tokenId, uint256) internal view override {
        if (from == address(0) || to == address(0)) return;

        address validator = _validator;
        if (validator != address(0)) ITransferValidator(validator).validateTransfer(msg.sender, from, to, tokenId);
    }

    function _extraData(address from, address, uint24 previous) internal view override returns (uint24) {
        return from == address(0) ? _sealing : previous;
    }

    function _startTokenId() internal pure override returns (uint256) {
        return 1;
    }
}
