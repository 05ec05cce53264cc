// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: whoever may move a work may forge with it, and gets the child.
contract TrustingForge is TwinToken {
    function forge(uint256[] calldata parents, uint256 child) external {
        for (uint256 i = 0; i < parents.length; ++i) {
            _update(address(0), parents[i], msg.sender);
        }
        _mint(msg.sender, child);
    }
}

// Alice lists her works on a marketplace, which may move them; its key is stolen, and the thief forges with them.
contract OthersWorkTest is ForgeKit {
    function test_TheTwinLetsAnApprovedAccountForge() external {
        TrustingForge twin = new TrustingForge();
        twin.mint(ALICE, 1);
        twin.mint(ALICE, 2);
        vm.prank(ALICE);
        twin.setApprovalForAll(STRANGER, true);
        vm.prank(STRANGER);
        twin.forge(_pair(1, 2), 3);

        vm.assertEq(twin.ownerOf(3), STRANGER, "her works became his child");
    }

    function test_TheCollectionAsksTheHolder() external {
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);
        vm.prank(ALICE);
        collection.setApprovalForAll(STRANGER, true);

        vm.expectRevert(
            abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, STRANGER, parents[0], ALICE)
        );
        _forge(STRANGER, parents);
    }
}
