// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// The list of epochs as a whole in one word that is never zero once an oracle is named: a new epoch pays for the two slots
// of its own and for none here.
//
//   bit 255     224  223   222     192 191   176 175   160 159                  0
//       +----------+-------+-----------+---------+---------+---------------------+
//       | covered  | paced | lastRound |  shown  |  count  |       oracle        |
//       +----------+-------+-----------+---------+---------+---------------------+
//           32         1        31         16        16         160
//
// oracle     where rounds come from
// count      epochs ever published, which is also the newest one's number
// shown      the newest epoch that was not voided, zero for genesis
// lastRound  round of the newest epoch, void or not: the next one's is greater
// paced      whether the terms in force have a cadence, so that only collections that do pay for asking which
// covered    what the newest epoch covers, void or not: the next one covers no less, whatever an oracle named later says
type EpochBook is uint256;

using EpochBookLib for EpochBook global;

/// @title Reading and writing the list of epochs
library EpochBookLib {
    uint256 private constant COUNT_AT = 160;
    uint256 private constant SHOWN_AT = 176;
    uint256 private constant ROUND_AT = 192;
    uint256 private constant COVERED_AT = 224;
    uint256 private constant ORACLE_MASK = type(uint160).max;
    uint256 private constant PACED = 1 << 223;

    uint256 internal constant MAX_ROUND = type(uint32).max >> 1;
    uint256 private constant SHOWN_MASK = uint256(type(uint16).max) << SHOWN_AT;

    /// @dev The book once the next epoch is published, which is shown from then on. The caller has bounded the number of
    /// epochs to 16 bits, `round_` to {MAX_ROUND} and `covered_` to 32 bits.
    function afterEpoch(EpochBook book, uint256 round_, uint256 covered_) internal pure returns (EpochBook) {
        uint256 next = book.count() + 1;
        uint256 kept = EpochBook.unwrap(book) & (ORACLE_MASK | PACED);

        return
            EpochBook.wrap(
                kept | (next << COUNT_AT) | (next << SHOWN_AT) | (round_ << ROUND_AT) | (covered_ << COVERED_AT)
            );
    }

    /// @dev The caller gives an epoch that was published, or zero.
    function withShown(EpochBook book, uint256 epoch) internal pure returns (EpochBook) {
        return EpochBook.wrap((EpochBook.unwrap(book) & ~SHOWN_MASK) | (epoch << SHOWN_AT));
    }

    function withOracle(EpochBook book, address newOracle) internal pure returns (EpochBook) {
        return EpochBook.wrap((EpochBook.unwrap(book) & ~ORACLE_MASK) | uint160(newOracle));
    }

    function withPace(EpochBook book, bool paced) internal pure returns (EpochBook) {
        return EpochBook.wrap((EpochBook.unwrap(book) & ~PACED) | (paced ? PACED : 0));
    }

    function oracle(EpochBook book) internal pure returns (address) {
        return address(uint160(EpochBook.unwrap(book)));
    }

    function count(EpochBook book) internal pure returns (uint256) {
        return uint16(EpochBook.unwrap(book) >> COUNT_AT);
    }

    function shown(EpochBook book) internal pure returns (uint256) {
        return uint16(EpochBook.unwrap(book) >> SHOWN_AT);
    }

    function lastRound(EpochBook book) internal pure returns (uint256) {
        return (EpochBook.unwrap(book) >> ROUND_AT) & MAX_ROUND;
    }

    function isPaced(EpochBook book) internal pure returns (bool) {
        return EpochBook.unwrap(book) & PACED != 0;
    }

    function covered(EpochBook book) internal pure returns (uint256) {
        return EpochBook.unwrap(book) >> COVERED_AT;
    }
}
