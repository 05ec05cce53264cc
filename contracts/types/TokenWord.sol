// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// One word per token, written at its first move or lock and not before: the first transfer costs the same from every position.
//
//   bit 255    248 247        208 207     192 191           160 159                  0
//       +---------+-------------+-----------+-----------------+---------------------+
//       |  flags  |    lock     |    pin    |    transfers    |        owner        |
//       +---------+-------------+-----------+-----------------+---------------------+
//         8         40            16          32                160
//
// owner      zero once burned
// transfers  moves so far, the burn included; an approval holds for one value only, so a move needs to clear nothing
// pin        epoch that the holder pinned, zero = follow the newest that covers the token, 65,535 = genesis; a move keeps it
// lock       batch of the child that the token is to be burned for, zero = free; void once that batch is abandoned
// flags      bit 0 burned, bits 1 to 7 reserved
//
// A word of zero means "never touched, ask the batch". Any other word is the whole truth about its token: a burned token
// has no owner but a word, so it never falls back to the recipient of its batch; nor does it keep its lock and pin.
type TokenWord is uint256;

using TokenWordLib for TokenWord global;

/// @title Reading and writing the word of a token
library TokenWordLib {
    uint256 private constant TRANSFERS_AT = 160;
    uint256 private constant ONE_TRANSFER = 1 << TRANSFERS_AT;
    uint256 private constant PIN_AT = 192;
    uint256 private constant PIN_MASK = uint256(type(uint16).max) << PIN_AT;
    uint256 private constant LOCK_AT = 208;
    uint256 private constant LOCK_MASK = uint256(type(uint40).max) << LOCK_AT;
    uint256 private constant BURNED = 1 << 248;
    uint256 private constant OWNER_MASK = type(uint160).max;

    /// @dev A token that moved more than 4,294,967,295 times could revive an old approval.
    error TokenWordTransfersExhausted();

    /// @dev The word after a move to `to`; to zero burns. A move is only allowed where the lock is void, so it ends it.
    function moved(TokenWord word, address to) internal pure returns (TokenWord) {
        require(word.transfers() != type(uint32).max, TokenWordTransfersExhausted());

        uint256 next = ((TokenWord.unwrap(word) & ~(OWNER_MASK | LOCK_MASK)) + ONE_TRANSFER) | uint160(to);
        return TokenWord.wrap(to == address(0) ? (next & ~PIN_MASK) | BURNED : next);
    }

    /// @dev The word once its `holder`, whom an untouched word does not know, gave it for a child. The caller has bounded
    /// `child` to 40 bits.
    function lockedFor(TokenWord word, address holder, uint256 child) internal pure returns (TokenWord) {
        uint256 kept = TokenWord.unwrap(word) & ~(OWNER_MASK | LOCK_MASK);
        return TokenWord.wrap(kept | uint160(holder) | (child << LOCK_AT));
    }

    /// @dev The word once its `holder`, whom an untouched word does not know, pinned an epoch or let go. The caller has
    /// bounded `newPin` to 16 bits.
    function pinnedTo(TokenWord word, address holder, uint256 newPin) internal pure returns (TokenWord) {
        uint256 kept = TokenWord.unwrap(word) & ~(OWNER_MASK | PIN_MASK);
        return TokenWord.wrap(kept | uint160(holder) | (newPin << PIN_AT));
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

    function pin(TokenWord word) internal pure returns (uint256) {
        return uint16(TokenWord.unwrap(word) >> PIN_AT);
    }

    function lock(TokenWord word) internal pure returns (uint256) {
        return uint40(TokenWord.unwrap(word) >> LOCK_AT);
    }
}
