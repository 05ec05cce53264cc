// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title ERC-7160: multi-metadata extension
/// @notice A work has one URI for genesis and one for each epoch; its holder may pin one. The index of a URI is the number
/// of the epoch, which never changes; where an epoch does not cover the work or was voided, its URI is the one of genesis.
interface IERC7160 {
    /// @notice Emitted when the holder pins an index.
    event TokenUriPinned(uint256 indexed tokenId, uint256 indexed index);

    /// @notice Emitted when the holder lets go.
    event TokenUriUnpinned(uint256 indexed tokenId);

    /// @notice All URIs of a work.
    /// @param tokenId A work that exists.
    /// @return index The one that is shown now.
    /// @return uris Genesis first, then each epoch.
    /// @return pinned Whether the holder pinned it.
    function tokenURIs(uint256 tokenId) external view returns (uint256 index, string[] memory uris, bool pinned);

    /// @notice Pins an index. By the holder only.
    /// @param tokenId A work of the caller's.
    /// @param index Zero for genesis, or an epoch that covers the work and was not voided.
    function pinTokenURI(uint256 tokenId, uint256 index) external;

    /// @notice Follows the newest epoch again. By the holder only.
    /// @param tokenId A work of the caller's.
    function unpinTokenURI(uint256 tokenId) external;

    /// @notice Whether the holder pinned an index.
    /// @param tokenId A work that exists.
    function hasPinnedTokenURI(uint256 tokenId) external view returns (bool pinned);
}
