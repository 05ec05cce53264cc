// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {LoopKit} from "../../kit/LoopKit.sol";

// the first transfer
// ├── from any position it writes one token word and the two balances, whatever its neighbours did
// └── it counts for the lowest address there is too
// approvals
// ├── a transfer ends them, and a return to the approver does not bring them back
// └── of a token that never moved, they hold
// burn
// ├── when the caller is neither owner nor approved
// │   └── it reverts
// ├── of a token that never moved
// │   └── the token does not fall back to the recipient of its batch
// ├── of any token
// │   └── it writes one token word and one balance, and nothing for nobody
// ├── of a token that moved
// │   └── it is gone, with its approval
// └── twice
//     └── it reverts
// ids that no batch holds
// └── they have no owner, cannot be moved, approved or burned
contract OwnershipTest is LoopKit {
    uint256 private constant COUNT = 100;

    function setUp() public override {
        super.setUp();
        _mint(ALICE, COUNT);
        _mint(BOB, 1); // so that no balance is written for the first time below
    }

    /* FIRST TRANSFERS */

    function testFuzz_WritesThreeSlotsFromAnyPosition(uint256 position, uint256 neighbours) external {
        uint256 tokenId = _id(1, _bound(position, 0, COUNT - 1));
        for (uint256 i = 0; i < 8; ++i) {
            uint256 other = _id(1, uint8(neighbours >> (8 * i)) % COUNT);
            if (other != tokenId && collection.ownerOf(other) == ALICE) _transfer(ALICE, CAROL, other);
        }

        vm.record();
        _transfer(ALICE, BOB, tokenId);
        (, bytes32[] memory writes) = vm.accesses(address(collection));

        vm.assertEq(writes.length, 3, "the word and two balances");
        vm.assertEq(collection.ownerOf(tokenId), BOB, "owner");
    }

    function test_CountsForTheLowestAddress() external {
        _transfer(ALICE, address(1), _id(1, 0));
        vm.assertEq(collection.balanceOf(address(1)), 1, "taken");

        _transfer(address(1), ALICE, _id(1, 0));
        vm.assertEq(collection.balanceOf(address(1)), 0, "given");
        vm.assertEq(collection.balanceOf(ALICE), COUNT, "as before");
    }

    /* APPROVALS */

    function test_TransferEndsTheApproval() external {
        uint256 tokenId = _id(1, 7);
        vm.prank(ALICE);
        collection.approve(CAROL, tokenId);
        vm.assertEq(collection.getApproved(tokenId), CAROL, "holds before the first move");

        _transfer(ALICE, BOB, tokenId);
        _transfer(BOB, ALICE, tokenId);

        vm.assertEq(collection.getApproved(tokenId), address(0), "ended for good");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, CAROL, tokenId));
        vm.prank(CAROL);
        collection.transferFrom(ALICE, CAROL, tokenId);
    }

    function test_TransferToOneselfEndsTheApproval() external {
        uint256 tokenId = _id(1, 7);
        vm.prank(ALICE);
        collection.approve(CAROL, tokenId);
        _transfer(ALICE, ALICE, tokenId);

        vm.assertEq(collection.getApproved(tokenId), address(0), "ended");
        vm.assertEq(collection.balanceOf(ALICE), COUNT, "balance unchanged");
    }

    /* BURNING */

    function test_RevertWhen_CallerMayNotBurn() external {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, CAROL, _id(1, 0)));
        vm.prank(CAROL);
        collection.burn(_id(1, 0));
    }

    function test_BurnWritesTwoSlots() external {
        vm.record();
        vm.prank(ALICE);
        collection.burn(_id(1, 7));
        (, bytes32[] memory writes) = vm.accesses(address(collection));

        vm.assertEq(writes.length, 2, "the word and one balance");
    }

    function testFuzz_BurnedTokenNeverFallsBack(uint256 position, uint256 moves) external {
        uint256 tokenId = _id(1, _bound(position, 0, COUNT - 1));
        address holder = ALICE;
        for (uint256 i = 0; i < moves % 4; ++i) {
            address next = holder == ALICE ? BOB : ALICE;
            _transfer(holder, next, tokenId);
            holder = next;
        }
        uint256 before = collection.balanceOf(holder);

        vm.prank(holder);
        collection.approve(CAROL, tokenId);
        vm.expectEmit(address(collection));
        emit IERC721.Transfer(holder, address(0), tokenId);
        vm.prank(CAROL); // the approved account may burn
        collection.burn(tokenId);

        vm.assertEq(collection.balanceOf(holder), before - 1, "balance");
        _refuseEverything(tokenId);
    }

    /* IDS WITHOUT A BATCH */

    function testFuzz_IdsOutsideEveryBatch(uint256 tokenId) external {
        vm.assume(tokenId / 1_000_000 != 1 || tokenId % 1_000_000 >= COUNT);
        vm.assume(tokenId != _id(2, 0));
        _refuseEverything(tokenId);
    }

    function test_IdsAtTheEdges() external {
        uint256[6] memory edges = [0, 999_999, _id(1, COUNT), _id(1, 999_999), _id(2, 1), type(uint256).max];
        for (uint256 i = 0; i < edges.length; ++i) _refuseEverything(edges[i]);
    }

    /* HELPERS */

    function _transfer(address from, address to, uint256 tokenId) private {
        vm.prank(from);
        collection.transferFrom(from, to, tokenId);
    }

    /// @dev Nobody owns it, and nobody, its batch's recipient least of all, can do anything with it.
    function _refuseEverything(uint256 tokenId) private {
        bytes memory refusal = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId);

        vm.expectRevert(refusal);
        collection.ownerOf(tokenId);
        vm.expectRevert(refusal);
        collection.getApproved(tokenId);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, tokenId);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        collection.approve(BOB, tokenId);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        collection.burn(tokenId);
    }
}
