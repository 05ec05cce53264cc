// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: the seal does not say which block its works were computed from.
contract BlindSeal {
    mapping(uint256 batch => bytes32) public rootOf;

    function seal(uint256 batch, bytes32 root) external {
        rootOf[batch] = root;
    }
}

// The works were computed, then a reorganisation replaced the seed block: the seal on its way commits to works of no seed.
contract SealOnReorgTest is LoopKit {
    function test_TheTwinSealsWorksOfABlockThatIsGone() external {
        BlindSeal twin = new BlindSeal();
        vm.setBlockhash(START - 1, "the old block");
        bytes32 root = keccak256(abi.encode("works of", blockhash(START - 1)));
        vm.setBlockhash(START - 1, "the new block");
        twin.seal(1, root);

        vm.assertEq(twin.rootOf(1), keccak256(abi.encode("works of", bytes32("the old block"))), "for ever wrong");
    }

    function test_TheCollectionRefuses() external {
        uint256 batch = _open(ALICE, 1);
        bytes32 old = _seed(batch);
        vm.setBlockhash(collection.seedBlock(batch), "the new block");

        vm.expectRevert(
            abi.encodeWithSelector(
                ILoopCollection.LoopCollectionSeedHashMismatch.selector,
                batch,
                old,
                bytes32("the new block")
            )
        );
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), old);
    }
}
