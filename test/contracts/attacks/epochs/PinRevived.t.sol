// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {EpochKit} from "../../kit/EpochKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: the pin lies beside the token and outlives it.
contract PinsBeside is TwinToken {
    mapping(uint256 tokenId => uint256) public pinOf;

    function pinTokenURI(uint256 tokenId, uint256 index) external {
        _checkAuthorized(_ownerOf(tokenId), msg.sender, tokenId);
        pinOf[tokenId] = index;
    }

    function burn(uint256 tokenId) external {
        _burn(tokenId);
    }
}

// A pinned work is burned; what is there afterwards under its number still shows the old pin.
contract PinRevivedTest is EpochKit {
    function test_TheTwinRevivesIt() external {
        PinsBeside twin = new PinsBeside();
        twin.mint(ALICE, 1);
        vm.prank(ALICE);
        twin.pinTokenURI(1, 7);
        twin.burn(1);
        twin.mint(BOB, 1);

        vm.assertEq(twin.pinOf(1), 7, "the dead holder's pin");
    }

    function test_ABurnedWorkHasNoPinAndGetsNone() external {
        uint256 tokenId = _id(_mint(ALICE, 1), 0);
        _evolve();
        _pin(ALICE, tokenId, 1);
        vm.record();
        collection.ownerOf(tokenId);
        (bytes32[] memory reads, ) = vm.accesses(address(collection));
        vm.prank(ALICE);
        collection.burn(tokenId);

        vm.assertEq((uint256(vm.load(address(collection), reads[0])) >> 192) & 0xffff, 0, "no pin in its word");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId));
        _pin(ALICE, tokenId, 1);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId));
        collection.tokenURI(tokenId);
    }
}
