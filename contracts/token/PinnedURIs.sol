// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {IEpochs} from "../interfaces/IEpochs.sol";
import {IERC7160} from "../interfaces/IERC7160.sol";
import {IERC7496} from "../interfaces/IERC7496.sol";
import {CidLib} from "../libraries/CidLib.sol";
import {TokenWord} from "../types/TokenWord.sol";
import {EPOCH_TRAIT} from "../types/TraitKeys.sol";
import {BatchLifecycle} from "./BatchLifecycle.sol";
import {EpochList} from "./EpochList.sol";

/// @title PinnedURIs
/// @notice What a work shows, see {IEpochs}, and how its holder keeps it at an epoch, see {IERC7160}.
/// @dev A pin lies in the token's own word: it goes with the work from holder to holder, and ends when the work is burned.
abstract contract PinnedURIs is IERC7160, EpochList, BatchLifecycle {
    using Strings for uint256;

    /// @dev Zero follows, so genesis needs a name of its own.
    uint256 private constant GENESIS_PIN = type(uint16).max;

    /* PINNING */

    /// @inheritdoc IERC7160
    function pinTokenURI(uint256 tokenId, uint256 index) external {
        TokenWord word = _requireHeld(tokenId, _msgSender());
        if (index != 0) _requireCovering(index, tokenId);

        _setPin(tokenId, word, _msgSender(), index == 0 ? GENESIS_PIN : index);

        emit TokenUriPinned(tokenId, index);
        _emitChanged(tokenId, index);
    }

    /// @inheritdoc IERC7160
    function unpinTokenURI(uint256 tokenId) external {
        TokenWord word = _requireHeld(tokenId, _msgSender());

        _setPin(tokenId, word, _msgSender(), 0);

        emit TokenUriUnpinned(tokenId);
        _emitChanged(tokenId, _epochOf(tokenId));
    }

    /// @inheritdoc IERC7160
    function hasPinnedTokenURI(uint256 tokenId) external view returns (bool pinned) {
        _requireOwned(tokenId);

        return _pinOf(tokenId) != 0;
    }

    /* WHAT A WORK SHOWS */

    /// @inheritdoc IEpochs
    function epochOf(uint256 tokenId) external view returns (uint256 epoch) {
        _requireOwned(tokenId);

        return _epochOf(tokenId);
    }

    /// @dev As {IEpochs} says: the pin while its epoch stands, else the newest sound epoch if it covers, else genesis.
    function _epochOf(uint256 tokenId) internal view returns (uint256 epoch) {
        uint256 pin = _pinOf(tokenId);
        if (pin == GENESIS_PIN) return 0;
        if (pin != 0 && !_isVoided(pin)) return pin;

        epoch = _shown();
        if (!_covers(epoch, _ordinalOf(tokenId))) epoch = 0;
    }

    /// @inheritdoc IEpochs
    function tokenURIAt(uint256 tokenId, uint256 epoch) external view returns (string memory uri) {
        _requireOwned(tokenId);
        if (epoch != 0) _requireCovering(epoch, tokenId);

        return _uriAt(tokenId, epoch);
    }

    /// @inheritdoc IERC7160
    function tokenURIs(uint256 tokenId) external view returns (uint256 index, string[] memory uris, bool pinned) {
        _requireOwned(tokenId);
        uint256 ordinal = _ordinalOf(tokenId);

        uris = new string[](_newest() + 1);
        for (uint256 epoch = 0; epoch < uris.length; ++epoch) {
            bool stands = _covers(epoch, ordinal) && !_isVoided(epoch);
            uris[epoch] = _uriAt(tokenId, stands ? epoch : 0);
        }
        return (_epochOf(tokenId), uris, _pinOf(tokenId) != 0);
    }

    /// @dev Built from roots that nothing can move.
    function _uriAt(uint256 tokenId, uint256 epoch) internal view returns (string memory) {
        uint256 batch = _batchOf(tokenId);
        string memory directory =
            epoch == 0
                ? CidLib.toText(_roots[batch])
                : string.concat(CidLib.toText(_epochRoot(epoch)), "/", batch.toString());

        return string.concat("ipfs://", directory, "/", tokenId.toString(), ".json");
    }

    function _ordinalOf(uint256 tokenId) private view returns (uint256) {
        return _heads[_batchOf(tokenId)].blockOrOrdinal();
    }

    function _requireCovering(uint256 epoch, uint256 tokenId) private view {
        _requireSound(epoch);
        require(_covers(epoch, _ordinalOf(tokenId)), EpochDoesNotCover(epoch, tokenId));
    }

    function _emitChanged(uint256 tokenId, uint256 epoch) private {
        emit MetadataUpdate(tokenId);
        emit IERC7496.TraitUpdated(EPOCH_TRAIT, tokenId, bytes32(epoch));
    }
}
