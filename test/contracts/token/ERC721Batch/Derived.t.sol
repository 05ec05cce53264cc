// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {ERC721Batch} from "../../../../contracts/token/ERC721Batch.sol";
import {Kit} from "../../kit/Kit.sol";
import {Vm} from "../../kit/Vm.sol";

/// @dev Calls what OpenZeppelin's base offers to contracts that derive from it, and the collection does not use.
contract Derived is ERC721Batch {
    constructor() ERC721("", "") {}

    function mint(address to, uint256 tokenId) external {
        _mint(to, tokenId);
    }

    function burn(uint256 tokenId) external {
        _burn(tokenId);
    }

    function transfer(address from, address to, uint256 tokenId) external {
        _transfer(from, to, tokenId);
    }

    function approve(address to, uint256 tokenId, address auth, bool emitEvent) external {
        _approve(to, tokenId, auth, emitEvent);
    }

    function increaseBalance(address account, uint128 value) external {
        _increaseBalance(account, value);
    }

    /// @dev Minting and burning are no transfers.
    function _beforeTransfer(address from, address to, uint256) internal pure override {
        assert(from != address(0) && to != address(0));
    }
}

// a contract that derives from ERC721Batch
// ├── when it mints a token of no batch
// │   ├── the token is counted and announced, and nothing is asked as before a transfer
// │   └── given it exists already
// │       └── it reverts
// ├── when it moves or burns a token in nobody's name
// │   ├── nobody needs to be approved
// │   └── given it does not exist
// │       └── it reverts
// ├── when it approves
// │   ├── in nobody's name and quietly
// │   │   ├── the approval holds, without event
// │   │   └── given the token does not exist yet
// │   │       └── nothing reverts, and its first move ends the approval
// │   ├── in somebody's name and quietly
// │   │   ├── the approval holds, without event
// │   │   └── given he may not
// │   │       └── it reverts
// │   └── in nobody's name and aloud
// │       └── the approval holds and is announced
// └── when it increases a balance
//     └── the balance that everybody reads grows
contract DerivedTest is Kit {
    uint256 private constant TOKEN = 7;

    address private immutable ALICE = _account("alice");
    address private immutable BOB = _account("bob");
    Derived private derived;

    function setUp() external {
        derived = new Derived();
    }

    /* MINTING */

    function test_MintsATokenOfNoBatch() external {
        vm.recordLogs();
        derived.mint(ALICE, TOKEN);

        _expectOneLog(IERC721.Transfer.selector, address(0), ALICE);
        vm.assertEq(derived.ownerOf(TOKEN), ALICE, "owner");
        vm.assertEq(derived.balanceOf(ALICE), 1, "balance");
    }

    function test_RevertGiven_MintedAlready() external {
        derived.mint(ALICE, TOKEN);

        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidSender.selector, address(0)));
        derived.mint(BOB, TOKEN);
    }

    /* MOVING */

    function test_MovesAndBurnsInNobodysName() external {
        derived.mint(ALICE, TOKEN);

        derived.transfer(ALICE, BOB, TOKEN);
        vm.assertEq(derived.ownerOf(TOKEN), BOB, "moved");
        vm.assertEq(derived.balanceOf(ALICE), 0, "given");
        vm.assertEq(derived.balanceOf(BOB), 1, "taken");

        vm.recordLogs();
        derived.burn(TOKEN);
        _expectOneLog(IERC721.Transfer.selector, BOB, address(0));
        vm.assertEq(derived.balanceOf(BOB), 0, "burned");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, TOKEN));
        derived.ownerOf(TOKEN);
    }

    function test_RevertGiven_MovedTokenDoesNotExist() external {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, TOKEN));
        derived.transfer(ALICE, BOB, TOKEN);

        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, TOKEN));
        derived.burn(TOKEN);
    }

    /* APPROVING */

    function test_ApprovesQuietlyInNobodysName() external {
        derived.mint(ALICE, TOKEN);

        vm.recordLogs();
        derived.approve(BOB, TOKEN, address(0), false);

        vm.assertEq(vm.getRecordedLogs().length, 0, "no event");
        vm.assertEq(derived.getApproved(TOKEN), BOB, "approved");
    }

    function test_FirstMoveEndsAnApprovalFromBefore() external {
        vm.recordLogs();
        derived.approve(BOB, TOKEN, address(0), false);
        vm.assertEq(vm.getRecordedLogs().length, 0, "no event");

        derived.mint(ALICE, TOKEN);
        vm.assertEq(derived.getApproved(TOKEN), address(0), "ended");
    }

    function test_ApprovesQuietlyInSomebodysName() external {
        derived.mint(ALICE, TOKEN);

        vm.recordLogs();
        derived.approve(BOB, TOKEN, ALICE, false);

        vm.assertEq(vm.getRecordedLogs().length, 0, "no event");
        vm.assertEq(derived.getApproved(TOKEN), BOB, "approved");
    }

    function test_RevertGiven_HeMayNotApprove() external {
        derived.mint(ALICE, TOKEN);

        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidApprover.selector, BOB));
        derived.approve(BOB, TOKEN, BOB, false);
    }

    function test_ApprovesAloudInNobodysName() external {
        derived.mint(ALICE, TOKEN);

        vm.recordLogs();
        derived.approve(BOB, TOKEN, address(0), true);

        _expectOneLog(IERC721.Approval.selector, ALICE, BOB);
        vm.assertEq(derived.getApproved(TOKEN), BOB, "approved");
    }

    /* COUNTING */

    function test_IncreasesTheBalanceThatEverybodyReads() external {
        derived.mint(ALICE, TOKEN);

        derived.increaseBalance(ALICE, 5);

        vm.assertEq(derived.balanceOf(ALICE), 6, "balance");
    }

    function _expectOneLog(bytes32 signature, address first, address second) private {
        Vm.Log[] memory logs = vm.getRecordedLogs();
        vm.assertEq(logs.length, 1, "one event");
        vm.assertEq(logs[0].topics[0], signature, "event");
        vm.assertEq(address(uint160(uint256(logs[0].topics[1]))), first, "first");
        vm.assertEq(address(uint160(uint256(logs[0].topics[2]))), second, "second");
        vm.assertEq(uint256(logs[0].topics[3]), TOKEN, "token");
    }
}
