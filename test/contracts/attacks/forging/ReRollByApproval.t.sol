// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: the forge burns by the holder's approval.
contract ApprovedForge is TwinToken {
    function seal(uint256[] calldata parents, uint256 child, address to) external {
        for (uint256 i = 0; i < parents.length; ++i) _update(address(0), parents[i], address(this));
        _mint(to, child);
    }
}

// The seed is known and Alice dislikes the child. She takes back the approval that the seal burns by.
contract ReRollByApprovalTest is ForgeKit {
    function test_TheTwinLetsTheSealFail() external {
        ApprovedForge twin = new ApprovedForge();
        twin.mint(ALICE, 1);
        twin.mint(ALICE, 2);
        vm.prank(ALICE);
        twin.setApprovalForAll(address(twin), true);
        vm.prank(ALICE);
        twin.setApprovalForAll(address(twin), false);

        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, address(twin), 1));
        twin.seal(_pair(1, 2), 3, ALICE);
    }

    function test_TheCollectionNeedsNone() external {
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);
        uint256 child = _forge(ALICE, parents);
        _seed(child);
        vm.prank(ALICE);
        collection.approve(address(0), parents[0]);
        vm.prank(ALICE);
        collection.setApprovalForAll(OPERATOR, false);

        _sealForged(child, parents);
        vm.assertEq(collection.ownerOf(_id(child, 0)), ALICE, "she gets what the seed gave");
    }
}
