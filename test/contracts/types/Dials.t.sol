// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Dials} from "../../../contracts/types/Dials.sol";
import {Kit} from "../kit/Kit.sol";

// turnedBy
// └── it is the signed byte of the act's dial: two acts for each of the four
// isAtEnd
// └── it is true for an odd act at 8 and for an even one at -8, and for no other
// afterAct
// └── it turns one dial by one, up for odd acts and down for even ones, and keeps the others
contract DialsTest is Kit {
    function testFuzz_ReadsTheDialOfAnAct(int8[4] memory plain, uint256 act) external pure {
        act = _bound(act, 0, 7);

        vm.assertTrue(_pack(plain).turnedBy(act) == plain[act / 2], "dial");
    }

    function testFuzz_EndsAtEightBothWays(int8[4] memory plain, uint256 act, uint256 dial) external pure {
        act = _bound(act, 0, 7);
        plain[act / 2] = int8(int256(_bound(dial, 0, 16)) - 8);

        bool atEnd = plain[act / 2] == (act % 2 == 1 ? int8(8) : int8(-8));
        vm.assertTrue(_pack(plain).isAtEnd(act) == atEnd, "end");
    }

    function test_EndsAtBothEndsAndNowhereElse() external pure {
        for (uint256 act = 0; act < 8; ++act) {
            uint256 ends = 0;
            int8[4] memory plain;
            for (int8 dial = -8; dial <= 8; ++dial) {
                plain[act / 2] = dial;
                if (_pack(plain).isAtEnd(act)) ++ends;
            }
            vm.assertEq(ends, 1, "one end for an act");
        }
    }

    function testFuzz_TurnsOneDialAndKeepsTheOthers(int8[4] memory plain, uint256 act, uint256 dial) external pure {
        act = _bound(act, 0, 7);
        plain[act / 2] = int8(int256(_bound(dial, 0, 14)) - 7);
        Dials turned = _pack(plain).afterAct(act);

        plain[act / 2] += act % 2 == 1 ? int8(1) : int8(-1);
        vm.assertEq(Dials.unwrap(turned), Dials.unwrap(_pack(plain)), "the whole word");
    }

    function _pack(int8[4] memory plain) private pure returns (Dials) {
        return Dials.wrap(uint256(bytes32(abi.encodePacked(uint224(0), plain[3], plain[2], plain[1], plain[0]))));
    }
}
