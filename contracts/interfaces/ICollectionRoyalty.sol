// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title What artists earn when a work is sold again (ERC-2981)
/// @notice One royalty for the collection, which the parameter authority moves below a cap that nobody moves; and for a
/// batch, if it was opened so, one of its own for ever. The operator chooses among what the parameter authority offers,
/// because a stolen operator key must not earn anybody's royalties.
interface ICollectionRoyalty {
    /// @notice Emitted when the collection's royalty changes.
    event RoyaltyChanged(address indexed receiver, uint256 bps);

    /// @notice Emitted when a royalty is offered to batches to come, or no longer.
    event RoyaltyOffered(address indexed receiver, uint256 bps, bool offered);

    /// @notice Emitted when a batch gets its own royalty, for ever.
    event BatchRoyaltyFixed(uint256 indexed batch, address indexed receiver, uint256 bps);

    /// @notice The royalty is above the cap that nobody can move.
    error CollectionRoyaltyTooHigh(uint256 bps, uint256 max);

    /// @notice A royalty needs somebody to receive it.
    error CollectionRoyaltyReceiverMissing();

    /// @notice The parameter authority did not offer this royalty.
    error CollectionRoyaltyNotOffered(address receiver, uint256 bps);

    /// @notice Moves the royalty of every batch that has none of its own.
    /// @param receiver Receives it, not zero.
    /// @param bps Hundredths of a percent, at most 1,000.
    function setRoyalty(address receiver, uint256 bps) external;

    /// @notice Offers a royalty to batches to come, or withdraws the offer; batches that have it keep it.
    /// @param receiver Receives it, not zero.
    /// @param bps Hundredths of a percent, at most 1,000.
    /// @param offered Whether a batch may be opened with it.
    function offerRoyalty(address receiver, uint256 bps, bool offered) external;

    /// @notice Whether a batch may be opened with this royalty.
    /// @param receiver Receives it.
    /// @param bps Hundredths of a percent.
    /// @return offered True while offered.
    function isRoyaltyOffered(address receiver, uint256 bps) external view returns (bool offered);
}
