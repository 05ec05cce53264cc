// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// One word per token, written at its first move and not before: the first transfer costs the same from every position.
//
//   bit 255    248 247        208 207     192 191           160 159                  0
//       +---------+-------------+-----------+-----------------+---------------------+
//       |  flags  |    birth    |    pin    |    transfers    |        owner        |
//       +---------+-------------+-----------+-----------------+---------------------+
//         8         40            16          32                160
//
// owner      zero once burned
// transfers  moves so far, the burn included; an approval holds for one value only, so a move needs to clear nothing
// pin        reserved for the epoch that the holder pinned, zero = follow the newest that covers the token
// birth      reserved for the seal ordinal of a token that was born outside a batch; a batch keeps its own in its head
// flags      bit 0 burned, bits 1 to 7 reserved
//
// A word of zero means "never moved, ask the batch". Any other word is the whole truth about its token: a burned token
// has no owner but a word, so it never falls back to the recipient of its batch.
type TokenWord is uint256;

using TokenWordLib for TokenWord global;

/// @title Reading and writing the word of a token
library TokenWordLib {
    uint256 private constant TRANSFERS_AT = 160;
    uint256 private constant ONE_TRANSFER = 1 << TRANSFERS_AT;
    uint256 private constant BURNED = 1 << 248;
    uint256 private constant OWNER_MASK = type(uint160).max;

    /// @dev A token that moved more than 4,294,967,295 times could revive an old approval.
    error TokenWordTransfersExhausted();

    /// @dev The word after a move to `to`; to zero burns.
    function moved(TokenWord word, address to) internal pure returns (TokenWord) {
        require(word.transfers() != type(uint32).max, TokenWordTransfersExhausted());

        uint256 next = ((TokenWord.unwrap(word) & ~OWNER_MASK) + ONE_TRANSFER) | uint160(to);
        return TokenWord.wrap(to == address(0) ? next | BURNED : next);
    }

    function isWritten(TokenWord word) internal pure returns (bool) {
        return TokenWord.unwrap(word) != 0;
    }

    function owner(TokenWord word) internal pure returns (address) {
        return address(uint160(TokenWord.unwrap(word)));
    }

    function transfers(TokenWord word) internal pure returns (uint256) {
        return uint32(TokenWord.unwrap(word) >> TRANSFERS_AT);
    }
}
