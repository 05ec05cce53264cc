// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: approvals of its own that a transfer forgets to end.
contract ForgetfulERC721 is ERC721("", "") {
    mapping(uint256 tokenId => address) private _approved;

    constructor(address to) {
        _mint(to, 1);
    }

    function _getApproved(uint256 tokenId) internal view override returns (address) {
        return _approved[tokenId];
    }

    function _approve(address to, uint256 tokenId, address auth, bool emitEvent) internal override {
        if (emitEvent || auth != address(0)) _approved[tokenId] = to;
    }
}

// Alice approves her second account, sells to Bob, and takes the token back from him with it.
contract StaleApprovalTest is LoopKit {
    function test_TheTwinLetsTheSellerTakeItBack() external {
        ForgetfulERC721 twin = new ForgetfulERC721(ALICE);
        vm.prank(ALICE);
        twin.approve(STRANGER, 1);
        vm.prank(ALICE);
        twin.transferFrom(ALICE, BOB, 1);

        vm.prank(STRANGER);
        twin.transferFrom(BOB, STRANGER, 1);
        vm.assertEq(twin.ownerOf(1), STRANGER, "stolen");
    }

    function test_TheCollectionDoesNot() external {
        uint256 tokenId = _id(_mint(ALICE, 3), 1);
        vm.prank(ALICE);
        collection.approve(STRANGER, tokenId);
        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, tokenId);

        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, STRANGER, tokenId));
        vm.prank(STRANGER);
        collection.transferFrom(BOB, STRANGER, tokenId);
    }
}
