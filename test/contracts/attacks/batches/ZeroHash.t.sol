// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: compares with `blockhash`, which is zero for every block that it does not know.
contract ZeroSeal {
    function accepts(uint256 seedBlock, bytes32 given) external view returns (bool) {
        return blockhash(seedBlock) == given;
    }
}

// The operator seals before the seed is there, or long after, with a hash of zero: works that he knew beforehand.
contract ZeroHashTest is LoopKit {
    function test_TheTwinTakesZero() external {
        ZeroSeal twin = new ZeroSeal();

        vm.assertTrue(twin.accepts(START + 4, bytes32(0)), "a block to come");
        vm.assertTrue(twin.accepts(START, bytes32(0)), "this block");
        vm.assertTrue(twin.accepts(START - 257, bytes32(0)), "a block too old");
    }

    function test_TheCollectionWaitsForTheSeed() external {
        uint256 batch = _open(ALICE, 1);
        uint256 seedBlock = collection.seedBlock(batch);
        for (uint256 current = START; current <= seedBlock; ++current) {
            vm.roll(current);
            vm.expectRevert(
                abi.encodeWithSelector(ILoopCollection.LoopCollectionSealTooEarly.selector, batch, seedBlock)
            );
            vm.prank(OPERATOR);
            collection.seal(batch, _rootOf(batch), bytes32(0));
        }
    }

    function test_TheCollectionKnowsThatAnUnknownHashIsNone() external {
        uint256 batch = _open(ALICE, 1);
        uint256 seedBlock = collection.seedBlock(batch);
        vm.roll(seedBlock + 257);

        vm.expectRevert(
            abi.encodeWithSelector(ILoopCollection.LoopCollectionSeedHashUnavailable.selector, batch, seedBlock)
        );
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), bytes32(0));
    }
}
