// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Totals, TotalsLib} from "../../../contracts/types/Totals.sol";
import {Kit} from "../kit/Kit.sol";

// start
// └── it holds the first batch's number and the limit, and nothing else
// every step: opening, sealing, abandoning, spending, limit, pause
// ├── it gives the word that a plain struct packs into, to the bit, from any state
// └── it follows a plain count over any course of steps
// paused
// └── it is the pause alone, whether the other fields are all zero or all full
// leftOn
// ├── on the day of the last opening it is the limit less what is spent, and never below zero
// └── on any other day it is the whole limit
contract TotalsTest is Kit {
    uint256 private constant MOST = type(uint40).max;

    /// @dev The word as a struct, whose fields no arithmetic can mix up.
    struct Plain {
        bool paused;
        uint24 limit;
        uint24 spent;
        uint16 day;
        uint40 reserved;
        uint40 committed;
        uint32 abandoned;
        uint32 seals;
        uint32 openings;
    }

    function testFuzz_Starts(uint24 limit) external pure {
        Plain memory plain;
        plain.limit = limit;
        plain.openings = 1;
        _check(TotalsLib.start(limit), plain);
    }

    /* STEPS FROM ANY STATE */

    function testFuzz_Opens(Plain memory plain, uint256 count) external pure {
        plain = _sound(plain);
        count = _bound(count, 0, MOST - plain.committed);
        Totals opened = _pack(plain).afterOpening(count);

        plain.openings += 1;
        plain.committed += uint40(count);
        plain.reserved += uint40(count);
        _check(opened, plain);
    }

    function testFuzz_Seals(Plain memory plain, uint256 count) external pure {
        plain = _sound(plain);
        count = _bound(count, 0, plain.reserved);
        Totals done = _pack(plain).afterSealing(count);

        plain.seals += 1;
        plain.reserved -= uint40(count);
        _check(done, plain);
    }

    function testFuzz_Abandons(Plain memory plain, uint256 count) external pure {
        plain = _sound(plain);
        count = _bound(count, 0, plain.reserved);
        Totals done = _pack(plain).afterAbandoning(count);

        plain.abandoned += 1;
        plain.committed -= uint40(count);
        plain.reserved -= uint40(count);
        _check(done, plain);
    }

    function testFuzz_Spends(Plain memory plain, uint256 count, uint256 today) external pure {
        if (today % 2 == 0) today = uint256(plain.day) + 65_536 * _bound(today, 0, 1_000); // often the same day
        bool same = uint16(today) == plain.day;
        count = _bound(count, 0, type(uint24).max - (same ? plain.spent : 0));
        Totals spent = _pack(plain).afterSpending(count, today);

        plain.spent = uint24((same ? plain.spent : 0) + count);
        plain.day = uint16(today);
        _check(spent, plain);
    }

    function testFuzz_Limits(Plain memory plain, uint24 limit) external pure {
        Totals limited = _pack(plain).withLimit(limit);

        plain.limit = limit;
        _check(limited, plain);
    }

    function testFuzz_Pauses(Plain memory plain, bool paused) external pure {
        Totals totals = _pack(plain).withPause(paused);

        plain.paused = paused;
        _check(totals, plain);
    }

    function test_IsPausedWhateverElseStandsThere() external pure {
        Totals empty = Totals.wrap(0);
        Totals full = Totals.wrap(type(uint256).max >> 16);

        vm.assertTrue(!empty.paused() && empty.withPause(true).paused(), "empty");
        vm.assertTrue(!full.withPause(false).paused() && full.withPause(true).paused(), "full");
    }

    function testFuzz_ReadsEachField(Plain memory plain) external pure {
        Totals totals = _pack(plain);

        vm.assertTrue(totals.paused() == plain.paused, "paused");
        vm.assertEq(totals.limit(), plain.limit, "limit");
        vm.assertEq(totals.spent(), plain.spent, "spent");
        vm.assertEq(totals.day(), plain.day, "day");
        vm.assertEq(totals.reserved(), plain.reserved, "reserved");
        vm.assertEq(totals.committed(), plain.committed, "committed");
        vm.assertEq(totals.abandoned(), plain.abandoned, "abandoned");
        vm.assertEq(totals.seals(), plain.seals, "seals");
        vm.assertEq(totals.nextBatch(), plain.openings, "openings");
    }

    /* WHAT IS LEFT OF THE DAY */

    function testFuzz_LeftOnTheSameDay(Plain memory plain, uint256 times) external pure {
        uint256 today = uint256(plain.day) + 65_536 * _bound(times, 0, type(uint64).max);
        uint256 expected = plain.spent < plain.limit ? plain.limit - plain.spent : 0;

        vm.assertEq(_pack(plain).leftOn(today), expected, "left");
    }

    function testFuzz_LeftOnAnotherDay(Plain memory plain, uint256 today) external pure {
        vm.assume(uint16(today) != plain.day);
        vm.assertEq(_pack(plain).leftOn(today), plain.limit, "the whole limit");
    }

    /* COURSES */

    function testFuzz_FollowsAPlainCount(uint256[] calldata course, uint24 limit) external pure {
        Totals totals = TotalsLib.start(limit);
        Plain memory plain;
        plain.limit = limit;
        plain.openings = 1;
        uint256 today = 20_000;

        for (uint256 i = 0; i < course.length; ++i) {
            today += course[i] % 2;
            uint256 left = totals.leftOn(today);
            if (left == 0) continue;
            uint40 count = uint40(_bound(course[i] >> 8, 1, left));

            totals = totals.afterSpending(count, today).afterOpening(count);
            plain.spent = uint24((plain.day == today ? plain.spent : 0) + count);
            plain.day = uint16(today);
            plain.openings += 1;
            plain.committed += count;
            plain.reserved += count;

            if (course[i] % 3 == 0) {
                totals = totals.afterSealing(count);
                plain.seals += 1;
                plain.reserved -= count;
            } else if (course[i] % 3 == 1) {
                totals = totals.afterAbandoning(count);
                plain.abandoned += 1;
                plain.committed -= count;
                plain.reserved -= count;
            }
        }

        _check(totals, plain);
    }

    function test_HoldsTheGreatestSupply() external pure {
        Plain memory plain = Plain(true, type(uint24).max, type(uint24).max, type(uint16).max, 0, 0, 7, 8, 9);
        Totals open = _pack(plain).afterOpening(MOST);
        plain.openings = 10;
        plain.reserved = uint40(MOST);
        plain.committed = uint40(MOST);
        _check(open, plain);

        plain.reserved = 0;
        plain.seals = 9;
        _check(open.afterSealing(MOST), plain);

        plain.seals = 8;
        plain.abandoned = 8;
        plain.committed = 0;
        _check(open.afterAbandoning(MOST), plain);
    }

    /* HELPERS */

    /// @dev What the collection can come to: no more is promised than committed, and no count at its end.
    function _sound(Plain memory plain) private pure returns (Plain memory) {
        plain.reserved = uint40(_bound(plain.reserved, 0, plain.committed));
        plain.openings = uint32(_bound(plain.openings, 1, type(uint32).max - 1));
        plain.seals = uint32(_bound(plain.seals, 0, type(uint32).max - 1));
        plain.abandoned = uint32(_bound(plain.abandoned, 0, type(uint32).max - 1));

        return plain;
    }

    function _pack(Plain memory plain) private pure returns (Totals) {
        bytes memory upper = abi.encodePacked(plain.paused, plain.limit, plain.spent, plain.day);
        bytes memory lower = abi.encodePacked(
            plain.reserved,
            plain.committed,
            plain.abandoned,
            plain.seals,
            plain.openings
        );
        bytes memory packed = bytes.concat(bytes1(0), upper, lower);

        return Totals.wrap(uint256(bytes32(packed)));
    }

    function _check(Totals totals, Plain memory plain) private pure {
        vm.assertEq(Totals.unwrap(totals), Totals.unwrap(_pack(plain)), "the whole word");
    }
}
