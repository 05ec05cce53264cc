// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Observation, ObservationLib} from "../types/Observation.sol";

/// @title One observation out of several
/// @notice The lower median of each field: of m sorted values the one at floor((m - 1) / 2). A field is taken over those
/// observations that have it, and absent if they are fewer than the quorum; the time is taken over all.
/// @dev All fields of two words are compared and exchanged at once, a tenth of the gas of sorting each field by itself. What
/// is absent sorts last. offchain/market/median-report.ts is the same rule in the plainest way, and a test compares.
library MedianLib {
    // Every second field, so that each has the place of its neighbour for the carry of its comparison.
    uint256 private constant EVEN = (0xffff << 224) | (0xffff << 192) | (0xffffffffffff << 128) | (0xffffffffff << 40);
    uint256 private constant ODD = (0xffff << 208) | (0xffff << 176) | (0xffffffffffff << 80);

    // The bit above each field, and the same by the width of the field.
    uint256 private constant CARRY_EVEN = (1 << 240) | (1 << 208) | (1 << 176) | (1 << 80);
    uint256 private constant CARRY_ODD = (1 << 224) | (1 << 192) | (1 << 128);
    uint256 private constant CARRY_16 = (1 << 240) | (1 << 224) | (1 << 208) | (1 << 192);
    uint256 private constant CARRY_48 = (1 << 176) | (1 << 128);
    uint256 private constant CARRY_40 = 1 << 80;

    // In the order of the mask.
    uint256 private constant CHANGE = 0xffff << 224;
    uint256 private constant SENTIMENT = 0xffff << 176;
    uint256 private constant FLOOR = 0xffffffffffff << 128;
    uint256 private constant VOLUME = 0xffffffffffff << 80;
    uint256 private constant MASK = 0xff << 240;
    uint256 private constant CHANGE_SEEN = 1 << 240;
    uint256 private constant VOLUME_SEEN = 1 << 245;
    uint256 private constant ONES = 0x010101010101; // a byte for each

    /// @dev Turns the signed fields, change and trend, into numbers of the same order, and back.
    uint256 private constant LIFT = (1 << 239) | (1 << 207);

    /// @dev The caller gives well-formed observations, as many as the quorum or more, and a quorum of at least one.
    function medianOf(Observation[] memory observations, uint256 quorum) internal pure returns (Observation) {
        uint256 last = observations.length - 1;
        uint256[] memory words = new uint256[](last + 1);
        uint256 common = ObservationLib.ALL;
        for (uint256 i = 0; i <= last; ++i) {
            Observation observation = observations[i];
            common &= observation.mask();
            uint256 word = uint256(Observation.unwrap(observation));
            _insert(words, i, (word ^ LIFT) | observation.absentBits());
        }

        uint256 median = words[last / 2];
        if (common != ObservationLib.ALL) {
            uint256 seen = common << ObservationLib.MASK_AT;
            uint256 absent = MASK | Observation.wrap(bytes32(seen)).absentBits();
            median = (median & ~absent) | ((ObservationLib.NEUTRAL ^ LIFT) & absent) | seen;
            if (last >= quorum) median = _withSome(median, words, _countsOf(observations), quorum);
        }
        return Observation.wrap(bytes32(median ^ LIFT));
    }

    /// @dev With the fields that enough have, though not all; given how many have each, in a byte for each.
    function _withSome(
        uint256 median,
        uint256[] memory words,
        uint256 counts,
        uint256 quorum
    ) private pure returns (uint256) {
        uint256 field = CHANGE;
        for (uint256 seen = CHANGE_SEEN; seen <= VOLUME_SEEN; seen <<= 1) {
            uint256 count = uint8(counts);
            if (count >= quorum) median = (median & ~field) | (words[(count - 1) / 2] & field) | seen;
            counts >>= 8;
            field = field > SENTIMENT ? field >> 16 : (field == SENTIMENT ? FLOOR : VOLUME);
        }
        return median;
    }

    /// @dev Spreads the six bits of each mask over as many bytes, and adds them up.
    function _countsOf(Observation[] memory observations) private pure returns (uint256 counts) {
        for (uint256 i = 0; i < observations.length; ++i)
            counts += ((((observations[i].mask() * ONES) & 0x201008040201) + 0x7f7f7f7f7f7f) >> 7) & ONES;
    }

    /// @dev Field by field, into the first `count` words, which are sorted field by field.
    function _insert(uint256[] memory words, uint256 count, uint256 word) private pure {
        for (uint256 i = 0; i < count; ++i) {
            uint256 other = words[i];
            uint256 greater = _greater(other, word);
            words[i] = word ^ other ^ greater;
            word = greater;
        }
        words[count] = word;
    }

    /// @dev The greater of each field: a carry is left over where the left one is not less, and spreads over its field.
    function _greater(uint256 left, uint256 right) private pure returns (uint256) {
        uint256 carries =
            ((((left & EVEN) | CARRY_EVEN) - (right & EVEN)) & CARRY_EVEN) |
                ((((left & ODD) | CARRY_ODD) - (right & ODD)) & CARRY_ODD);
        uint256 fields =
            carries - (((carries & CARRY_16) >> 16) | ((carries & CARRY_48) >> 48) | ((carries & CARRY_40) >> 40));
        return right ^ ((left ^ right) & fields);
    }
}
