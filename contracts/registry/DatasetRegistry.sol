// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {LoopRoles} from "../access/LoopRoles.sol";
import {GUARDIAN_ROLE, REGISTRAR_ROLE} from "../access/Roles.sol";
import {IDatasetRegistry} from "../interfaces/IDatasetRegistry.sol";

/// @title DatasetRegistry
/// @notice See {IDatasetRegistry}.
/// @dev A recipe keeps the number of its dataset and asks at every opening and sealing, so to revoke is one write, whatever
/// the number of recipes.
abstract contract DatasetRegistry is IDatasetRegistry, LoopRoles {
    mapping(bytes32 root => uint256 number) private _numbers;
    mapping(uint256 number => bytes32 root) private _roots;
    mapping(uint256 number => bool) private _fallen;

    uint256 private _total;

    /* REGISTERING */

    /// @inheritdoc IDatasetRegistry
    function registerDataset(bytes32 root) external onlyRole(REGISTRAR_ROLE) returns (uint256 number) {
        require(root != bytes32(0), DatasetRegistryRootMissing());
        require(_numbers[root] == 0, DatasetRegistryAlreadyRegistered(root, _numbers[root]));

        number = ++_total;
        _numbers[root] = number;
        _roots[number] = root;

        emit DatasetRegistered(number, root, msg.sender);
    }

    /* REVOKING */

    /// @inheritdoc IDatasetRegistry
    function revokeDataset(bytes32 root) external {
        require(_mayRevoke(msg.sender), DatasetRegistryUnauthorizedRevoker(msg.sender));
        uint256 number = _requireStanding(root);

        _fallen[number] = true;

        emit DatasetRevoked(number, root, msg.sender);
    }

    function _mayRevoke(address account) internal view returns (bool) {
        return hasRole(GUARDIAN_ROLE, account) || hasRole(REGISTRAR_ROLE, account);
    }

    /* READING */

    /// @inheritdoc IDatasetRegistry
    function isDatasetRevoked(bytes32 root) external view returns (bool revoked) {
        return _isFallen(_requireKnown(root));
    }

    /// @inheritdoc IDatasetRegistry
    function totalDatasets() external view returns (uint256 datasets) {
        return _total;
    }

    /// @inheritdoc IDatasetRegistry
    function listDatasets(uint256 first, uint256 limit) external view returns (Dataset[] memory page) {
        require(first != 0, DatasetRegistryUnknownNumber(first));
        uint256 left = first <= _total ? _total - first + 1 : 0;

        page = new Dataset[](limit < left ? limit : left);
        for (uint256 i = 0; i < page.length; ++i) {
            page[i] = Dataset({root: _rootAt(first + i), revoked: _isFallen(first + i)});
        }
    }

    /// @inheritdoc IDatasetRegistry
    function provesPicture(
        bytes32 root,
        Picture calldata picture,
        bytes32[] calldata proof
    ) external view returns (bool proven) {
        _requireKnown(root);

        return MerkleProof.verifyCalldata(proof, root, keccak256(bytes.concat(keccak256(abi.encode(picture)))));
    }

    /// @dev The number of a dataset that recipes may be made from.
    function _requireStanding(bytes32 root) internal view returns (uint256 number) {
        number = _requireKnown(root);
        require(!_isFallen(number), DatasetRegistryRevoked(root));
    }

    function _isFallen(uint256 number) internal view returns (bool) {
        return _fallen[number];
    }

    /// @dev Zero for the number zero, which is no dataset's.
    function _rootAt(uint256 number) internal view returns (bytes32) {
        return _roots[number];
    }

    function _requireKnown(bytes32 root) private view returns (uint256 number) {
        number = _numbers[root];
        require(number != 0, DatasetRegistryUnknown(root));
    }
}
