// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: remembers who minted a work and asks no further.
contract RememberingForge is TwinToken {
    mapping(uint256 tokenId => address) public minter;

    function mintMine(uint256 tokenId) external {
        minter[tokenId] = msg.sender;
        _mint(msg.sender, tokenId);
    }

    function burn(uint256 tokenId) external {
        _update(address(0), tokenId, msg.sender);
    }

    function forge(uint256[] calldata parents, uint256 child) external {
        for (uint256 i = 0; i < parents.length; ++i) require(minter[parents[i]] == msg.sender, "not yours");
        _mint(msg.sender, child);
    }
}

// Alice burns her works, for a refund perhaps, and forges with them all the same.
contract BurnedParentTest is ForgeKit {
    function test_TheTwinForgesWithTheDead() external {
        RememberingForge twin = new RememberingForge();
        for (uint256 work = 1; work < 3; ++work) {
            vm.prank(ALICE);
            twin.mintMine(work);
            vm.prank(ALICE);
            twin.burn(work);
        }
        vm.prank(ALICE);
        twin.forge(_pair(1, 2), 3);

        vm.assertEq(twin.ownerOf(3), ALICE, "a child of nothing");
    }

    function test_TheCollectionDoesNot() external {
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);
        vm.prank(ALICE);
        collection.burn(parents[1]);

        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, parents[1]));
        _forge(ALICE, parents);
    }
}
