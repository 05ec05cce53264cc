// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {EpochKit} from "../../kit/EpochKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: whoever may move a work may pin it.
contract PinsForOperators is TwinToken {
    mapping(uint256 tokenId => uint256) public pinOf;

    function pinTokenURI(uint256 tokenId, uint256 index) external {
        _checkAuthorized(_ownerOf(tokenId), msg.sender, tokenId);
        pinOf[tokenId] = index;
    }
}

// A marketplace that holders approved for all their works pins them to what it likes.
contract PinnedByOperatorTest is EpochKit {
    function test_TheTwinLetsItPin() external {
        PinsForOperators twin = new PinsForOperators();
        twin.mint(ALICE, 1);
        vm.prank(ALICE);
        twin.setApprovalForAll(CAROL, true);
        vm.prank(CAROL);
        twin.pinTokenURI(1, 7);

        vm.assertEq(twin.pinOf(1), 7, "pinned");
    }

    function test_AnApprovalIsNotEnough() external {
        uint256 tokenId = _id(_mint(ALICE, 1), 0);
        _evolve();
        vm.prank(ALICE);
        collection.setApprovalForAll(CAROL, true);
        vm.prank(ALICE);
        collection.approve(CAROL, tokenId);

        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, CAROL, tokenId, ALICE));
        _pin(CAROL, tokenId, 1);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, CAROL, tokenId, ALICE));
        vm.prank(CAROL);
        collection.unpinTokenURI(tokenId);
    }
}
