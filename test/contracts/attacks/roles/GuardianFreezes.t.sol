// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {LoopKit} from "../../kit/LoopKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: the pause of OpenZeppelin's ERC721Pausable, which stops every move.
contract FreezingToken is TwinToken {
    bool private _paused;

    function pause() external {
        _paused = true;
    }

    function burn(uint256 tokenId) external {
        _update(address(0), tokenId, msg.sender);
    }

    function _update(address to, uint256 tokenId, address auth) internal override returns (address) {
        require(!_paused, "paused");
        return super._update(to, tokenId, auth);
    }
}

// A stolen guardian key freezes all works, and asks for a ransom.
contract GuardianFreezesTest is LoopKit {
    function test_TheTwinIsFrozen() external {
        FreezingToken twin = new FreezingToken();
        twin.mint(ALICE, 1);
        twin.pause();

        vm.expectRevert(abi.encodeWithSignature("Error(string)", "paused"));
        vm.prank(ALICE);
        twin.transferFrom(ALICE, BOB, 1);
    }

    function test_TheCollectionMovesOn() external {
        uint256 batch = _mint(ALICE, 3);
        uint256 waiting = _open(ALICE, 1);
        vm.prank(GUARDIAN);
        collection.pause();

        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, _id(batch, 0));
        vm.prank(ALICE);
        collection.approve(CAROL, _id(batch, 1));
        vm.prank(CAROL);
        collection.safeTransferFrom(ALICE, CAROL, _id(batch, 1));
        vm.prank(ALICE);
        collection.burn(_id(batch, 2));
        vm.roll(collection.sealDeadline(waiting) + 1);
        collection.abandon(waiting);
        vm.assertEq(collection.balanceOf(ALICE), 0, "all moved or burned");
    }
}
