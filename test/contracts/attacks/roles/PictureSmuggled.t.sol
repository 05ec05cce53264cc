// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {IDatasetRegistry} from "../../../../contracts/interfaces/IDatasetRegistry.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: a leaf is hashed once, as a node is, and may be of any length.
contract OnceHashed {
    function proves(bytes32 root, bytes calldata picture, bytes32[] calldata proof) external pure returns (bool) {
        return MerkleProof.verifyCalldata(proof, root, keccak256(picture));
    }
}

// Somebody claims that a picture was licensed which was never in the dataset: he gives an inner node for a leaf.
contract PictureSmuggledTest is LoopKit {
    IDatasetRegistry.Picture private _one = IDatasetRegistry.Picture("a", "b", "c", "d", "e");
    IDatasetRegistry.Picture private _two = IDatasetRegistry.Picture("f", "g", "h", "i", "j");

    function test_TheTwinTakesANodeForAPicture() external {
        OnceHashed twin = new OnceHashed();
        bytes32 left = keccak256(abi.encode(_one));
        bytes32 right = keccak256(abi.encode(_two));
        bytes memory node = left < right ? bytes.concat(left, right) : bytes.concat(right, left);

        vm.assertTrue(twin.proves(keccak256(node), node, new bytes32[](0)), "a picture of two hashes");
    }

    /// @dev Of five words, and of words alone: whatever is given, it is hashed twice, which no node is.
    function testFuzz_TheRegistryTakesNone(IDatasetRegistry.Picture calldata smuggled) external {
        bytes32 left = _leaf(_one);
        bytes32 right = _leaf(_two);
        bytes32 root = keccak256(left < right ? bytes.concat(left, right) : bytes.concat(right, left));
        vm.prank(REGISTRAR);
        registry.registerDataset(root);

        bytes32[] memory proof = new bytes32[](1);
        proof[0] = right;
        vm.assertTrue(registry.provesPicture(root, _one, proof), "the true one is proven");
        vm.assertTrue(!registry.provesPicture(root, smuggled, proof), "the smuggled one is not, as its sibling");
        vm.assertTrue(!registry.provesPicture(root, smuggled, new bytes32[](0)), "nor as the root");
        vm.assertTrue(!registry.provesPicture(root, _nodes(left, right), new bytes32[](0)), "nor made of nodes");
    }

    function _nodes(bytes32 left, bytes32 right) private pure returns (IDatasetRegistry.Picture memory) {
        return IDatasetRegistry.Picture(left, right, 0, 0, 0);
    }

    function _leaf(IDatasetRegistry.Picture memory picture) private pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(picture))));
    }
}
