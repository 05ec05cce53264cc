// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

// Prices that were seen, one a day. Two share a slot, so that the month that an observation rests on is sixteen cold reads.
//
//   bit 255        168 167        128 127         40 39           0
//       +-------------+--------------+-------------+--------------+
//       | odd's price |  odd's time  | even's price| even's time  |
//       +-------------+--------------+-------------+--------------+
//         88            40             88            40
//
// Sample n lies in slot n / 2 modulo 16: thirty-two places, of which thirty-one are read.
//
// price  in units of whoever told it, above zero
// time   unix seconds
// first  number of the oldest sample of the window; what is older does not count
// next   number of the next sample, so the samples that count are first ... next - 1
struct SampleRing {
    uint64 first;
    uint64 next;
    uint256[16] pairs;
}

using SampleRingLib for SampleRing global;

/// @title Keeping samples, and reading the window of the newest
library SampleRingLib {
    /// @dev Samples that are read at most: thirty steps from day to day.
    uint256 internal constant WINDOW = 31;

    uint256 private constant SLOTS = 16;
    uint256 private constant HALF = 128;
    uint256 private constant PRICE_AT = 40;

    /// @dev The caller has bounded `price` to 88 and `time` to 40 bits.
    function push(SampleRing storage ring, uint256 price, uint256 time) internal {
        uint256 number = ring.next;
        uint256 slot = _slotOf(number);
        uint256 shift = _shiftOf(number);
        uint256 others = ring.pairs[slot] & ~(uint256(type(uint128).max) << shift);

        ring.pairs[slot] = others | (((price << PRICE_AT) | time) << shift);
        ring.next = uint64(number + 1);
    }

    /// @dev Forgets all samples so far.
    function restart(SampleRing storage ring) internal {
        ring.first = ring.next;
    }

    function length(SampleRing storage ring) internal view returns (uint256) {
        return Math.min(ring.next - ring.first, WINDOW);
    }

    /// @dev Time of the newest sample, zero where there is none.
    function newest(SampleRing storage ring) internal view returns (uint256 time) {
        if (ring.next != ring.first) (, time) = _at(ring, ring.next - 1);
    }

    /// @dev The window, oldest first.
    function read(SampleRing storage ring) internal view returns (uint256[] memory prices, uint256[] memory times) {
        uint256 count = length(ring);
        uint256 from = ring.next - count;
        (prices, times) = (new uint256[](count), new uint256[](count));
        for (uint256 i = 0; i < count; ++i) (prices[i], times[i]) = _at(ring, from + i);
    }

    function _at(SampleRing storage ring, uint256 number) private view returns (uint256 price, uint256 time) {
        uint256 half = uint128(ring.pairs[_slotOf(number)] >> _shiftOf(number));

        return (half >> PRICE_AT, uint40(half));
    }

    function _slotOf(uint256 number) private pure returns (uint256) {
        return (number / 2) % SLOTS;
    }

    function _shiftOf(uint256 number) private pure returns (uint256) {
        return (number % 2) * HALF;
    }
}
