// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Totals, TotalsLib} from "../../../contracts/types/Totals.sol";
import {Kit} from "../kit/Kit.sol";

// afterOpening, afterSealing, afterAbandoning
// └── it follows a plain count of each field over any course of batches
contract TotalsTest is Kit {
    struct Plain {
        uint256 openings;
        uint256 seals;
        uint256 abandoned;
        uint256 minted;
        uint256 reserved;
    }

    function testFuzz_FollowsAPlainCount(uint256[] calldata course) external pure {
        Totals totals = TotalsLib.start(1_000);
        Plain memory plain;

        for (uint256 i = 0; i < course.length; ++i) {
            uint256 count = _bound(course[i] >> 8, 1, type(uint32).max);
            totals = totals.afterOpening(count);
            plain.openings += 1;
            plain.reserved += count;

            if (course[i] % 3 == 0) {
                totals = totals.afterSealing(count);
                plain.seals += 1;
                plain.minted += count;
                plain.reserved -= count;
            } else if (course[i] % 3 == 1) {
                totals = totals.afterAbandoning(count);
                plain.abandoned += 1;
                plain.reserved -= count;
            }
        }

        _check(totals, plain);
    }

    function test_HoldsTheGreatestSupply() external pure {
        uint256 most = type(uint64).max;
        Totals open = TotalsLib.start(1_000).afterOpening(most);
        _check(open, Plain({openings: 1, seals: 0, abandoned: 0, minted: 0, reserved: most}));
        _check(open.afterSealing(most), Plain({openings: 1, seals: 1, abandoned: 0, minted: most, reserved: 0}));
        _check(open.afterAbandoning(most), Plain({openings: 1, seals: 0, abandoned: 1, minted: 0, reserved: 0}));
    }

    function _check(Totals totals, Plain memory plain) private pure {
        vm.assertEq(totals.nextBatch(), plain.openings + 1, "next batch");
        vm.assertEq(totals.seals(), plain.seals, "seals");
        vm.assertEq(totals.abandoned(), plain.abandoned, "abandoned");
        vm.assertEq(totals.committed(), plain.minted + plain.reserved, "committed");
        vm.assertEq(totals.reserved(), plain.reserved, "reserved");
    }
}
