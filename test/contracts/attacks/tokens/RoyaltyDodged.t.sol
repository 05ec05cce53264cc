// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {LoopKit} from "../../kit/LoopKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Refuses one market that pays no royalties, whoever holds the work.
contract Blocklist {
    address private immutable BLOCKED;

    error Blocked(address caller);

    constructor(address blocked) {
        BLOCKED = blocked;
    }

    function validateTransfer(address caller, address, address, uint256) external view {
        require(caller != BLOCKED, Blocked(caller));
    }
}

/// @dev Vulnerable on purpose: asks the validator in one of the ways to move a work, and forgets the others.
contract OneDoorToken is TwinToken {
    Blocklist private immutable VALIDATOR;

    constructor(Blocklist validator) {
        VALIDATOR = validator;
    }

    function transferFrom(address from, address to, uint256 tokenId) public override {
        VALIDATOR.validateTransfer(msg.sender, from, to, tokenId);
        super.transferFrom(from, to, tokenId);
    }

    function give(address to, uint256 tokenId) external {
        _checkAuthorized(_ownerOf(tokenId), msg.sender, tokenId);
        _transfer(_ownerOf(tokenId), to, tokenId);
    }
}

// Royalties are enforced, and a market that pays none looks for another way to move works.
contract RoyaltyDodgedTest is LoopKit {
    address private immutable MARKET = _account("market");

    Blocklist private blocklist;

    function setUp() public override {
        super.setUp();
        blocklist = new Blocklist(MARKET);
    }

    function test_TheTwinHasAnotherDoor() external {
        OneDoorToken twin = new OneDoorToken(blocklist);
        twin.mint(ALICE, 1);
        vm.prank(ALICE);
        twin.setApprovalForAll(MARKET, true);
        vm.prank(MARKET);
        twin.give(BOB, 1);

        vm.assertEq(twin.ownerOf(1), BOB, "sold without a royalty");
    }

    function test_TheCollectionHasNone() external {
        uint256 tokenId = _id(_mint(ALICE, 1), 0);
        vm.prank(PARAMETERS);
        collection.setTransferValidator(address(blocklist));
        vm.prank(ALICE);
        collection.setApprovalForAll(MARKET, true);

        _expectBlocked();
        collection.transferFrom(ALICE, BOB, tokenId);
        _expectBlocked();
        collection.safeTransferFrom(ALICE, BOB, tokenId);
        _expectBlocked();
        collection.safeTransferFrom(ALICE, BOB, tokenId, "data");
    }

    function _expectBlocked() private {
        vm.expectRevert(abi.encodeWithSelector(Blocklist.Blocked.selector, MARKET));
        vm.prank(MARKET);
    }
}
