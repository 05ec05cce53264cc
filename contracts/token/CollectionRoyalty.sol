// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";

import {Governed} from "../access/Governed.sol";
import {PARAMETER_ROLE} from "../access/Roles.sol";
import {ICollectionRoyalty} from "../interfaces/ICollectionRoyalty.sol";
import {Royalty, RoyaltyLib} from "../types/Royalty.sol";

/// @title CollectionRoyalty
/// @notice See {ICollectionRoyalty}.
/// @dev Not OpenZeppelin's ERC2981: that one keeps a royalty for each token, not for a batch.
abstract contract CollectionRoyalty is ICollectionRoyalty, IERC2981, Governed {
    uint256 public constant MAX_ROYALTY_BPS = 1_000; // 10 %

    Royalty private _royalty;
    mapping(uint256 batch => Royalty) private _batchRoyalty;
    mapping(Royalty royalty => bool) private _offered;

    constructor(address receiver, uint256 bps) {
        _setRoyalty(receiver, bps);
    }

    /// @inheritdoc ICollectionRoyalty
    function setRoyalty(address receiver, uint256 bps) external onlyRole(PARAMETER_ROLE) {
        _setRoyalty(receiver, bps);
    }

    /// @inheritdoc ICollectionRoyalty
    function offerRoyalty(address receiver, uint256 bps, bool offered) external onlyRole(PARAMETER_ROLE) {
        _offered[_pack(receiver, bps)] = offered;

        emit RoyaltyOffered(receiver, bps, offered);
    }

    /// @inheritdoc ICollectionRoyalty
    function isRoyaltyOffered(address receiver, uint256 bps) external view returns (bool offered) {
        return _offered[_pack(receiver, bps)];
    }

    /// @inheritdoc IERC2981
    function royaltyInfo(
        uint256 tokenId,
        uint256 salePrice
    ) external view returns (address receiver, uint256 royaltyAmount) {
        Royalty royalty = _batchRoyalty[_batchOf(tokenId)];
        if (!royalty.isSet()) royalty = _royalty;

        return (royalty.receiver(), royalty.shareOf(salePrice));
    }

    /// @dev The batch that a token belongs to.
    function _batchOf(uint256 tokenId) internal pure virtual returns (uint256);

    function _fixRoyalty(uint256 batch, address receiver, uint256 bps) internal {
        Royalty royalty = _pack(receiver, bps);
        require(_offered[royalty], CollectionRoyaltyNotOffered(receiver, bps));

        _batchRoyalty[batch] = royalty;

        emit BatchRoyaltyFixed(batch, receiver, bps);
    }

    function _setRoyalty(address receiver, uint256 bps) private {
        _royalty = _pack(receiver, bps);

        emit RoyaltyChanged(receiver, bps);
    }

    function _pack(address receiver, uint256 bps) private pure returns (Royalty) {
        require(receiver != address(0), CollectionRoyaltyReceiverMissing());
        require(bps <= MAX_ROYALTY_BPS, CollectionRoyaltyTooHigh(bps, MAX_ROYALTY_BPS));

        return RoyaltyLib.pack(receiver, bps);
    }
}
