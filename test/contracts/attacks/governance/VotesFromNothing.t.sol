// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";
import {ERC721Wrapper} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Wrapper.sol";

import {TwinToken} from "../TwinToken.sol";
import {DaoKit} from "./DaoKit.sol";

/// @dev Vulnerable on purpose: whoever says that a work has come is believed.
contract BelievingWrapper is TwinToken, IERC721Receiver {
    function onERC721Received(address, address from, uint256 tokenId, bytes calldata) external returns (bytes4) {
        _mint(from, tokenId);
        return this.onERC721Received.selector;
    }
}

// Somebody tells the wrapper that works have come which never did, or that are another collection's, and votes with them.
contract VotesFromNothingTest is DaoKit {
    function test_TheTwinBelievesHim() external {
        BelievingWrapper twin = new BelievingWrapper();
        vm.prank(STRANGER);
        twin.onERC721Received(STRANGER, STRANGER, 1, "");

        vm.assertEq(twin.balanceOf(STRANGER), 1, "a vote for a word");
    }

    function test_TheWrapperAsksWhoSaysSo() external {
        vm.expectRevert(abi.encodeWithSelector(ERC721Wrapper.ERC721UnsupportedToken.selector, STRANGER));
        vm.prank(STRANGER);
        IERC721Receiver(address(votes)).onERC721Received(STRANGER, STRANGER, daves[0], "");
    }

    function test_TheWrapperTakesNoOtherWorks() external {
        BelievingWrapper others = new BelievingWrapper();
        others.mint(STRANGER, daves[0]);

        vm.expectRevert(abi.encodeWithSelector(ERC721Wrapper.ERC721UnsupportedToken.selector, address(others)));
        vm.prank(STRANGER);
        others.safeTransferFrom(STRANGER, address(votes), daves[0]);
    }
}
