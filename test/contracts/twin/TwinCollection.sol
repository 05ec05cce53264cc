// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC5313} from "@openzeppelin/contracts/interfaces/IERC5313.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {ADMIN_ROLE, GUARDIAN_ROLE, PARAMETER_ROLE} from "../../../contracts/access/Roles.sol";
import {IAttunement} from "../../../contracts/interfaces/IAttunement.sol";
import {ICreatorToken, ICreatorTokenLegacy, ITransferValidator} from "../../../contracts/interfaces/ICreatorToken.sol";
import {IEpochs} from "../../../contracts/interfaces/IEpochs.sol";
import {IERC7572} from "../../../contracts/interfaces/IERC7572.sol";
import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {ITermsInForce} from "../../../contracts/interfaces/ITermsInForce.sol";
import {BatchStatus} from "../../../contracts/types/BatchStatus.sol";
import {TwinEpochs} from "./TwinEpochs.sol";
import {TwinTokens} from "./TwinTokens.sol";

/// @title The collection without a packed word: structs, lists and mappings
contract TwinCollection is TwinEpochs {
    uint256 public constant MAX_BATCH = 5_000;
    uint256 public constant MAX_ROYALTY_BPS = 1_000;

    struct Royalty {
        address receiver;
        uint256 bps;
    }

    uint256 public immutable MAX_SUPPLY;
    uint256 public immutable SEED_DELAY;
    uint256 public immutable SEAL_WINDOW;

    uint256 private _seals;
    bool private _paused;
    uint256 private _worksPerDay;
    uint256 private _lastDay;
    mapping(uint256 day => uint256) private _spentOn;

    Royalty private _royalty;
    mapping(uint256 batch => Royalty) private _royaltyOf;
    Royalty[] private _offers;

    ForgeTerms private _terms;
    address public owner;
    string public contractURI;

    constructor(Settings memory settings) TwinTokens(settings) {
        MAX_SUPPLY = settings.maxSupply;
        SEED_DELAY = settings.seedDelay;
        SEAL_WINDOW = settings.sealWindow;
        _worksPerDay = settings.worksPerDay;
        _royalty = Royalty(settings.royaltyReceiver, settings.royaltyBps);
        owner = settings.owner;
        contractURI = settings.contractURI;
    }

    /* OPENING */

    function open(address to, bytes32 recipe, uint256 count, bytes32 conditions) public returns (uint256 batch) {
        uint256 number = REGISTRY.requireOpening(recipe, msg.sender);
        uint256 today = block.timestamp / 1 days;
        uint256 left = _spentOn[today] < _worksPerDay ? _worksPerDay - _spentOn[today] : 0;
        require(to != address(0), ERC721InvalidReceiver(address(0)));
        require(count >= 1 && count <= MAX_BATCH, LoopCollectionCountOutOfRange(count, MAX_BATCH));
        require(count <= left, LoopCollectionDailyLimitExceeded(count, left));
        require((uint256(conditions) >> 4) % 16 == 0, LoopCollectionGenerationForbidden(conditions));
        _requireInForce(conditions);

        batch = _openBatch(to, count, number, 0, 0);
        _lastDay = today;
        _spentOn[today] += count;
        emit Opened(batch, recipe, to, count, conditions);
    }

    function openWithRoyalty(
        address to,
        bytes32 recipe,
        uint256 count,
        bytes32 conditions,
        address receiver,
        uint256 bps
    ) external returns (uint256 batch) {
        batch = open(to, recipe, count, conditions);
        require(isRoyaltyOffered(receiver, bps), CollectionRoyaltyNotOffered(receiver, bps));

        _royaltyOf[batch] = Royalty(receiver, bps);
        emit BatchRoyaltyFixed(batch, receiver, bps);
    }

    function _openBatch(
        address to,
        uint256 count,
        uint256 recipe,
        uint256 generation,
        uint256 parents
    ) private returns (uint256 batch) {
        uint256 left = MAX_SUPPLY - totals().minted - totals().reserved;
        require(!_paused, LoopCollectionPaused());
        require(count <= left, LoopCollectionSupplyExceeded(count, left));

        batch = _batches.length;
        _batches.push(
            Batch({
                to: to,
                status: BatchStatus.Open,
                count: count,
                openBlock: block.number,
                sealOrdinal: 0,
                recipe: recipe,
                root: 0,
                generation: generation,
                parents: parents
            })
        );
    }

    /* FORGING */

    function forge(uint256[] calldata parents, ForgeTerms calldata terms) external returns (uint256 child) {
        require(_terms.parents != 0, LoopCollectionForgeClosed());
        require(keccak256(abi.encode(terms)) == keccak256(abi.encode(_terms)), LoopCollectionForgeTermsChanged());
        require(parents.length == terms.parents, LoopCollectionParentsMissing(parents.length, terms.parents));
        uint256 number = REGISTRY.requireActive(terms.recipe);
        uint256 lowest = 15;
        for (uint256 i = 0; i < parents.length; ++i) {
            lowest = Math.min(lowest, batchOf(parents[i] / IDS_PER_BATCH).generation);
        }
        require(lowest < 15, LoopCollectionGenerationTooHigh(15));

        child = _openBatch(msg.sender, 1, number, lowest + 1, parents.length);
        bytes32 conditions = bytes32(uint256(terms.conditions) + 16 * (lowest + 1));
        emit Opened(child, terms.recipe, msg.sender, 1, conditions);
        emit Forged(child, msg.sender, lowest + 1, parents);
        for (uint256 i = 0; i < parents.length; ++i) _lock(parents[i], msg.sender, child);
    }

    function forgeTerms() external view returns (ForgeTerms memory terms) {
        return _terms;
    }

    function setForgeTerms(ForgeTerms calldata terms) external {
        REGISTRY.requireRole(PARAMETER_ROLE, msg.sender);
        require(terms.parents != 1 && terms.parents <= 15, LoopCollectionParentsOutOfRange(terms.parents));
        require((uint256(terms.conditions) >> 4) % 16 == 0, LoopCollectionGenerationForbidden(terms.conditions));
        if (terms.parents != 0) _requireInForce(terms.conditions);

        _terms = terms;
        emit ForgeTermsChanged(terms.recipe, terms.conditions, terms.parents);
    }

    /* TERMS IN FORCE */

    function setTermsInForce(uint16 guardThreshold, uint16 oddsSensitivity, uint32 cadence) external {
        REGISTRY.requireRole(PARAMETER_ROLE, msg.sender);
        _inForce = TermsInForce(true, guardThreshold, oddsSensitivity, cadence);
        emit TermsInForceChanged(guardThreshold, oddsSensitivity, cadence);

        bytes32 conditions = _withTerms(_terms.conditions);
        if (_terms.parents == 0 || conditions == _terms.conditions) return;
        _terms.conditions = conditions;
        emit ForgeTermsChanged(_terms.recipe, conditions, _terms.parents);
    }

    function termsInForce() external view returns (TermsInForce memory terms) {
        return _inForce;
    }

    function _requireInForce(bytes32 conditions) private view {
        if (!_inForce.isSet) return;
        require(conditions == _withTerms(conditions), TermsNotInForce(conditions, _withTerms(conditions)));
    }

    /// @dev All but bytes 27 to 30, which are the two parameters.
    function _withTerms(bytes32 conditions) private view returns (bytes32) {
        bytes memory parameters = abi.encodePacked(_inForce.guardThreshold, _inForce.oddsSensitivity);
        return bytes32(abi.encodePacked(bytes27(conditions), parameters, uint8(uint256(conditions))));
    }

    /* SEALING AND ABANDONING */

    function seal(uint256 batch, bytes32 root, bytes32 blockHash) external {
        bytes32 recipe = _requireSealable(batch, root, blockHash);
        require(_batches[batch].parents == 0, LoopCollectionForged(batch));

        _seal(batch, recipe, root, blockHash);
    }

    function sealForged(uint256 child, bytes32 root, bytes32 blockHash, uint256[] calldata parents) external {
        bytes32 recipe = _requireSealable(child, root, blockHash);
        uint256 needed = _batches[child].parents;
        require(needed != 0, LoopCollectionNotForged(child));
        require(parents.length == needed, LoopCollectionParentsMissing(parents.length, needed));

        for (uint256 i = 0; i < needed; ++i) {
            require(_lockedFor[parents[i]] == child, ERC721BatchTokenNotLocked(parents[i], child));
            _move(parents[i], address(0));
        }
        _seal(child, recipe, root, blockHash);
    }

    function _requireSealable(uint256 batch, bytes32 root, bytes32 blockHash) private view returns (bytes32 recipe) {
        _requireOpen(batch);
        recipe = REGISTRY.requireSealing(_batches[batch].recipe, msg.sender);
        uint256 seedAt = _batches[batch].openBlock + SEED_DELAY;
        bytes32 actual = blockhash(seedAt); // the tests' chain has no history contract
        require(!_paused, LoopCollectionPaused());
        require(root != 0, LoopCollectionRootMissing(batch));
        require(block.number > seedAt, LoopCollectionSealTooEarly(batch, seedAt));
        require(block.number <= seedAt + SEAL_WINDOW, LoopCollectionSealTooLate(batch, seedAt + SEAL_WINDOW));
        require(actual != 0, LoopCollectionSeedHashUnavailable(batch, seedAt));
        require(actual == blockHash, LoopCollectionSeedHashMismatch(batch, blockHash, actual));
    }

    function _seal(uint256 batch, bytes32 recipe, bytes32 root, bytes32 blockHash) private {
        Batch storage info = _batches[batch];
        _seals += 1;
        info.status = BatchStatus.Sealed;
        info.openBlock = 0;
        info.sealOrdinal = _seals;
        info.root = root;

        emit Sealed(batch, recipe, root, blockHash, _seals);
        for (uint256 i = 0; i < info.count; ++i) _mint(info.to, batch * IDS_PER_BATCH + i);
    }

    function abandon(uint256 batch) external {
        _requireOpen(batch);
        uint256 last = sealDeadline(batch);
        require(block.number > last, LoopCollectionAbandonTooEarly(batch, last));

        _batches[batch].status = BatchStatus.Abandoned;
        emit Abandoned(batch, msg.sender);
    }

    function _requireOpen(uint256 batch) private view {
        BatchStatus status = batchOf(batch).status;
        require(status == BatchStatus.Open, LoopCollectionBatchNotOpen(batch, status));
    }

    /* BATCHES */

    function seedBlock(uint256 batch) public view returns (uint256 number) {
        BatchStatus status = batchOf(batch).status;
        bool known = status == BatchStatus.Open || status == BatchStatus.Abandoned;
        require(known, LoopCollectionBatchNotOpen(batch, status));
        return _batches[batch].openBlock + SEED_DELAY;
    }

    function sealDeadline(uint256 batch) public view returns (uint256 number) {
        return seedBlock(batch) + SEAL_WINDOW;
    }

    function totals() public view returns (Counts memory counts) {
        for (uint256 batch = 1; batch < _batches.length; ++batch) {
            Batch storage info = _batches[batch];
            counts.batches += 1;
            if (info.status == BatchStatus.Open) counts.reserved += info.count;
            if (info.status == BatchStatus.Abandoned) counts.abandoned += 1;
            if (info.status != BatchStatus.Sealed) continue;
            counts.seals += 1;
            counts.minted += info.count;
        }
    }

    /* LIMITS */

    function limits() external view returns (Limits memory info) {
        return Limits(_paused, _worksPerDay, _lastDay % 65_536, _spentOn[_lastDay]);
    }

    function pause() external {
        REGISTRY.requireRole(GUARDIAN_ROLE, msg.sender);
        _paused = true;
        emit Paused(msg.sender);
    }

    function unpause() external {
        REGISTRY.requireRole(ADMIN_ROLE, msg.sender);
        _paused = false;
        emit Unpaused(msg.sender);
    }

    function setWorksPerDay(uint256 limit) external {
        REGISTRY.requireRole(PARAMETER_ROLE, msg.sender);
        require(limit <= 16_777_215, LoopCollectionWorksPerDayTooHigh(limit, 16_777_215));
        _worksPerDay = limit;
        emit WorksPerDayChanged(limit);
    }

    /* ROYALTIES AND VALIDATOR */

    function setRoyalty(address receiver, uint256 bps) external {
        REGISTRY.requireRole(PARAMETER_ROLE, msg.sender);
        _requireRoyalty(receiver, bps);
        _royalty = Royalty(receiver, bps);
        emit RoyaltyChanged(receiver, bps);
    }

    function offerRoyalty(address receiver, uint256 bps, bool offered) external {
        REGISTRY.requireRole(PARAMETER_ROLE, msg.sender);
        bool before = isRoyaltyOffered(receiver, bps);
        if (offered && !before) _offers.push(Royalty(receiver, bps));
        for (uint256 i = 0; i < _offers.length && !offered; ++i) {
            if (_offers[i].receiver == receiver && _offers[i].bps == bps) delete _offers[i];
        }
        emit RoyaltyOffered(receiver, bps, offered);
    }

    function isRoyaltyOffered(address receiver, uint256 bps) public view returns (bool offered) {
        _requireRoyalty(receiver, bps);
        for (uint256 i = 0; i < _offers.length; ++i) {
            if (_offers[i].receiver == receiver && _offers[i].bps == bps) return true;
        }
        return false;
    }

    function royaltyInfo(uint256 tokenId, uint256 price) external view returns (address receiver, uint256 amount) {
        Royalty memory own = _royaltyOf[tokenId / IDS_PER_BATCH];
        if (own.receiver == address(0)) own = _royalty;
        return (own.receiver, Math.mulDiv(price, own.bps, 10_000));
    }

    function _requireRoyalty(address receiver, uint256 bps) private pure {
        require(receiver != address(0), CollectionRoyaltyReceiverMissing());
        require(bps <= MAX_ROYALTY_BPS, CollectionRoyaltyTooHigh(bps, MAX_ROYALTY_BPS));
    }

    function setTransferValidator(address newValidator) external {
        REGISTRY.requireRole(PARAMETER_ROLE, msg.sender);
        bool valid = newValidator == address(0) || newValidator.code.length > 0;
        require(valid, CreatorTokenInvalidValidator(newValidator));
        emit TransferValidatorUpdated(_validator, newValidator);
        _validator = newValidator;
    }

    /* THE COLLECTION */

    function setOwner(address newOwner) external {
        REGISTRY.requireRole(ADMIN_ROLE, msg.sender);
        emit OwnershipTransferred(owner, newOwner);
        owner = newOwner;
    }

    function setContractURI(string calldata newURI) external {
        REGISTRY.requireRole(ADMIN_ROLE, msg.sender);
        contractURI = newURI;
        emit ContractURIUpdated();
    }

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return
            id == type(IERC165).interfaceId ||
            id == type(IERC721).interfaceId ||
            id == type(IERC721Metadata).interfaceId ||
            id == 0x49064906 || // ERC-4906
            id == type(IERC2981).interfaceId ||
            id == type(IERC5313).interfaceId ||
            id == type(IERC7572).interfaceId ||
            id == type(ILoopCollection).interfaceId ||
            id == 0x06e1bc5b || // ERC-7160
            id == 0xaf332f3e || // ERC-7496
            id == type(IEpochs).interfaceId ||
            id == type(ITermsInForce).interfaceId ||
            id == IAttunement.attune.selector ^ IAttunement.attunementOf.selector ||
            id ==
                ICreatorTokenLegacy.getTransferValidator.selector ^ ICreatorTokenLegacy.setTransferValidator.selector ||
            id ==
                ICreatorTokenLegacy.getTransferValidator.selector ^
                    ICreatorTokenLegacy.setTransferValidator.selector ^
                    ICreatorToken.getTransferValidationFunction.selector;
    }
}
