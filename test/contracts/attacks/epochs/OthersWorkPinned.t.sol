// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {EpochKit} from "../../kit/EpochKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: asks nobody.
contract PinsForAnyone is TwinToken {
    mapping(uint256 tokenId => uint256) public pinOf;

    function pinTokenURI(uint256 tokenId, uint256 index) external {
        _requireOwned(tokenId);
        pinOf[tokenId] = index;
    }
}

// A rival pins another's work to its dullest moment.
contract OthersWorkPinnedTest is EpochKit {
    function test_TheTwinPinsIt() external {
        PinsForAnyone twin = new PinsForAnyone();
        twin.mint(ALICE, 1);
        vm.prank(STRANGER);
        twin.pinTokenURI(1, 7);

        vm.assertEq(twin.pinOf(1), 7, "pinned");
    }

    function test_OnlyTheHolderPins() external {
        uint256 tokenId = _id(_mint(ALICE, 1), 0);
        _evolve();
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, STRANGER, tokenId, ALICE));
        _pin(STRANGER, tokenId, 1);
        vm.assertTrue(!collection.hasPinnedTokenURI(tokenId), "follows");
    }
}
