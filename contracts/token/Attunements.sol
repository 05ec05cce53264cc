// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAttunement} from "../interfaces/IAttunement.sol";
import {IERC7496} from "../interfaces/IERC7496.sol";
import {Dials, DialsLib} from "../types/Dials.sol";
import {ATTUNEMENT_TRAIT} from "../types/TraitKeys.sol";
import {ERC721Batch} from "./ERC721Batch.sol";

/// @title Attunements
/// @notice See {IAttunement}.
/// @dev A word of its own per work, written at the first act: most works are never attuned. It goes with the work; nobody
/// can read or turn it once the work is burned.
abstract contract Attunements is IAttunement, ERC721Batch {
    mapping(uint256 tokenId => Dials) private _dials;

    /// @inheritdoc IAttunement
    function attune(uint256 tokenId, uint256 act) external {
        address by = _msgSender();
        _checkAuthorized(_ownerOf(tokenId), by, tokenId);
        Dials dials = _dials[tokenId];
        require(act < DialsLib.ACTS, AttunementUnknownAct(act));
        require(!dials.isAtEnd(act), AttunementAtEnd(tokenId, act));

        dials = dials.afterAct(act);
        _dials[tokenId] = dials;

        uint256 attunement = Dials.unwrap(dials);
        emit Attuned(tokenId, by, act, attunement);
        emit IERC7496.TraitUpdated(ATTUNEMENT_TRAIT, tokenId, bytes32(attunement));
    }

    /// @inheritdoc IAttunement
    function attunementOf(uint256 tokenId) public view returns (uint256 attunement) {
        _requireOwned(tokenId);

        return Dials.unwrap(_dials[tokenId]);
    }
}
