// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {EpochWord, EpochWordLib} from "../../../contracts/types/EpochWord.sol";
import {Kit} from "../kit/Kit.sol";

// published
// └── it holds round, covered and time, each in its own bits, and cuts the time at 40
// round, covered, time
// └── each reads its own field of any word
// isPublished
// └── it is false for zero only
contract EpochWordTest is Kit {
    function testFuzz_HoldsEachFieldInItsBits(uint32 round, uint32 covered, uint256 time) external pure {
        EpochWord word = EpochWordLib.published(round, covered, time);

        bytes memory packed = abi.encodePacked(uint152(0), uint40(time), covered, round);
        vm.assertEq(bytes32(EpochWord.unwrap(word)), bytes32(packed), "the whole word");
    }

    function testFuzz_ReadsEachField(uint152 rest, uint40 time, uint32 covered, uint32 round) external pure {
        EpochWord word = EpochWord.wrap(uint256(bytes32(abi.encodePacked(rest, time, covered, round))));

        vm.assertEq(word.round(), round, "round");
        vm.assertEq(word.covered(), covered, "covered");
        vm.assertEq(word.time(), time, "time");
        vm.assertTrue(word.isPublished() == (EpochWord.unwrap(word) != 0), "published");
    }

    function testFuzz_AnyBitMakesItPublished(uint8 bit) external pure {
        vm.assertTrue(EpochWord.wrap(1 << bit).isPublished(), "published");
        vm.assertTrue(!EpochWord.wrap(0).isPublished(), "not published");
    }
}
