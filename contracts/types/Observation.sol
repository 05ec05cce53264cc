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
// chg, trd  signed
// sen   0 to 10,000; neutral is 5,000, for the other market fields zero
// time  when it was observed, unix seconds
// grd, odds, sz  5,000, 10,000, 9
type Observation is bytes32;

using ObservationLib for Observation global;

/// @title Reading an observation
library ObservationLib {
    /// @dev The numbers of the fields that others ask for, as in the mask.
    uint256 internal constant CHANGE = 0;
    uint256 internal constant VOLATILITY = 1;
    uint256 internal constant TREND = 2;
    uint256 internal constant FLOOR = 4;

    uint256 internal constant MASK_AT = 240;
    uint256 private constant CHANGE_AT = 224;
    uint256 private constant VOLATILITY_AT = 208;
    uint256 private constant TREND_AT = 192;
    uint256 private constant SENTIMENT_AT = 176;
    uint256 private constant FLOOR_AT = 128;
    uint256 private constant VOLUME_AT = 80;
    uint256 private constant TIME_AT = 40;
    uint256 private constant MAX_SENTIMENT = 10_000;

    /// @dev Version 1, nothing observed, at time zero.
    uint256 internal constant NEUTRAL =
        (1 << 248) | (5_000 << SENTIMENT_AT) | (5_000 << 24) | (10_000 << 8) | 9;

    /// @dev What never differs from the neutral observation: the version, two bits of the mask, the parameters.
    uint256 private constant FIXED = (uint256(0xffc0) << MASK_AT) | type(uint40).max;

    /// @dev The mask of an observation that has all fields.
    uint256 internal constant ALL = 0x3f;

    /// @dev Whether some observation packs to this word, and with neutral parameters.
    function isWellFormed(Observation observation) internal pure returns (bool) {
        uint256 word = uint256(Observation.unwrap(observation));
        uint256 differs = word ^ NEUTRAL;
        if (differs & FIXED != 0 || uint16(word >> SENTIMENT_AT) > MAX_SENTIMENT) return false;

        return differs & observation.absentBits() == 0;
    }

    /// @dev Bit by bit the fields that were observed, from {CHANGE}.
    function mask(Observation observation) internal pure returns (uint256) {
        return uint8(uint256(Observation.unwrap(observation)) >> MASK_AT);
    }

    /// @dev Whether the field of this number was observed.
    function has(Observation observation, uint256 field) internal pure returns (bool) {
        return (uint256(Observation.unwrap(observation)) >> (MASK_AT + field)) & 1 == 1;
    }

    /// @dev In bps.
    function change(Observation observation) internal pure returns (int256) {
        return int16(uint16(uint256(Observation.unwrap(observation)) >> CHANGE_AT));
    }

    /// @dev In bps.
    function volatility(Observation observation) internal pure returns (uint256) {
        return uint16(uint256(Observation.unwrap(observation)) >> VOLATILITY_AT);
    }

    /// @dev In bps.
    function trend(Observation observation) internal pure returns (int256) {
        return int16(uint16(uint256(Observation.unwrap(observation)) >> TREND_AT));
    }

    /// @dev In millionths of the quote unit.
    function floor(Observation observation) internal pure returns (uint256) {
        return uint48(uint256(Observation.unwrap(observation)) >> FLOOR_AT);
    }

    function time(Observation observation) internal pure returns (uint256) {
        return uint40(uint256(Observation.unwrap(observation)) >> TIME_AT);
    }

    /// @dev The bits of the fields that were not observed.
    function absentBits(Observation observation) internal pure returns (uint256 bits) {
        uint256 fields = ALL ^ observation.mask();
        if (fields == 0) return 0;
        if (fields & 1 != 0) bits |= uint256(type(uint16).max) << CHANGE_AT;
        if (fields & 2 != 0) bits |= uint256(type(uint16).max) << VOLATILITY_AT;
        if (fields & 4 != 0) bits |= uint256(type(uint16).max) << TREND_AT;
        if (fields & 8 != 0) bits |= uint256(type(uint16).max) << SENTIMENT_AT;
        if (fields & 16 != 0) bits |= uint256(type(uint48).max) << FLOOR_AT;
        if (fields & 32 != 0) bits |= uint256(type(uint48).max) << VOLUME_AT;
    }
}
