// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {BatchStatus} from "../../../../contracts/types/BatchStatus.sol";
import {HISTORY, HISTORY_CODE, historySlot} from "../../kit/History.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: in its last block a batch can be sealed and given up.
contract OverlappingWindow {
    uint256 public immutable LAST;
    bool public abandoned;

    constructor(uint256 last) {
        LAST = last;
    }

    function seal() external view {
        require(block.number <= LAST && !abandoned, "cannot be sealed");
    }

    function abandon() external {
        require(block.number >= LAST, "too early");
        abandoned = true;
    }
}

// A stranger sees the seal on its way and gives the batch up in front of it.
contract AbandonInTheWayTest is LoopKit {
    function test_TheTwinIsRaced() external {
        OverlappingWindow twin = new OverlappingWindow(START);
        twin.seal();
        twin.abandon();

        vm.expectRevert(abi.encodeWithSignature("Error(string)", "cannot be sealed"));
        twin.seal();
    }

    function test_TheCollectionLeavesNoBlockForBoth() external {
        uint256 batch = _open(ALICE, 1);
        bytes32 blockHash = _seed(batch);
        uint256 seedBlock = collection.seedBlock(batch);
        uint256 last = collection.sealDeadline(batch);
        vm.roll(last);
        _remember(seedBlock, blockHash);

        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionAbandonTooEarly.selector, batch, last));
        vm.prank(STRANGER);
        collection.abandon(batch);
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), blockHash);
        vm.assertTrue(collection.batchOf(batch).status == BatchStatus.Sealed, "sealed in its last block");
    }

    /// @dev As the protocol writes it, see EIP-2935.
    function _remember(uint256 blockNumber, bytes32 blockHash) private {
        vm.etch(HISTORY, HISTORY_CODE);
        vm.store(HISTORY, historySlot(blockNumber), blockHash);
    }
}
