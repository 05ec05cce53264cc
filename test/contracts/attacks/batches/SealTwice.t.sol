// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {BatchStatus} from "../../../../contracts/types/BatchStatus.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: the root of a sold batch can be set again.
contract RevealedTwice {
    mapping(uint256 batch => bytes32) public rootOf;

    function seal(uint256 batch, bytes32 root) external {
        rootOf[batch] = root;
    }
}

// The works are sold; a stolen operator key exchanges the pictures.
contract SealTwiceTest is LoopKit {
    function test_TheTwinChangesItsPictures() external {
        RevealedTwice twin = new RevealedTwice();
        twin.seal(1, "what was sold");
        twin.seal(1, "something else");

        vm.assertEq(twin.rootOf(1), "something else", "under the feet of the holders");
    }

    function test_TheCollectionSealsOnce() external {
        uint256 batch = _open(ALICE, 1);
        bytes32 root = _seal(batch);
        bytes32 blockHash = blockhash(block.number - 1);

        vm.expectRevert(
            abi.encodeWithSelector(ILoopCollection.LoopCollectionBatchNotOpen.selector, batch, BatchStatus.Sealed)
        );
        vm.prank(OPERATOR);
        collection.seal(batch, "something else", blockHash);
        vm.assertEq(collection.batchOf(batch).root, root, "what was sold");
    }
}
