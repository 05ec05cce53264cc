// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {TwinToken} from "../TwinToken.sol";
import {DaoKit} from "./DaoKit.sol";

contract Works is TwinToken {}

/// @dev Vulnerable on purpose: takes a work from its owner, whoever asks for it.
contract ObligingWrapper is TwinToken {
    IERC721 private immutable WORKS;

    constructor(IERC721 works) {
        WORKS = works;
    }

    function depositFor(address account, uint256 tokenId) external {
        WORKS.transferFrom(WORKS.ownerOf(tokenId), address(this), tokenId);
        _mint(account, tokenId);
    }
}

// A holder approves the wrapper. Before he wraps, somebody wraps his work for himself, and unwraps it.
contract ApprovedWorksTakenTest is DaoKit {
    function test_TheTwinHandsItOver() external {
        Works works = new Works();
        ObligingWrapper twin = new ObligingWrapper(works);
        works.mint(DAVE, 1);
        vm.prank(DAVE);
        works.setApprovalForAll(address(twin), true);
        vm.prank(STRANGER);
        twin.depositFor(STRANGER, 1);

        vm.assertEq(twin.ownerOf(1), STRANGER, "his, for asking");
    }

    function test_TheWrapperTakesFromTheCallerAlone() external {
        vm.prank(DAVE);
        collection.setApprovalForAll(address(votes), true);
        uint256[] memory prey = new uint256[](1);
        prey[0] = daves[0];

        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, STRANGER, prey[0], DAVE));
        vm.prank(STRANGER);
        votes.depositFor(STRANGER, prey);
    }
}
