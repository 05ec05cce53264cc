// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// When the oracle accepted a round, and what an epoch of it covers: one word, written once, beside the observation.
//
//   bit 255          112 111     80 79       40 39        0
//       +---------------+----------+-----------+-----------+
//       |       0       |  seals   |   time    |   block   |
//       +---------------+----------+-----------+-----------+
//              144           32         40          40
//
// block  in which it was accepted; never zero, so the word of an accepted round is not
// time   of that block, unix seconds
// seals  batches of the collection that were sealed by then
type RoundWord is uint256;

using RoundWordLib for RoundWord global;

/// @title Reading and writing the word of a round
library RoundWordLib {
    uint256 private constant TIME_AT = 40;
    uint256 private constant SEALS_AT = 80;

    /// @dev The collection has bounded `seals_` to 32 bits; block and time are bounded here.
    function accepted(uint256 block_, uint256 time_, uint256 seals_) internal pure returns (RoundWord) {
        return RoundWord.wrap(uint40(block_) | (uint256(uint40(time_)) << TIME_AT) | (seals_ << SEALS_AT));
    }

    function isAccepted(RoundWord word) internal pure returns (bool) {
        return RoundWord.unwrap(word) != 0;
    }

    function blockNumber(RoundWord word) internal pure returns (uint256) {
        return uint40(RoundWord.unwrap(word));
    }

    function time(RoundWord word) internal pure returns (uint256) {
        return uint40(RoundWord.unwrap(word) >> TIME_AT);
    }

    function seals(RoundWord word) internal pure returns (uint256) {
        return RoundWord.unwrap(word) >> SEALS_AT;
    }
}
