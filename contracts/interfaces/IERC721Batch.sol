// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title Tokens that come in batches and can be locked for a child
interface IERC721Batch {
    /// @notice Emitted when a token is locked until batch `child` is sealed or abandoned. There is no event of unlocking:
    /// the batch's own event is one.
    event Locked(uint256 indexed tokenId, uint256 indexed child);

    /// @notice The token is to be burned for batch `child` and cannot move before that batch is abandoned.
    error ERC721BatchTokenLocked(uint256 tokenId, uint256 child);

    /// @notice The token is not locked for batch `child`.
    error ERC721BatchTokenNotLocked(uint256 tokenId, uint256 child);

    /// @notice The batch that a token is locked for.
    /// @param tokenId A token that exists.
    /// @return child Zero if it is free.
    function lockOf(uint256 tokenId) external view returns (uint256 child);
}
