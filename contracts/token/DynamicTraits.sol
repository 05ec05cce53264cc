// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC7496} from "../interfaces/IERC7496.sol";
import {ATTUNEMENT_TRAIT, BATCH_TRAIT, EPOCH_TRAIT, GENERATION_TRAIT} from "../types/TraitKeys.sol";
import {Attunements} from "./Attunements.sol";
import {PinnedURIs} from "./PinnedURIs.sol";

/// @title DynamicTraits
/// @notice See {IERC7496}: nothing is kept for it, each trait is read from where it lies.
/// @dev `validateOnSale` asks marketplaces to refuse a sale if the dials were turned after the offer. The events come from
/// where a trait changes; batch and generation never do.
abstract contract DynamicTraits is IERC7496, PinnedURIs, Attunements {
    string private constant METADATA =
        'data:application/json;utf8,{"traits":{'
        '"epoch":{"displayName":"Epoch","dataType":{"type":"decimal"}},'
        '"generation":{"displayName":"Generation","dataType":{"type":"decimal"}},'
        '"batch":{"displayName":"Batch","dataType":{"type":"decimal"}},'
        '"attunement":{"displayName":"Attunement","dataType":{"type":"decimal"},"validateOnSale":"requireEq"}}}';

    /// @inheritdoc IERC7496
    function getTraitValue(uint256 tokenId, bytes32 traitKey) external view returns (bytes32 traitValue) {
        _requireOwned(tokenId);

        return bytes32(_traitOf(tokenId, traitKey));
    }

    /// @inheritdoc IERC7496
    function getTraitValues(
        uint256 tokenId,
        bytes32[] calldata traitKeys
    ) external view returns (bytes32[] memory traitValues) {
        _requireOwned(tokenId);

        traitValues = new bytes32[](traitKeys.length);
        for (uint256 i = 0; i < traitKeys.length; ++i) traitValues[i] = bytes32(_traitOf(tokenId, traitKeys[i]));
    }

    /// @inheritdoc IERC7496
    function getTraitMetadataURI() external pure returns (string memory uri) {
        return METADATA;
    }

    /// @inheritdoc IERC7496
    function setTrait(uint256, bytes32 traitKey, bytes32) external pure {
        revert DynamicTraitsNotSettable(traitKey);
    }

    function _traitOf(uint256 tokenId, bytes32 traitKey) private view returns (uint256) {
        if (traitKey == EPOCH_TRAIT) return _epochOf(tokenId);
        if (traitKey == GENERATION_TRAIT) return _heads[_batchOf(tokenId)].generation();
        if (traitKey == BATCH_TRAIT) return _batchOf(tokenId);
        if (traitKey == ATTUNEMENT_TRAIT) return attunementOf(tokenId);

        revert TraitKeyUnknown(traitKey);
    }
}
