// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopRoles} from "./ILoopRoles.sol";

/// @title The pictures that models were tuned on, and whether that is still allowed
/// @notice A dataset is a set of pictures with the licence, the rights holder, the origin and the consent of each. Its root
/// commits to them; the pictures themselves are not on the chain. Who revokes a dataset, revokes every recipe made from it.
/// @dev The tree is OpenZeppelin's StandardMerkleTree over five words a picture, see {Picture}. A dataset is registered once
/// and revoked at most once; nobody brings it back.
interface IDatasetRegistry is ILoopRoles {
    /// @notice What a root commits to of one picture: a leaf is the keccak256 of the keccak256 of these five words.
    /// @param source Sha-256 digest of the file as it was given.
    /// @param licence Digest of its licence.
    /// @param rightsHolder Digest of who holds the rights.
    /// @param origin Digest of where it came from.
    /// @param consent Digest of the consent to train on it.
    struct Picture {
        bytes32 source;
        bytes32 licence;
        bytes32 rightsHolder;
        bytes32 origin;
        bytes32 consent;
    }

    /// @param root Merkle root of the dataset.
    /// @param revoked Whether no recipe of it opens or seals batches any more.
    struct Dataset {
        bytes32 root;
        bool revoked;
    }

    /// @notice Emitted when a dataset gets its number.
    event DatasetRegistered(uint256 indexed number, bytes32 indexed root, address indexed by);

    /// @notice Emitted when a dataset is revoked, for ever, and with it every recipe made from it.
    event DatasetRevoked(uint256 indexed number, bytes32 indexed root, address indexed by);

    /// @notice The root is zero, which no tree's root is.
    error DatasetRegistryRootMissing();

    /// @notice The dataset already has a number, revoked or not.
    error DatasetRegistryAlreadyRegistered(bytes32 root, uint256 number);

    /// @notice No dataset has this root.
    error DatasetRegistryUnknown(bytes32 root);

    /// @notice No dataset has this number.
    error DatasetRegistryUnknownNumber(uint256 number);

    /// @notice The dataset is revoked.
    error DatasetRegistryRevoked(bytes32 root);

    /// @notice The account is neither a guardian nor a registrar.
    error DatasetRegistryUnauthorizedRevoker(address account);

    /// @notice Gives the dataset the next number.
    /// @param root Merkle root of the dataset.
    /// @return number Its number, from 1.
    function registerDataset(bytes32 root) external returns (uint256 number);

    /// @notice Revokes the dataset for ever: from now on no recipe of it opens or seals a batch, however many there are.
    /// @param root Merkle root of the dataset.
    function revokeDataset(bytes32 root) external;

    /// @notice Whether the dataset was revoked. Reverts if it was never registered.
    /// @param root Merkle root of the dataset.
    /// @return revoked True for ever once revoked.
    function isDatasetRevoked(bytes32 root) external view returns (bool revoked);

    /// @notice How many datasets were ever registered, which is also the highest number.
    /// @return datasets Number of datasets.
    function totalDatasets() external view returns (uint256 datasets);

    /// @notice A page of all datasets in the order of their numbers.
    /// @param first Number of the first one wanted, from 1.
    /// @param limit At most this many; the page ends with the last dataset and is empty beyond it.
    /// @return page The datasets, the first one having number `first`.
    function listDatasets(uint256 first, uint256 limit) external view returns (Dataset[] memory page);

    /// @notice Whether a picture, with exactly this licence, rights holder, origin and consent, is in a dataset, revoked or
    /// not. Reverts if the dataset was never registered.
    /// @param root Merkle root of the dataset.
    /// @param picture The five words of its leaf.
    /// @param proof Siblings from the leaf up to the root.
    /// @return proven True if the proof leads from the picture to the root.
    function provesPicture(
        bytes32 root,
        Picture calldata picture,
        bytes32[] calldata proof
    ) external view returns (bool proven);
}
