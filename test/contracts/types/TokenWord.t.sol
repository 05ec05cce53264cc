// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {TokenWord, TokenWordLib} from "../../../contracts/types/TokenWord.sol";
import {Kit} from "../kit/Kit.sol";

// moved
// ├── it sets the owner, counts one transfer and keeps every other field
// ├── when the owner becomes zero
// │   └── it marks the token burned, so the word is never zero again
// └── given the transfers are used up
//     └── it reverts rather than revive an old approval
contract TokenWordTest is Kit {
    uint256 private constant COUNT_MASK = uint256(type(uint32).max) << 160;
    uint256 private constant REST_MASK = type(uint256).max << 192;
    uint256 private constant BURNED = 1 << 248;

    function testFuzz_MovesAndKeepsTheRest(uint256 word, address to) external pure {
        vm.assume(word & COUNT_MASK != COUNT_MASK);
        vm.assume(to != address(0));
        TokenWord moved = TokenWord.wrap(word).moved(to);

        vm.assertEq(moved.owner(), to, "owner");
        vm.assertEq(moved.transfers(), TokenWord.wrap(word).transfers() + 1, "transfers");
        vm.assertEq(TokenWord.unwrap(moved) & REST_MASK, word & REST_MASK, "pin, birth and flags");
        vm.assertTrue(moved.isWritten(), "written");
    }

    function testFuzz_MarksTheBurned(uint256 word) external pure {
        vm.assume(word & COUNT_MASK != COUNT_MASK);
        TokenWord burned = TokenWord.wrap(word).moved(address(0));

        vm.assertEq(burned.owner(), address(0), "no owner");
        vm.assertEq(TokenWord.unwrap(burned) & REST_MASK, (word & REST_MASK) | BURNED, "burned, the rest kept");
        vm.assertTrue(burned.isWritten(), "written");
    }

    function testFuzz_RevertGiven_TransfersAreUsedUp(uint256 word, address to) external {
        vm.expectRevert(abi.encodeWithSelector(TokenWordLib.TokenWordTransfersExhausted.selector));
        this.move(TokenWord.wrap(word | COUNT_MASK), to);
    }

    function test_ZeroMeansNeverMoved() external pure {
        vm.assertTrue(!TokenWord.wrap(0).isWritten(), "not written");
    }

    /// @dev An external step, so that the revert has a call to end.
    function move(TokenWord word, address to) external pure returns (TokenWord) {
        return word.moved(to);
    }
}
