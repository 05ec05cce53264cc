// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// The counts of the whole collection in one word, so that opening, sealing and abandoning write one slot for all of them.
//
//   bit 255 248 247    184 183     120 119       80 79       40 39         0
//       +------+----------+-----------+-------------+-----------+-----------+
//       |  0   | reserved | committed |  abandoned  |   seals   |  openings |
//       +------+----------+-----------+-------------+-----------+-----------+
//         8      64         64          40            40          40
//
// openings   batches ever opened plus one, that is the next batch: the word is never zero, so that no opening, the first
//            one included, pays for a fresh slot here
// seals      batches sealed, which is the newest seal ordinal
// abandoned  batches whose window passed
// committed  tokens ever minted, burned ones included, and those promised to open batches: what the supply cap counts
// reserved   tokens promised to open batches
//
// No field can run over into its neighbour: `committed` never exceeds the supply cap, which has 64 bits, `reserved` never
// exceeds `committed`, and 2^40 openings at 50,000 gas each are more than any chain executes.
type Totals is uint256;

using TotalsLib for Totals global;

/// @title Reading and writing the counts of the collection
library TotalsLib {
    uint256 private constant SEALS_AT = 40;
    uint256 private constant ABANDONED_AT = 80;
    uint256 private constant COMMITTED_AT = 120;
    uint256 private constant RESERVED_AT = 184;

    uint256 private constant ONE_SEAL = 1 << SEALS_AT;
    uint256 private constant ONE_ABANDONED = 1 << ABANDONED_AT;
    uint256 private constant ONE_RESERVED = 1 << RESERVED_AT;
    uint256 private constant ONE_PROMISED = ONE_RESERVED | (1 << COMMITTED_AT);

    /// @dev The first batch is number 1.
    function start() internal pure returns (Totals) {
        return Totals.wrap(1);
    }

    function afterOpening(Totals totals, uint256 count) internal pure returns (Totals) {
        return Totals.wrap(Totals.unwrap(totals) + 1 + count * ONE_PROMISED);
    }

    function afterSealing(Totals totals, uint256 count) internal pure returns (Totals) {
        return Totals.wrap(Totals.unwrap(totals) + ONE_SEAL - count * ONE_RESERVED);
    }

    function afterAbandoning(Totals totals, uint256 count) internal pure returns (Totals) {
        return Totals.wrap(Totals.unwrap(totals) + ONE_ABANDONED - count * ONE_PROMISED);
    }

    function nextBatch(Totals totals) internal pure returns (uint256) {
        return uint40(Totals.unwrap(totals));
    }

    function seals(Totals totals) internal pure returns (uint256) {
        return uint40(Totals.unwrap(totals) >> SEALS_AT);
    }

    function abandoned(Totals totals) internal pure returns (uint256) {
        return uint40(Totals.unwrap(totals) >> ABANDONED_AT);
    }

    function committed(Totals totals) internal pure returns (uint256) {
        return uint64(Totals.unwrap(totals) >> COMMITTED_AT);
    }

    function reserved(Totals totals) internal pure returns (uint256) {
        return uint64(Totals.unwrap(totals) >> RESERVED_AT);
    }
}
