// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {TokenWord, TokenWordLib} from "../../../contracts/types/TokenWord.sol";
import {Kit} from "../kit/Kit.sol";

// moved
// ├── it sets the owner, counts one transfer, ends the lock and keeps every other field
// ├── when the owner becomes zero
// │   └── it marks the token burned, so the word is never zero again, and ends the pin
// └── given the transfers are used up
//     └── it reverts rather than revive an old approval
// lockedFor
// └── it sets the holder and the lock and keeps every other field, the transfers included
// pinnedTo
// └── it sets the holder and the pin and keeps every other field, the lock included
// owner, transfers, pin, lock
// └── each reads its own field of any word
// isWritten
// └── it is false for zero only
contract TokenWordTest is Kit {
    /// @dev The word as a struct, whose fields no arithmetic can mix up.
    struct Plain {
        address owner;
        uint32 transfers;
        uint16 pin;
        uint40 lock;
        uint8 flags;
    }

    function testFuzz_MovesAndKeepsTheRest(Plain memory plain, address to) external pure {
        vm.assume(plain.transfers != type(uint32).max);
        vm.assume(to != address(0));
        TokenWord moved = _pack(plain).moved(to);

        plain.owner = to;
        plain.transfers += 1;
        plain.lock = 0;
        _check(moved, plain);
    }

    function testFuzz_MarksTheBurned(Plain memory plain) external pure {
        vm.assume(plain.transfers != type(uint32).max);
        TokenWord burned = _pack(plain).moved(address(0));

        plain.owner = address(0);
        plain.transfers += 1;
        plain.pin = 0;
        plain.lock = 0;
        plain.flags |= 1;
        _check(burned, plain);
        vm.assertTrue(burned.isWritten(), "written");
    }

    function test_MovesForTheLastTime() external pure {
        Plain memory plain = Plain(address(7), type(uint32).max - 1, type(uint16).max, type(uint40).max, 0xff);
        TokenWord moved = _pack(plain).moved(address(8));

        _check(moved, Plain(address(8), type(uint32).max, type(uint16).max, 0, 0xff));
    }

    function testFuzz_RevertGiven_TransfersAreUsedUp(Plain memory plain, address to) external {
        plain.transfers = type(uint32).max;
        vm.expectRevert(abi.encodeWithSelector(TokenWordLib.TokenWordTransfersExhausted.selector));
        this.move(_pack(plain), to);
    }

    function testFuzz_LocksAndKeepsTheRest(Plain memory plain, address holder, uint40 child) external pure {
        TokenWord locked = _pack(plain).lockedFor(holder, child);

        plain.owner = holder;
        plain.lock = child;
        _check(locked, plain);
    }

    function testFuzz_PinsAndKeepsTheRest(Plain memory plain, address holder, uint16 pin) external pure {
        TokenWord pinned = _pack(plain).pinnedTo(holder, pin);

        plain.owner = holder;
        plain.pin = pin;
        _check(pinned, plain);
    }

    function testFuzz_ReadsEachField(Plain memory plain) external pure {
        TokenWord word = _pack(plain);

        vm.assertEq(word.owner(), plain.owner, "owner");
        vm.assertEq(word.transfers(), plain.transfers, "transfers");
        vm.assertEq(word.pin(), plain.pin, "pin");
        vm.assertEq(word.lock(), plain.lock, "lock");
        vm.assertTrue(word.isWritten() == (TokenWord.unwrap(word) != 0), "written");
    }

    function testFuzz_AnyBitMakesItWritten(uint8 bit) external pure {
        vm.assertTrue(TokenWord.wrap(1 << bit).isWritten(), "written");
        vm.assertTrue(!TokenWord.wrap(0).isWritten(), "not written");
    }

    /// @dev An external step, so that the revert has a call to end.
    function move(TokenWord word, address to) external pure returns (TokenWord) {
        return word.moved(to);
    }

    function _pack(Plain memory plain) private pure returns (TokenWord) {
        bytes memory packed = abi.encodePacked(plain.flags, plain.lock, plain.pin, plain.transfers, plain.owner);
        return TokenWord.wrap(uint256(bytes32(packed)));
    }

    function _check(TokenWord word, Plain memory plain) private pure {
        vm.assertEq(TokenWord.unwrap(word), TokenWord.unwrap(_pack(plain)), "the whole word");
    }
}
