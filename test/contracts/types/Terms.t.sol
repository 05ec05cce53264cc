// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Terms, TermsLib} from "../../../contracts/types/Terms.sol";
import {Kit} from "../kit/Kit.sol";

// pack
// └── every field reads back, and zeros are set
// applied
// └── it replaces bytes 27 to 30 of the conditions and no other
// allow
// ├── given nothing was set
// │   └── anything
// └── given terms are set
//     └── conditions with both parameters, and no others
contract TermsTest is Kit {
    function testFuzz_ReadsBack(uint16 guard, uint16 odds, uint32 cadence) external pure {
        Terms terms = TermsLib.pack(guard, odds, cadence);
        vm.assertTrue(terms.isSet(), "set");
        vm.assertEq(terms.guard(), guard, "guard");
        vm.assertEq(terms.odds(), odds, "odds");
        vm.assertEq(terms.cadence(), cadence, "cadence");
        vm.assertTrue(!Terms.wrap(0).isSet(), "never set");
    }

    function testFuzz_ReplacesTwoParameters(uint16 guard, uint16 odds, bytes32 conditions) external pure {
        bytes32 applied = TermsLib.pack(guard, odds, 0).applied(conditions);
        vm.assertEq(uint16(uint256(applied) >> 24), guard, "guard");
        vm.assertEq(uint16(uint256(applied) >> 8), odds, "odds");
        vm.assertEq(uint8(uint256(applied)), uint8(uint256(conditions)), "the byte behind");
        vm.assertEq(uint256(applied) >> 40, uint256(conditions) >> 40, "all before");
    }

    function testFuzz_AllowsTheirOwn(uint16 guard, uint16 odds, bytes32 conditions, uint256 bit) external pure {
        Terms terms = TermsLib.pack(guard, odds, 9);
        bytes32 applied = terms.applied(conditions);
        bit = _bound(bit, 0, 255);
        bytes32 other = applied ^ bytes32(uint256(1) << bit);
        vm.assertTrue(terms.allow(applied), "its own");
        vm.assertTrue(terms.allow(other) == (bit < 8 || bit > 39), "another parameter");
        vm.assertTrue(Terms.wrap(0).allow(other), "never set");
    }
}
