// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";

import {ADMIN_ROLE, GUARDIAN_ROLE, PUBLISHER_ROLE} from "../../../contracts/access/Roles.sol";
import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {TwinTokens} from "./TwinTokens.sol";

/// @title Epochs as a list that every question walks through, pins and dials as plain numbers
abstract contract TwinEpochs is TwinTokens {
    struct Pin {
        bool pinned;
        uint256 epoch;
    }

    IMarketOracle public oracle;
    TermsInForce internal _inForce;
    Epoch[] private _list; // number - 1
    mapping(uint256 tokenId => Pin) private _pins;
    mapping(uint256 tokenId => int256[4]) private _dials;

    /* EPOCHS */

    function evolve(bytes32 root, uint256 round) external returns (uint256 epoch) {
        REGISTRY.requireRole(PUBLISHER_ROLE, msg.sender);
        (uint256 count, , uint256 lastRound) = epochs();
        require(root != 0, EpochRootMissing());
        require(round > lastRound, EpochRoundNotNewer(round, lastRound));
        if (_inForce.cadence != 0 && count != 0) {
            uint256 earliest = _list[count - 1].time + _inForce.cadence;
            require(block.timestamp >= earliest, EpochBeforeCadence(earliest));
        }
        require(address(oracle) != address(0), EpochOracleMissing());
        (uint256 acceptedIn, uint256 covered) = oracle.acceptedAt(round);
        require(acceptedIn != block.number, EpochTooEarly(round, acceptedIn));
        uint256 before = count == 0 ? 0 : _list[count - 1].covered;
        require(covered >= before, EpochCoversLess(covered, before));

        _list.push(Epoch(root, round, covered, block.timestamp, false));
        epoch = _list.length;
        emit Evolved(epoch, round, root, address(oracle), covered);
        _allChanged();
    }

    function voidEpoch(uint256 epoch) external {
        IAccessControl jobs = IAccessControl(address(REGISTRY));
        bool may = jobs.hasRole(GUARDIAN_ROLE, msg.sender) || jobs.hasRole(ADMIN_ROLE, msg.sender);
        require(may, EpochUnauthorizedVoider(msg.sender));
        _requireSound(epoch);

        _list[epoch - 1].voided = true;
        (, uint256 shown, ) = epochs();
        emit EpochVoided(epoch, msg.sender, shown);
        _allChanged();
    }

    function setOracle(IMarketOracle newOracle) external {
        REGISTRY.requireRole(ADMIN_ROLE, msg.sender);
        emit OracleChanged(address(oracle), address(newOracle));
        oracle = newOracle;
    }

    function epochs() public view returns (uint256 count, uint256 shown, uint256 lastRound) {
        count = _list.length;
        for (uint256 i = 0; i < count; ++i) if (!_list[i].voided) shown = i + 1;
        if (count != 0) lastRound = _list[count - 1].round;
    }

    function epochAt(uint256 epoch) public view returns (Epoch memory info) {
        require(epoch >= 1 && epoch <= _list.length, EpochUnknown(epoch));
        return _list[epoch - 1];
    }

    function _requireSound(uint256 epoch) private view {
        require(!epochAt(epoch).voided, EpochIsVoided(epoch));
    }

    function _allChanged() private {
        emit IERC4906.BatchMetadataUpdate(0, type(uint256).max);
        emit TraitUpdatedRange(keccak256("epoch"), 0, type(uint256).max);
    }

    /* PINS */

    function pinTokenURI(uint256 tokenId, uint256 index) external {
        _requireHolder(tokenId);
        if (index != 0) _requireCovering(tokenId, index);
        _pins[tokenId] = Pin(true, index);
        emit TokenUriPinned(tokenId, index);
        _changed(tokenId);
    }

    function unpinTokenURI(uint256 tokenId) external {
        _requireHolder(tokenId);
        _pins[tokenId] = Pin(false, 0);
        emit TokenUriUnpinned(tokenId);
        _changed(tokenId);
    }

    function hasPinnedTokenURI(uint256 tokenId) public view returns (bool) {
        ownerOf(tokenId);
        return _pins[tokenId].pinned;
    }

    function epochOf(uint256 tokenId) public view returns (uint256 epoch) {
        ownerOf(tokenId);
        Pin memory pin = _pins[tokenId];
        if (pin.pinned && (pin.epoch == 0 || !epochAt(pin.epoch).voided)) return pin.epoch;

        (, epoch, ) = epochs();
        if (epoch != 0 && !_covers(tokenId, epoch)) epoch = 0;
    }

    function tokenURI(uint256 tokenId) external view returns (string memory) {
        ownerOf(tokenId);
        return _uri(tokenId, epochOf(tokenId));
    }

    function tokenURIAt(uint256 tokenId, uint256 epoch) external view returns (string memory) {
        ownerOf(tokenId);
        if (epoch != 0) _requireCovering(tokenId, epoch);
        return _uri(tokenId, epoch);
    }

    function tokenURIs(uint256 tokenId) external view returns (uint256 index, string[] memory uris, bool pinned) {
        ownerOf(tokenId);
        uris = new string[](_list.length + 1);
        uris[0] = _uri(tokenId, 0);
        for (uint256 epoch = 1; epoch <= _list.length; ++epoch) {
            bool stands = !_list[epoch - 1].voided && _covers(tokenId, epoch);
            uris[epoch] = stands ? _uri(tokenId, epoch) : uris[0];
        }
        return (epochOf(tokenId), uris, _pins[tokenId].pinned);
    }

    function _requireHolder(uint256 tokenId) private view {
        address actual = ownerOf(tokenId);
        require(actual == msg.sender, ERC721IncorrectOwner(msg.sender, tokenId, actual));
    }

    function _covers(uint256 tokenId, uint256 epoch) private view returns (bool) {
        return batchOf(tokenId / IDS_PER_BATCH).sealOrdinal <= epochAt(epoch).covered;
    }

    function _requireCovering(uint256 tokenId, uint256 epoch) private view {
        _requireSound(epoch);
        require(_covers(tokenId, epoch), EpochDoesNotCover(epoch, tokenId));
    }

    function _changed(uint256 tokenId) private {
        emit IERC4906.MetadataUpdate(tokenId);
        emit TraitUpdated(keccak256("epoch"), tokenId, bytes32(epochOf(tokenId)));
    }

    function _uri(uint256 tokenId, uint256 epoch) private view returns (string memory) {
        if (epoch == 0) return _uriIn(_batches[tokenId / IDS_PER_BATCH].root, tokenId, false);
        return _uriIn(epochAt(epoch).root, tokenId, true);
    }

    /* DIALS */

    function attune(uint256 tokenId, uint256 act) external {
        _requireMay(tokenId);
        require(act < 8, AttunementUnknownAct(act));
        int256[4] storage dials = _dials[tokenId];
        int256 turned = act % 2 == 0 ? dials[act / 2] - 1 : dials[act / 2] + 1;
        require(turned >= -8 && turned <= 8, AttunementAtEnd(tokenId, act));

        dials[act / 2] = turned;
        emit Attuned(tokenId, msg.sender, act, attunementOf(tokenId));
        emit TraitUpdated(keccak256("attunement"), tokenId, bytes32(attunementOf(tokenId)));
    }

    function attunementOf(uint256 tokenId) public view returns (uint256 attunement) {
        ownerOf(tokenId);
        for (uint256 i = 4; i > 0; --i) {
            int256 dial = _dials[tokenId][i - 1];
            attunement = attunement * 256 + uint256(dial < 0 ? dial + 256 : dial);
        }
    }

    /* TRAITS */

    function getTraitValue(uint256 tokenId, bytes32 traitKey) public view returns (bytes32) {
        ownerOf(tokenId);
        if (traitKey == keccak256("epoch")) return bytes32(epochOf(tokenId));
        if (traitKey == keccak256("generation")) return bytes32(batchOf(tokenId / IDS_PER_BATCH).generation);
        if (traitKey == keccak256("batch")) return bytes32(tokenId / IDS_PER_BATCH);
        require(traitKey == keccak256("attunement"), TraitKeyUnknown(traitKey));
        return bytes32(attunementOf(tokenId));
    }

    function getTraitValues(
        uint256 tokenId,
        bytes32[] calldata traitKeys
    ) external view returns (bytes32[] memory all) {
        ownerOf(tokenId);
        all = new bytes32[](traitKeys.length);
        for (uint256 i = 0; i < traitKeys.length; ++i) all[i] = getTraitValue(tokenId, traitKeys[i]);
    }

    function getTraitMetadataURI() external pure returns (string memory) {
        return "";
    }

    function setTrait(uint256, bytes32 traitKey, bytes32) external pure {
        revert DynamicTraitsNotSettable(traitKey);
    }
}
