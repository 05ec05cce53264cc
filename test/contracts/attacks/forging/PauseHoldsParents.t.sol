// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: the pause stops everything, giving up included.
contract PausableForge is TwinToken {
    mapping(uint256 tokenId => bool) public locked;
    bool public paused;

    function pause() external {
        paused = true;
    }

    function lock(uint256 tokenId) external {
        require(!paused, "paused");
        locked[tokenId] = true;
    }

    function abandon(uint256 tokenId) external {
        require(!paused, "paused");
        locked[tokenId] = false;
    }

    function _update(address to, uint256 tokenId, address auth) internal override returns (address) {
        require(!locked[tokenId], "locked");
        return super._update(to, tokenId, auth);
    }
}

// A stolen guardian key pauses, and works that wait for their child stay locked.
contract PauseHoldsParentsTest is ForgeKit {
    function test_TheTwinKeepsThemLocked() external {
        PausableForge twin = new PausableForge();
        twin.mint(ALICE, 1);
        twin.lock(1);
        twin.pause();

        vm.expectRevert(abi.encodeWithSignature("Error(string)", "paused"));
        twin.abandon(1);
        vm.expectRevert(abi.encodeWithSignature("Error(string)", "locked"));
        vm.prank(ALICE);
        twin.transferFrom(ALICE, BOB, 1);
    }

    function test_TheCollectionFreesThem() external {
        uint256 held = collection.balanceOf(ALICE);
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);
        uint256 child = _forge(ALICE, parents);
        vm.prank(GUARDIAN);
        collection.pause();
        _abandon(child);

        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, parents[0]);
        vm.prank(ALICE);
        collection.burn(parents[1]);
        vm.assertEq(collection.ownerOf(parents[0]), BOB, "moved while paused");
        vm.assertEq(collection.balanceOf(ALICE), held, "and burned while paused");
    }
}
