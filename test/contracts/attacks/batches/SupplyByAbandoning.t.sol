// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {BatchStatus} from "../../../../contracts/types/BatchStatus.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: a batch gives its promise back as often as it is given up.
contract GenerousCap {
    uint256 private constant MAX = 10;
    uint256 private _promised;
    uint256 public opened;

    function open(uint256 count) external {
        require(_promised + count <= MAX, "sold out");
        _promised += count;
        opened += count;
    }

    function abandon(uint256 count) external {
        _promised -= count;
    }
}

// One batch is given up twice, or after it was sealed, and the supply grows.
contract SupplyByAbandoningTest is LoopKit {
    function test_TheTwinGrows() external {
        GenerousCap twin = new GenerousCap();
        twin.open(5);
        twin.open(5);
        twin.abandon(5);
        twin.abandon(5);
        twin.open(10);

        vm.assertEq(twin.opened() - 5, 15, "fifteen of a supply of ten, one batch given up");
    }

    function test_TheCollectionGivesBackOnce() external {
        uint256 batch = _open(ALICE, 5);
        vm.roll(collection.sealDeadline(batch) + 1);
        collection.abandon(batch);

        vm.expectRevert(
            abi.encodeWithSelector(ILoopCollection.LoopCollectionBatchNotOpen.selector, batch, BatchStatus.Abandoned)
        );
        collection.abandon(batch);
        vm.assertEq(collection.totals().reserved, 0, "given back once");
    }

    function test_TheCollectionGivesNothingBackOnceSealed() external {
        uint256 batch = _mint(ALICE, 5);
        vm.roll(block.number + SEAL_WINDOW + 1);

        vm.expectRevert(
            abi.encodeWithSelector(ILoopCollection.LoopCollectionBatchNotOpen.selector, batch, BatchStatus.Sealed)
        );
        collection.abandon(batch);
        vm.assertEq(collection.totals().minted, 5, "minted");
    }
}
