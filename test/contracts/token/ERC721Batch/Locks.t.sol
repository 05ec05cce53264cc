// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {IERC721Batch} from "../../../../contracts/interfaces/IERC721Batch.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";

// a locked token
// ├── cannot be transferred or burned, by its owner, by whom he approved or by an operator of his
// ├── can still be approved
// └── refuses a stranger for being a stranger
// lockOf
// ├── given the token does not exist, or was burned for its child
// │   └── it reverts
// └── it is the child while that is open, and zero before and after
// once the child is abandoned
// ├── the token moves, burns and is forged again, with nothing to unlock
// ├── an approval given before the lock still holds
// ├── a move clears the lock from the word
// └── a lock for another child holds by itself
contract LocksTest is ForgeKit {
    uint256 private constant CHILD = 3;
    uint256 private immutable TOKEN = _id(1, 0);

    function setUp() public override {
        super.setUp();
        vm.prank(ALICE);
        collection.setApprovalForAll(BOB, true);
        vm.prank(ALICE);
        collection.approve(CAROL, TOKEN);
    }

    /* LOCKED */

    function test_RevertWhen_Moved() external {
        _forge(ALICE, _first(1, 2));
        address[3] memory callers = [ALICE, BOB, CAROL];
        for (uint256 i = 0; i < 3; ++i) {
            _expectLocked(TOKEN, CHILD, callers[i]);
            collection.transferFrom(ALICE, BOB, TOKEN);
            _expectLocked(TOKEN, CHILD, callers[i]);
            collection.safeTransferFrom(ALICE, BOB, TOKEN);
            _expectLocked(TOKEN, CHILD, callers[i]);
            collection.transferFrom(ALICE, ALICE, TOKEN);
            _expectLocked(TOKEN, CHILD, callers[i]);
            collection.burn(TOKEN);
        }
    }

    function testFuzz_RevertWhen_CallerIsAStranger(address caller) external {
        vm.assume(caller != address(0) && caller != ALICE && caller != BOB && caller != CAROL);
        _forge(ALICE, _first(1, 2));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, caller, TOKEN));
        vm.prank(caller);
        collection.transferFrom(ALICE, caller, TOKEN);
    }

    function test_CanStillBeApproved() external {
        _forge(ALICE, _first(1, 2));
        vm.expectEmit(address(collection));
        emit IERC721.Approval(ALICE, STRANGER, TOKEN);
        vm.prank(ALICE);
        collection.approve(STRANGER, TOKEN);
        vm.assertEq(collection.getApproved(TOKEN), STRANGER, "approved");
    }

    /* ASKING */

    function testFuzz_RevertGiven_TokenDoesNotExist(uint256 tokenId) external {
        vm.assume(tokenId / 1_000_000 == 0 || tokenId / 1_000_000 > 2 || tokenId % 1_000_000 >= 10);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId));
        collection.lockOf(tokenId);
    }

    function test_RevertGiven_TokenWasBurnedForItsChild() external {
        _forge(ALICE, _first(1, 2));
        _sealForged(CHILD, _first(1, 2));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, TOKEN));
        collection.lockOf(TOKEN);
    }

    function test_IsTheChildWhileItIsOpen() external {
        vm.assertEq(collection.lockOf(TOKEN), 0, "before");
        _forge(ALICE, _first(1, 2));
        vm.assertEq(collection.lockOf(TOKEN), CHILD, "open");
        vm.roll(collection.sealDeadline(CHILD) + 1);
        vm.assertEq(collection.lockOf(TOKEN), CHILD, "past the window, until somebody abandons it");
        collection.abandon(CHILD);
        vm.assertEq(collection.lockOf(TOKEN), 0, "abandoned");
    }

    /* FREE AGAIN */

    function test_MovesOnceTheChildIsAbandoned() external {
        _abandoned();
        vm.prank(CAROL); // approved before the lock
        collection.transferFrom(ALICE, CAROL, TOKEN);

        vm.assertEq(collection.ownerOf(TOKEN), CAROL, "moved");
        vm.assertEq(collection.balanceOf(ALICE), 9, "from ALICE");
    }

    function test_BurnsOnceTheChildIsAbandoned() external {
        _abandoned();
        vm.prank(ALICE);
        collection.burn(TOKEN);

        vm.assertEq(collection.balanceOf(ALICE), 9, "burned");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, TOKEN));
        collection.ownerOf(TOKEN);
    }

    function test_IsForgedAgainOnceTheChildIsAbandoned() external {
        _abandoned();
        uint256[] memory parents = _pair(TOKEN, _id(1, 5));
        uint256 child = _forge(ALICE, parents);

        vm.assertEq(collection.lockOf(TOKEN), child, "locked for the new child");
        vm.assertEq(collection.lockOf(_id(1, 1)), 0, "the other parent is free");
        _expectLocked(TOKEN, child, ALICE);
        collection.burn(TOKEN);
        _sealForged(child, parents);
        vm.assertEq(collection.balanceOf(ALICE), 9, "two burned, one born");
    }

    function test_AMoveClearsTheLock() external {
        _abandoned();
        bytes32 slot = _slotOf(TOKEN);
        vm.assertEq(uint40(uint256(vm.load(address(collection), slot)) >> 208), CHILD, "a void lock");
        vm.prank(ALICE);
        collection.transferFrom(ALICE, ALICE, TOKEN);
        vm.assertEq(uint256(vm.load(address(collection), slot)) >> 208, 0, "no lock");
    }

    function test_AbandoningOneChildFreesNoOther() external {
        _forge(ALICE, _first(1, 2));
        vm.roll(block.number + 1);
        uint256[] memory parents = _pair(_id(1, 2), _id(1, 3));
        uint256 younger = _forge(ALICE, parents);
        _abandon(CHILD);

        vm.assertEq(collection.lockOf(_id(1, 2)), younger, "still locked");
        _expectLocked(_id(1, 2), younger, ALICE);
        collection.transferFrom(ALICE, BOB, _id(1, 2));
    }

    /* HELPERS */

    function _abandoned() private {
        _forge(ALICE, _first(1, 2));
        _abandon(CHILD);
    }

    /// @dev An owner's first read is the word of his token.
    function _slotOf(uint256 tokenId) private returns (bytes32) {
        vm.record();
        collection.ownerOf(tokenId);
        (bytes32[] memory reads, ) = vm.accesses(address(collection));
        return reads[0];
    }

    function _expectLocked(uint256 tokenId, uint256 child, address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenLocked.selector, tokenId, child));
        vm.prank(caller);
    }
}
