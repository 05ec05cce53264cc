// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {EpochBook} from "../../../contracts/types/EpochBook.sol";
import {Kit} from "../kit/Kit.sol";

// afterEpoch
// └── it counts one more, shows it, takes its round and what it covers, and keeps the oracle and the pace
// withShown
// └── it moves what is shown and keeps every other field
// withOracle
// └── it moves the oracle and keeps every other field
// withPace
// └── it moves its bit and keeps every other field
// oracle, count, shown, lastRound, isPaced, covered
// └── each reads its own field of any word
contract EpochBookTest is Kit {
    /// @dev The word as a struct, whose fields no arithmetic can mix up.
    struct Plain {
        address oracle;
        uint16 count;
        uint16 shown;
        uint32 lastRound; // 31 bits
        bool paced;
        uint32 covered;
    }

    function testFuzz_CountsAnEpoch(Plain memory plain, uint32 round, uint32 covered) external pure {
        vm.assume(plain.count != type(uint16).max);
        round >>= 1;
        EpochBook book = _pack(plain).afterEpoch(round, covered);

        plain.count += 1;
        plain.shown = plain.count;
        plain.lastRound = round;
        plain.covered = covered;
        _check(book, plain);
    }

    function testFuzz_MovesWhatIsShown(Plain memory plain, uint16 shown) external pure {
        EpochBook book = _pack(plain).withShown(shown);

        plain.shown = shown;
        _check(book, plain);
    }

    function testFuzz_MovesTheOracle(Plain memory plain, address oracle) external pure {
        EpochBook book = _pack(plain).withOracle(oracle);

        plain.oracle = oracle;
        _check(book, plain);
    }

    function testFuzz_MovesThePace(Plain memory plain, bool paced) external pure {
        EpochBook book = _pack(plain).withPace(paced);

        plain.paced = paced;
        _check(book, plain);
    }

    function testFuzz_ReadsEachField(Plain memory plain) external pure {
        EpochBook book = _pack(plain);

        vm.assertEq(book.oracle(), plain.oracle, "oracle");
        vm.assertEq(book.count(), plain.count, "count");
        vm.assertEq(book.shown(), plain.shown, "shown");
        vm.assertEq(book.lastRound(), plain.lastRound, "round");
        vm.assertTrue(book.isPaced() == plain.paced, "pace");
        vm.assertEq(book.covered(), plain.covered, "covered");
    }

    function _pack(Plain memory plain) private pure returns (EpochBook) {
        plain.lastRound &= type(uint32).max >> 1;
        uint32 paceAndRound = plain.lastRound | (plain.paced ? 1 << 31 : 0);
        bytes memory packed = abi.encodePacked(plain.covered, paceAndRound, plain.shown, plain.count, plain.oracle);
        return EpochBook.wrap(uint256(bytes32(packed)));
    }

    function _check(EpochBook book, Plain memory plain) private pure {
        vm.assertEq(EpochBook.unwrap(book), EpochBook.unwrap(_pack(plain)), "the whole word");
    }
}
