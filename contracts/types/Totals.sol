// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// The counts of the whole collection in one word, so that opening, sealing and abandoning write one slot for all of them,
// the operator's daily limit and the guardian's pause included.
//
//   bit 255 241  240   239  216 215  192 191 176 175    136 135     96 95       64 63   32 31      0
//       +------+--------+-------+-------+-------+----------+-----------+-----------+-------+----------+
//       |  0   | paused | limit | spent |  day  | reserved | committed | abandoned | seals | openings |
//       +------+--------+-------+-------+-------+----------+-----------+-----------+-------+----------+
//         15       1       24      24      16       40         40          32         32       32
//
// openings   batches ever opened plus one, that is the next batch: the word is never zero, so that no opening, the first
//            one included, pays for a fresh slot here
// seals      batches sealed, which is the newest seal ordinal
// abandoned  batches whose window passed
// committed  tokens ever minted, burned ones included, and those promised to open batches: what the supply cap counts
// reserved   tokens promised to open batches
// day        days since 1970 at the operator's last opening, modulo 65,536
// spent      works that the operator opened on that day
// limit      most works that the operator may open on one day
// paused     whether minting stands still
//
// No field can run over into its neighbour: `committed` never exceeds the supply cap, which has 40 bits, `reserved` never
// exceeds `committed`, `spent` never exceeds a limit, and 2^32 openings at 50,000 gas each are 2 * 10^14 gas.
// Fields are read by dividing and written by multiplying: the optimizer makes shifts of that, and the prover can read it.
type Totals is uint256;

using TotalsLib for Totals global;

/// @title Reading and writing the counts of the collection
library TotalsLib {
    uint256 private constant COUNT = 2 ** 32;
    uint256 private constant TOKENS = 2 ** 40;
    uint256 private constant DAYS = 2 ** 16;
    uint256 private constant WORKS = 2 ** 24;

    // Literals: the compiler works a product of constants out anew at each use.
    uint256 private constant ONE_SEAL = 2 ** 32;
    uint256 private constant ONE_ABANDONED = 2 ** 64;
    uint256 private constant ONE_COMMITTED = 2 ** 96;
    uint256 private constant ONE_RESERVED = 2 ** 136;
    uint256 private constant ONE_DAY = 2 ** 176;
    uint256 private constant ONE_SPENT = 2 ** 192;
    uint256 private constant ONE_LIMIT = 2 ** 216;
    uint256 private constant PAUSED = 2 ** 240;
    uint256 private constant ONE_PROMISED = 2 ** 96 + 2 ** 136;
    uint256 private constant DAY_AND_SPENT = 2 ** 40;

    /// @dev The first batch is number 1. The caller has bounded the limit to 24 bits.
    function start(uint256 worksPerDay) internal pure returns (Totals) {
        return Totals.wrap(1 + worksPerDay * ONE_LIMIT);
    }

    /* COUNTING */

    /// @dev The caller has bounded `count` by what is left of the supply.
    function afterOpening(Totals totals, uint256 count) internal pure returns (Totals) {
        return Totals.wrap(Totals.unwrap(totals) + 1 + count * ONE_PROMISED);
    }

    function afterSealing(Totals totals, uint256 count) internal pure returns (Totals) {
        return Totals.wrap(Totals.unwrap(totals) + ONE_SEAL - count * ONE_RESERVED);
    }

    function afterAbandoning(Totals totals, uint256 count) internal pure returns (Totals) {
        return Totals.wrap(Totals.unwrap(totals) + ONE_ABANDONED - count * ONE_PROMISED);
    }

    /* THE DAILY LIMIT */

    /// @dev What the operator may still open on this day, given in days since 1970. A limit may fall below what is spent.
    function leftOn(Totals totals, uint256 today) internal pure returns (uint256) {
        uint256 gone = totals.day() == today % DAYS ? totals.spent() : 0;
        uint256 most = totals.limit();

        return gone < most ? most - gone : 0;
    }

    /// @dev The caller has bounded `count` by {leftOn}.
    function afterSpending(Totals totals, uint256 count, uint256 today) internal pure returns (Totals) {
        if (totals.day() == today % DAYS) return Totals.wrap(Totals.unwrap(totals) + count * ONE_SPENT);

        uint256 stale = (Totals.unwrap(totals) / ONE_DAY) % DAY_AND_SPENT;
        uint256 fresh = (today % DAYS) + count * DAYS;
        return Totals.wrap(Totals.unwrap(totals) - stale * ONE_DAY + fresh * ONE_DAY);
    }

    /// @dev The caller has bounded the limit to 24 bits.
    function withLimit(Totals totals, uint256 newLimit) internal pure returns (Totals) {
        return Totals.wrap(Totals.unwrap(totals) - totals.limit() * ONE_LIMIT + newLimit * ONE_LIMIT);
    }

    /* THE PAUSE */

    function withPause(Totals totals, bool isPaused) internal pure returns (Totals) {
        return Totals.wrap((Totals.unwrap(totals) % PAUSED) + (isPaused ? PAUSED : 0));
    }

    function paused(Totals totals) internal pure returns (bool) {
        return Totals.unwrap(totals) >= PAUSED;
    }

    /* FIELDS */

    function nextBatch(Totals totals) internal pure returns (uint256) {
        return Totals.unwrap(totals) % COUNT;
    }

    function seals(Totals totals) internal pure returns (uint256) {
        return (Totals.unwrap(totals) / ONE_SEAL) % COUNT;
    }

    function abandoned(Totals totals) internal pure returns (uint256) {
        return (Totals.unwrap(totals) / ONE_ABANDONED) % COUNT;
    }

    function committed(Totals totals) internal pure returns (uint256) {
        return (Totals.unwrap(totals) / ONE_COMMITTED) % TOKENS;
    }

    function reserved(Totals totals) internal pure returns (uint256) {
        return (Totals.unwrap(totals) / ONE_RESERVED) % TOKENS;
    }

    function day(Totals totals) internal pure returns (uint256) {
        return (Totals.unwrap(totals) / ONE_DAY) % DAYS;
    }

    function spent(Totals totals) internal pure returns (uint256) {
        return (Totals.unwrap(totals) / ONE_SPENT) % WORKS;
    }

    function limit(Totals totals) internal pure returns (uint256) {
        return (Totals.unwrap(totals) / ONE_LIMIT) % WORKS;
    }
}
