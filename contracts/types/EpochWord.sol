// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// What is stored about an epoch beside its root: one word, written once.
//
//   bit 255          104 103      64 63       32 31        0
//       +---------------+-----------+-----------+-----------+
//       |       0       |   time    |  covered  |   round   |
//       +---------------+-----------+-----------+-----------+
//              152           40          32          32
//
// round    round of the oracle that it was computed from, from 1: so the word of a published epoch is never zero
// covered  batches that were sealed when the round was accepted: it covers the works with a seal ordinal up to this one
// time     when it was published, unix seconds
type EpochWord is uint256;

using EpochWordLib for EpochWord global;

/// @title Reading and writing the word of an epoch
library EpochWordLib {
    uint256 private constant COVERED_AT = 32;
    uint256 private constant TIME_AT = 64;

    /// @dev The caller has bounded `round_` and `covered_` to 32 bits; the time is bounded here.
    function published(uint256 round_, uint256 covered_, uint256 time_) internal pure returns (EpochWord) {
        return EpochWord.wrap(round_ | (covered_ << COVERED_AT) | (uint256(uint40(time_)) << TIME_AT));
    }

    function isPublished(EpochWord word) internal pure returns (bool) {
        return EpochWord.unwrap(word) != 0;
    }

    function round(EpochWord word) internal pure returns (uint256) {
        return uint32(EpochWord.unwrap(word));
    }

    function covered(EpochWord word) internal pure returns (uint256) {
        return uint32(EpochWord.unwrap(word) >> COVERED_AT);
    }

    function time(EpochWord word) internal pure returns (uint256) {
        return uint40(EpochWord.unwrap(word) >> TIME_AT);
    }
}
