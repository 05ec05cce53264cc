// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";

import {LoopKit} from "../../kit/LoopKit.sol";

interface IBurn {
    function burn(uint256 tokenId) external;
}

/// @dev Vulnerable on purpose: the callback first, the new owner after it.
contract CallingToken is ERC721("", "") {
    uint256 public burned;

    constructor(address to) {
        _mint(to, 1);
    }

    function burn(uint256 tokenId) external {
        _update(address(0), tokenId, msg.sender);
        burned += 1;
    }

    function give(address to, uint256 tokenId) external {
        address from = ownerOf(tokenId);
        require(from == msg.sender, "not yours");
        IERC721Receiver(to).onERC721Received(msg.sender, from, tokenId, "");
        _update(to, tokenId, address(0));
    }
}

/// @dev Burns what it is being given, for whatever burning is worth.
contract Furnace is IERC721Receiver {
    function onERC721Received(address, address, uint256 tokenId, bytes calldata) external returns (bytes4) {
        IBurn(msg.sender).burn(tokenId);
        return IERC721Receiver.onERC721Received.selector;
    }
}

// The recipient burns the work while it is on its way, draws what a burned work is worth, and has it nevertheless.
contract BurnInTheCallbackTest is LoopKit {
    function test_TheTwinIsBurnedAndAlive() external {
        Furnace furnace = new Furnace();
        CallingToken twin = new CallingToken(ALICE);
        vm.prank(ALICE);
        twin.setApprovalForAll(address(furnace), true);
        vm.prank(ALICE);
        twin.give(address(furnace), 1);

        vm.assertEq(twin.burned(), 1, "burned");
        vm.assertEq(twin.ownerOf(1), address(furnace), "and alive");
    }

    function test_TheCollectionMovesFirst() external {
        Furnace furnace = new Furnace();
        uint256 tokenId = _id(_mint(ALICE, 1), 0);
        vm.prank(ALICE);
        collection.setApprovalForAll(address(furnace), true);
        vm.prank(ALICE);
        collection.safeTransferFrom(ALICE, address(furnace), tokenId);

        vm.assertEq(collection.balanceOf(address(furnace)), 0, "burned");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId));
        collection.ownerOf(tokenId);
    }
}
