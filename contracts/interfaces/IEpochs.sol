// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketOracle} from "./IMarketOracle.sol";

/// @title A collection that evolves as a whole
/// @notice An epoch is one evolution of all works, computed from one round of the oracle. It covers the works that were
/// sealed when the round was accepted; others show genesis. Genesis is epoch 0, cannot be voided and covers everything.
/// @dev A work shows: what its holder pinned, if that epoch still stands; else the newest epoch that was not voided, if it
/// covers the work; else genesis. Covered counts never fall from epoch to epoch, so no older epoch need be looked at.
interface IEpochs {
    /// @param root Digest of the root of the epoch's directory; a work lies at `<batch>/<id>.json` in it.
    /// @param round Round of the oracle that it was computed from.
    /// @param covered Batches that were sealed when the round was accepted, by seal ordinal.
    /// @param time When it was published, unix seconds.
    /// @param voided Whether it was taken back: it is shown no more, and its root stays on record.
    struct Epoch {
        bytes32 root;
        uint256 round;
        uint256 covered;
        uint256 time;
        bool voided;
    }

    /// @notice Emitted when an epoch is published. ERC-4906's event for all works comes with it.
    event Evolved(uint256 indexed epoch, uint256 indexed round, bytes32 root, address oracle, uint256 covered);

    /// @notice Emitted when an epoch is taken back; from here on works show epoch `shown` instead.
    event EpochVoided(uint256 indexed epoch, address indexed by, uint256 shown);

    /// @notice Emitted when rounds come from another oracle from now on.
    event OracleChanged(address indexed previousOracle, address indexed newOracle);

    /// @notice No oracle is set.
    error EpochOracleMissing();

    /// @notice A round newer than that of the last epoch, void or not, is needed.
    error EpochRoundNotNewer(uint256 round, uint256 lastRound);

    /// @notice The round was accepted in this very block: acts may still follow in it.
    error EpochTooEarly(uint256 round, uint256 blockNumber);

    /// @notice The round was accepted when fewer batches were sealed than the last epoch covers: another oracle's number.
    error EpochCoversLess(uint256 covered, uint256 lastCovered);

    /// @notice A root of zero is no root.
    error EpochRootMissing();

    /// @notice There is no such epoch.
    error EpochUnknown(uint256 epoch);

    /// @notice The epoch was taken back.
    error EpochIsVoided(uint256 epoch);

    /// @notice The work was sealed after the epoch's round.
    error EpochDoesNotCover(uint256 epoch, uint256 tokenId);

    /// @notice Epochs have 16 bits.
    error EpochsExhausted();

    /// @notice Only the guardian and the admin take epochs back.
    error EpochUnauthorizedVoider(address caller);

    /// @notice Publishes an epoch. By the publisher.
    /// @param root Digest of the root of its directory.
    /// @param round Round that it was computed from, newer than that of every epoch before.
    /// @return epoch Its number, from 1.
    function evolve(bytes32 root, uint256 round) external returns (uint256 epoch);

    /// @notice Takes an epoch back for ever. By the guardian or the admin. Its round cannot be used again.
    /// @param epoch Its number.
    function voidEpoch(uint256 epoch) external;

    /// @notice Names the oracle. By the admin.
    /// @param newOracle Its contract.
    function setOracle(IMarketOracle newOracle) external;

    /// @notice Where rounds come from; zero before one is named.
    function oracle() external view returns (IMarketOracle current);

    /// @notice The list of epochs as a whole.
    /// @return count Epochs ever published, which is also the newest one's number.
    /// @return shown The newest that was not voided; zero for genesis.
    /// @return lastRound Round of the newest epoch, void or not.
    function epochs() external view returns (uint256 count, uint256 shown, uint256 lastRound);

    /// @notice What is stored about an epoch. Reverts with {EpochUnknown}; epoch 0 is none.
    /// @param epoch Its number, from 1.
    function epochAt(uint256 epoch) external view returns (Epoch memory info);

    /// @notice The epoch that a work shows now; zero for genesis.
    /// @param tokenId A work that exists.
    function epochOf(uint256 tokenId) external view returns (uint256 epoch);

    /// @notice Where the metadata of a work lies at an epoch that covers it; the one that it shows is {tokenURI}.
    /// @param tokenId A work that exists.
    /// @param epoch Zero for genesis.
    function tokenURIAt(uint256 tokenId, uint256 epoch) external view returns (string memory uri);
}
