// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// What the next round must know of those before it, in one word: so accepting one reads no old observation.
//
//   bit 255 240 239   192 191     152 151   112 111      72 71      32 31     0
//       +------+---------+-----------+---------+----------+----------+--------+
//       |  0   |  floor  | flooredAt | heardAt | accepted | observed | latest |
//       +------+---------+-----------+---------+----------+----------+--------+
//          16      48         40         40         40         40        32
//
// latest     number of the newest round, zero before the first
// observed   when its observation was made, unix seconds
// accepted   when it was accepted, unix seconds
// heardAt    when the active adapter last brought a round or was named, unix seconds
// flooredAt  when the last round that observed a floor was accepted, unix seconds; zero if none did
// floor      what it observed
type RoundHead is uint256;

using RoundHeadLib for RoundHead global;

/// @title Reading and writing the word of the newest round
library RoundHeadLib {
    uint256 private constant OBSERVED_AT = 32;
    uint256 private constant ACCEPTED_AT = 72;
    uint256 private constant HEARD_AT = 112;
    uint256 private constant FLOORED_AT = 152;
    uint256 private constant FLOOR_AT = 192;

    uint256 private constant ROUND = type(uint112).max; // number and both times
    uint256 private constant HEARD = uint256(type(uint40).max) << HEARD_AT;
    uint256 private constant FLOOR = ~uint256(type(uint152).max); // with its time

    /// @dev The caller has bounded `number` to 32 bits and `made` to 40; the time of the block is bounded here.
    function withRound(RoundHead head, uint256 number, uint256 made, uint256 now_) internal pure returns (RoundHead) {
        uint256 times = (made << OBSERVED_AT) | (uint256(uint40(now_)) << ACCEPTED_AT);
        return RoundHead.wrap((RoundHead.unwrap(head) & ~ROUND) | number | times);
    }

    /// @dev The active adapter is heard, or named, now.
    function withHeard(RoundHead head, uint256 now_) internal pure returns (RoundHead) {
        return RoundHead.wrap((RoundHead.unwrap(head) & ~HEARD) | (uint256(uint40(now_)) << HEARD_AT));
    }

    /// @dev The caller has bounded `floor_` to 48 bits.
    function withFloor(RoundHead head, uint256 floor_, uint256 now_) internal pure returns (RoundHead) {
        uint256 both = (uint256(uint40(now_)) << FLOORED_AT) | (floor_ << FLOOR_AT);
        return RoundHead.wrap((RoundHead.unwrap(head) & ~FLOOR) | both);
    }

    function latest(RoundHead head) internal pure returns (uint256) {
        return uint32(RoundHead.unwrap(head));
    }

    function observed(RoundHead head) internal pure returns (uint256) {
        return uint40(RoundHead.unwrap(head) >> OBSERVED_AT);
    }

    function accepted(RoundHead head) internal pure returns (uint256) {
        return uint40(RoundHead.unwrap(head) >> ACCEPTED_AT);
    }

    function heardAt(RoundHead head) internal pure returns (uint256) {
        return uint40(RoundHead.unwrap(head) >> HEARD_AT);
    }

    function flooredAt(RoundHead head) internal pure returns (uint256) {
        return uint40(RoundHead.unwrap(head) >> FLOORED_AT);
    }

    function floor(RoundHead head) internal pure returns (uint256) {
        return uint48(RoundHead.unwrap(head) >> FLOOR_AT);
    }
}
