// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {RoundWord, RoundWordLib} from "../../../contracts/types/RoundWord.sol";
import {Kit} from "../kit/Kit.sol";

// accepted
// └── it holds block, time and seals, each in its own bits, and cuts block and time at 40
// blockNumber, time, seals
// └── each reads its own field of any word
// isAccepted
// └── it is false for zero only
contract RoundWordTest is Kit {
    function testFuzz_HoldsEachFieldInItsBits(uint256 blockNumber, uint256 time, uint32 seals) external pure {
        RoundWord word = RoundWordLib.accepted(blockNumber, time, seals);

        bytes memory packed = abi.encodePacked(uint144(0), seals, uint40(time), uint40(blockNumber));
        vm.assertEq(bytes32(RoundWord.unwrap(word)), bytes32(packed), "the whole word");
    }

    function testFuzz_ReadsEachField(uint32 seals, uint40 time, uint40 blockNumber) external pure {
        RoundWord word = RoundWord.wrap(uint256(bytes32(abi.encodePacked(uint144(0), seals, time, blockNumber))));

        vm.assertEq(word.blockNumber(), blockNumber, "block");
        vm.assertEq(word.time(), time, "time");
        vm.assertEq(word.seals(), seals, "seals");
    }

    function testFuzz_AnyBitMakesItAccepted(uint8 bit) external pure {
        vm.assertTrue(RoundWord.wrap(1 << bit).isAccepted(), "accepted");
        vm.assertTrue(!RoundWord.wrap(0).isAccepted(), "not accepted");
    }
}
