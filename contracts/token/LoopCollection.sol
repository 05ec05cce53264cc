// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC5313} from "@openzeppelin/contracts/interfaces/IERC5313.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {Governed} from "../access/Governed.sol";
import {ADMIN_ROLE, PARAMETER_ROLE} from "../access/Roles.sol";
import {IAttunement} from "../interfaces/IAttunement.sol";
import {ICreatorToken, ICreatorTokenLegacy} from "../interfaces/ICreatorToken.sol";
import {IEpochs} from "../interfaces/IEpochs.sol";
import {IERC7160} from "../interfaces/IERC7160.sol";
import {IERC7496} from "../interfaces/IERC7496.sol";
import {IERC7572} from "../interfaces/IERC7572.sol";
import {ILoopCollection} from "../interfaces/ILoopCollection.sol";
import {ITermsInForce} from "../interfaces/ITermsInForce.sol";
import {BatchHead, BatchHeadLib} from "../types/BatchHead.sol";
import {Terms} from "../types/Terms.sol";
import {Totals} from "../types/Totals.sol";
import {BatchLifecycle} from "./BatchLifecycle.sol";
import {CollectionRoyalty} from "./CollectionRoyalty.sol";
import {CreatorToken} from "./CreatorToken.sol";
import {DynamicTraits} from "./DynamicTraits.sol";
import {ERC721Batch} from "./ERC721Batch.sol";

/// @title LoopCollection
/// @notice See {ILoopCollection}: who opens and seals, and what a token answers.
/// @dev The registry, the oracle, the transfer validator and the protocol's history contract are only ever asked, by STATICCALL, so
/// none can enter again or change anything: they are checks, not interactions.
contract LoopCollection is DynamicTraits, CreatorToken, CollectionRoyalty, IERC5313, IERC7572 {
    /// @dev A transaction may use 16,777,216 gas (EIP-7825); 5,000 tokens need about 10 million.
    uint256 public constant MAX_BATCH = 5_000;
    uint256 private constant MAX_GENERATION = 15;
    uint256 private constant MAX_PARENTS = 15;

    /// @dev The bits of the conditions that hold a child's generation; zero for what the operator opens.
    uint256 private constant GENERATION_BITS = 0xf0;
    uint256 private constant GENERATION_AT = 4;

    ForgeTerms private _terms;
    address private _owner;
    string private _contractURI;

    constructor(
        Settings memory settings
    )
        ERC721(settings.name, settings.symbol)
        Governed(settings.registry)
        BatchLifecycle(settings)
        CollectionRoyalty(settings.royaltyReceiver, settings.royaltyBps)
    {
        _setOwner(settings.owner);
        _setContractURI(settings.contractURI);
    }

    /* OPENING */

    /// @inheritdoc ILoopCollection
    function open(address to, bytes32 recipe, uint256 count, bytes32 conditions) external returns (uint256 batch) {
        return _open(to, recipe, count, conditions);
    }

    /// @inheritdoc ILoopCollection
    function openWithRoyalty(
        address to,
        bytes32 recipe,
        uint256 count,
        bytes32 conditions,
        address receiver,
        uint256 bps
    ) external returns (uint256 batch) {
        batch = _open(to, recipe, count, conditions);
        _fixRoyalty(batch, receiver, bps);
    }

    function _open(address to, bytes32 recipe, uint256 count, bytes32 conditions) private returns (uint256 batch) {
        uint256 number = REGISTRY.requireOpening(recipe, msg.sender);
        Totals current = _totals;
        uint256 today = block.timestamp / 1 days;
        uint256 left = current.leftOn(today);
        require(to != address(0), ERC721InvalidReceiver(address(0)));
        require(count != 0 && count <= MAX_BATCH, LoopCollectionCountOutOfRange(count, MAX_BATCH));
        require(count <= left, LoopCollectionDailyLimitExceeded(count, left));
        require(uint256(conditions) & GENERATION_BITS == 0, LoopCollectionGenerationForbidden(conditions));
        _requireInForce(conditions);

        BatchHead head = BatchHeadLib.opened(to, count, number, block.number);
        batch = _openBatch(current.afterSpending(count, today), count, head);

        emit Opened(batch, recipe, to, count, conditions);
    }

    /* FORGING */

    /// @inheritdoc ILoopCollection
    function forge(uint256[] calldata parents, ForgeTerms calldata terms) external returns (uint256 child) {
        ForgeTerms memory current = _terms;
        uint256 needed = current.parents;
        require(needed != 0, LoopCollectionForgeClosed());
        require(
            terms.parents == needed && terms.recipe == current.recipe && terms.conditions == current.conditions,
            LoopCollectionForgeTermsChanged()
        );
        require(parents.length == needed, LoopCollectionParentsMissing(parents.length, needed));
        uint256 number = REGISTRY.requireActive(current.recipe);
        uint256 generation = _childGeneration(parents);

        BatchHead head = BatchHeadLib.opened(msg.sender, 1, number, block.number).forged(generation, needed);
        child = _openBatch(_totals, 1, head);

        bytes32 conditions = bytes32(uint256(current.conditions) | (generation << GENERATION_AT));
        emit Opened(child, current.recipe, msg.sender, 1, conditions);
        emit Forged(child, msg.sender, generation, parents);
        for (uint256 i = 0; i < needed; ++i) {
            _lock(parents[i], msg.sender, child);
        }
    }

    /// @dev One more than the lowest: a work of a high generation does not lift others.
    function _childGeneration(uint256[] calldata parents) private view returns (uint256 generation) {
        generation = MAX_GENERATION;
        for (uint256 i = 0; i < parents.length; ++i) {
            uint256 own = _heads[_batchOf(parents[i])].generation();
            if (own < generation) generation = own;
        }
        require(generation != MAX_GENERATION, LoopCollectionGenerationTooHigh(MAX_GENERATION));

        return generation + 1;
    }

    /// @inheritdoc ILoopCollection
    function forgeTerms() external view returns (ForgeTerms memory terms) {
        return _terms;
    }

    /// @inheritdoc ILoopCollection
    function setForgeTerms(ForgeTerms calldata terms) external onlyRole(PARAMETER_ROLE) {
        require(terms.parents != 1 && terms.parents <= MAX_PARENTS, LoopCollectionParentsOutOfRange(terms.parents));
        require(uint256(terms.conditions) & GENERATION_BITS == 0, LoopCollectionGenerationForbidden(terms.conditions));
        if (terms.parents != 0) _requireInForce(terms.conditions);

        _terms = terms;

        emit ForgeTermsChanged(terms.recipe, terms.conditions, terms.parents);
    }

    /// @dev An open forge goes on with the new terms; holders agree to them anew.
    function _afterTermsChanged(Terms terms) internal override {
        super._afterTermsChanged(terms);
        ForgeTerms memory current = _terms;
        bytes32 conditions = terms.applied(current.conditions);
        if (current.parents == 0 || conditions == current.conditions) return;
        _terms.conditions = conditions;

        emit ForgeTermsChanged(current.recipe, conditions, current.parents);
    }

    /* SEALING */

    /// @inheritdoc ILoopCollection
    function seal(uint256 batch, bytes32 root, bytes32 blockHash) external {
        BatchHead head = _requireOpen(batch);
        bytes32 recipe = _requireSealable(batch, head, root, blockHash);
        require(head.parents() == 0, LoopCollectionForged(batch));

        _sealBatch(batch, head, recipe, root, blockHash);
    }

    /// @inheritdoc ILoopCollection
    function sealForged(uint256 child, bytes32 root, bytes32 blockHash, uint256[] calldata parents) external {
        BatchHead head = _requireOpen(child);
        bytes32 recipe = _requireSealable(child, head, root, blockHash);
        uint256 needed = head.parents();
        require(needed != 0, LoopCollectionNotForged(child));
        require(parents.length == needed, LoopCollectionParentsMissing(parents.length, needed));

        for (uint256 i = 0; i < needed; ++i) {
            _burnLocked(parents[i], child);
        }
        _sealBatch(child, head, recipe, root, blockHash);
    }

    /* TOKENS */

    /// @inheritdoc ILoopCollection
    function burn(uint256 tokenId) external {
        _update(address(0), tokenId, _msgSender());
    }

    /// @notice Where the metadata of a token lies now: `ipfs://<CID of its batch directory>/<id>.json` at genesis,
    /// `ipfs://<CID of the epoch's directory>/<batch>/<id>.json` at an epoch, see {IEpochs}.
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);

        return _uriAt(tokenId, _epochOf(tokenId));
    }

    function _batchOf(uint256 tokenId) internal pure override(ERC721Batch, CollectionRoyalty) returns (uint256) {
        return ERC721Batch._batchOf(tokenId);
    }

    /* THE COLLECTION */

    /// @inheritdoc IERC5313
    function owner() external view returns (address) {
        return _owner;
    }

    /// @inheritdoc ILoopCollection
    function setOwner(address newOwner) external onlyRole(ADMIN_ROLE) {
        _setOwner(newOwner);
    }

    /// @inheritdoc IERC7572
    function contractURI() external view returns (string memory) {
        return _contractURI;
    }

    /// @inheritdoc ILoopCollection
    function setContractURI(string calldata newURI) external onlyRole(ADMIN_ROLE) {
        _setContractURI(newURI);
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        return
            interfaceId == bytes4(0x49064906) || // ERC-4906 fixes this id: its interface has events only
            interfaceId == type(IERC2981).interfaceId ||
            interfaceId == type(IERC5313).interfaceId ||
            interfaceId == type(IERC7572).interfaceId ||
            interfaceId == type(ILoopCollection).interfaceId ||
            interfaceId == type(IEpochs).interfaceId ||
            interfaceId == type(ITermsInForce).interfaceId ||
            interfaceId == type(IAttunement).interfaceId ||
            interfaceId == type(IERC7160).interfaceId ||
            interfaceId == type(IERC7496).interfaceId ||
            interfaceId == type(ICreatorTokenLegacy).interfaceId ||
            interfaceId == type(ICreatorToken).interfaceId ^ type(ICreatorTokenLegacy).interfaceId ||
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
