// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title ERC-7496: NFT dynamic traits
/// @notice Here only for what the contract itself knows: "epoch" (which the work shows), "generation", "batch" and
/// "attunement"; the key of a trait is the keccak-256 of its name, as the standard has it. Traits of the art are in the
/// metadata.
interface IERC7496 {
    /// @notice There is no such trait (the standard's name).
    error TraitKeyUnknown(bytes32 traitKey);

    /// @notice Traits follow from what happens; nobody sets them.
    error DynamicTraitsNotSettable(bytes32 traitKey);

    event TraitUpdated(bytes32 indexed traitKey, uint256 tokenId, bytes32 traitValue);
    event TraitUpdatedRange(bytes32 indexed traitKey, uint256 fromTokenId, uint256 toTokenId);
    event TraitUpdatedRangeUniformValue(
        bytes32 indexed traitKey,
        uint256 fromTokenId,
        uint256 toTokenId,
        bytes32 traitValue
    );
    event TraitUpdatedList(bytes32 indexed traitKey, uint256[] tokenIds);
    event TraitUpdatedListUniformValue(bytes32 indexed traitKey, uint256[] tokenIds, bytes32 traitValue);
    event TraitMetadataURIUpdated();

    /// @notice One trait of a work.
    function getTraitValue(uint256 tokenId, bytes32 traitKey) external view returns (bytes32 traitValue);

    /// @notice Several traits of a work.
    function getTraitValues(
        uint256 tokenId,
        bytes32[] calldata traitKeys
    ) external view returns (bytes32[] memory traitValues);

    /// @notice What the keys mean, as the standard's JSON in a data URI.
    function getTraitMetadataURI() external view returns (string memory uri);

    /// @notice Always reverts: the traits follow from what happens, nobody sets them.
    function setTrait(uint256 tokenId, bytes32 traitKey, bytes32 newValue) external;
}
