// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: an owner of zero means "ask the batch", so burning gives the token back to its first owner.
contract ZombieERC721 is ERC721 {
    address private immutable RECIPIENT;

    constructor(address recipient) ERC721("", "") {
        RECIPIENT = recipient;
        _increaseBalance(recipient, 10);
    }

    function burn(uint256 tokenId) external {
        _update(address(0), tokenId, _msgSender());
    }

    function _ownerOf(uint256 tokenId) internal view override returns (address) {
        address owner = super._ownerOf(tokenId);
        return owner == address(0) && tokenId < 10 ? RECIPIENT : owner;
    }
}

// Alice mints, sells to Bob, Bob burns (for a refund, or to evolve the work): does Alice get the token back?
contract BurnedTokenReturnsTest is LoopKit {
    function test_TheVulnerableTwinGivesTheTokenBack() external {
        ZombieERC721 twin = new ZombieERC721(ALICE);
        vm.prank(ALICE);
        twin.transferFrom(ALICE, BOB, 3);
        vm.prank(BOB);
        twin.burn(3);

        vm.assertEq(twin.ownerOf(3), ALICE, "back from the dead");
        vm.prank(ALICE);
        twin.transferFrom(ALICE, CAROL, 3);
        vm.assertEq(twin.ownerOf(3), CAROL, "and sold a second time");
    }

    function test_TheCollectionDoesNot() external {
        uint256 tokenId = _id(_mint(ALICE, 10), 3);
        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, tokenId);
        vm.prank(BOB);
        collection.burn(tokenId);

        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId));
        vm.prank(ALICE);
        collection.transferFrom(ALICE, CAROL, tokenId);
    }
}
