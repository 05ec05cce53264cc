// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title The text form of a directory's content identifier
/// @notice CIDv1 in lower-case base32 (RFC 4648, no padding) of a dag-pb node hashed with sha-256: the bytes
/// 0x01 0x70 0x12 0x20 and the digest, 288 bits, 58 letters after the multibase prefix `b`.
library CidLib {
    bytes32 private constant ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";

    /// @dev The multibase prefix and the first 30 of the 32 fixed bits; the two bits left over are zero.
    string private constant PREFIX = "bafybei";

    uint256 private constant LETTERS = 52;

    /// @dev 258 bits are left, two zeros and the digest, so the last letter holds three bits and two zeros of padding.
    function toText(bytes32 digest) internal pure returns (string memory) {
        bytes memory text = new bytes(LETTERS);
        uint256 rest = uint256(digest);

        text[LETTERS - 1] = ALPHABET[(rest & 7) << 2];
        rest >>= 3;
        for (uint256 i = LETTERS - 1; i > 0; --i) {
            text[i - 1] = ALPHABET[rest & 31];
            rest >>= 5;
        }

        return string.concat(PREFIX, string(text));
    }
}
