// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {CidLib} from "../../../contracts/libraries/CidLib.sol";
import {Kit} from "../kit/Kit.sol";

// toText
// ├── it writes the identifiers that multiformats writes (vectors; cid.test.ts compares many more)
// ├── it always writes 59 letters of the lower-case alphabet
// └── it can be read back to the digest
contract CidLibTest is Kit {
    bytes private constant ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    function test_WritesWhatMultiformatsWrites() external pure {
        _check(
            0x59948439065f29619ef41280cbb932be52c56d99c5966b65e0111239f098bbef,
            "bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354"
        );
        _check(bytes32(0), "bafybeiaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
        _check(bytes32(type(uint256).max), "bafybeih777777777777777777777777777777777777777777777777774");
        _check(bytes32(uint256((1 << 255) | 1)), "bafybeieaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaae");
    }

    function testFuzz_CanBeReadBack(bytes32 digest) external pure {
        bytes memory text = bytes(CidLib.toText(digest));
        vm.assertEq(text.length, 59, "length");
        vm.assertEq(uint8(text[0]), uint8(bytes1("b")), "multibase prefix");

        // 58 letters of 5 bits are 290: two bits of padding after the 288 of the identifier.
        uint256 head = 0;
        uint256 rest = 0;
        for (uint256 i = 1; i < 59; ++i) {
            head = (head << 5) | (rest >> 251);
            rest = (rest << 5) | _valueOf(text[i]);
        }

        vm.assertEq(rest & 3, 0, "padding");
        vm.assertEq(bytes32((rest >> 2) | (head << 254)), digest, "digest");
        vm.assertEq(head >> 2, 0x01701220, "version 1, dag-pb, sha-256, 32 bytes");
    }

    function _check(bytes32 digest, string memory expected) private pure {
        vm.assertEq(CidLib.toText(digest), expected, "identifier");
    }

    function _valueOf(bytes1 letter) private pure returns (uint256 value) {
        for (value = 0; value < 32; ++value) {
            if (ALPHABET[value] == letter) return value;
        }
        revert("not in the alphabet");
    }
}
