// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// A market observation, in the layout of a batch's conditions (offchain/kernel/observation.ts). Here its parameters, the
// lowest five bytes, are always the neutral ones: an epoch takes its parameters from the batch.
//
//   byte 0    1     2     4     6     8     10       16       22    27     29     31
//      +----+----+-----+-----+-----+-----+--------+--------+------+-----+------+----+
//      | v  | m  | chg | vol | trd | sen | floor  | volume | time | grd | odds | sz |
//      +----+----+-----+-----+-----+-----+--------+--------+------+-----+------+----+
//        1    1     2     2     2     2      6        6       5      2     2     1
//
// v     version, 1
// m     which market fields were observed, bit 0 for `chg` to bit 5 for `volume`; one that was not is neutral
// sen   0 to 10,000; neutral is 5,000, for the other market fields zero
// time  when it was observed, unix seconds
// grd, odds, sz  5,000, 10,000, 9
type Observation is bytes32;

using ObservationLib for Observation global;

/// @title Reading an observation
library ObservationLib {
    uint256 private constant MASK_AT = 240;
    uint256 private constant SENTIMENT_AT = 176;
    uint256 private constant TIME_AT = 40;
    uint256 private constant MAX_SENTIMENT = 10_000;
    uint256 private constant FIELDS = 6;

    /// @dev Version 1, nothing observed, at time zero.
    uint256 private constant NEUTRAL =
        (1 << 248) | (5_000 << SENTIMENT_AT) | (5_000 << 24) | (10_000 << 8) | 9;

    /// @dev What never differs from the neutral observation: the version, two bits of the mask, the parameters.
    uint256 private constant FIXED = (uint256(0xffc0) << MASK_AT) | type(uint40).max;

    /// @dev Whether some observation packs to this word, and with neutral parameters.
    function isWellFormed(Observation observation) internal pure returns (bool) {
        uint256 word = uint256(Observation.unwrap(observation));
        uint256 differs = word ^ NEUTRAL;
        if (differs & FIXED != 0 || uint16(word >> SENTIMENT_AT) > MAX_SENTIMENT) return false;

        for (uint256 field = 0; field < FIELDS; ++field) {
            bool observed = (word >> (MASK_AT + field)) & 1 == 1;
            if (!observed && differs & _bitsOf(field) != 0) return false;
        }
        return true;
    }

    function time(Observation observation) internal pure returns (uint256) {
        return uint40(uint256(Observation.unwrap(observation)) >> TIME_AT);
    }

    /// @dev Four fields of two bytes from byte 2, then two of six bytes from byte 10.
    function _bitsOf(uint256 field) private pure returns (uint256) {
        if (field < 4) return uint256(type(uint16).max) << (224 - 16 * field);

        return uint256(type(uint48).max) << (field == 4 ? 128 : 80);
    }
}
