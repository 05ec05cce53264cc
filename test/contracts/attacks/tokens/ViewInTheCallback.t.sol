// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";

import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: the balances are put right after the callback.
contract LaggingToken {
    mapping(address owner => uint256) public balanceOf;

    constructor(address to) {
        balanceOf[to] = 1;
    }

    function give(address to) external {
        balanceOf[to] += 1;
        IERC721Receiver(to).onERC721Received(msg.sender, msg.sender, 1, "");
        balanceOf[msg.sender] -= 1;
    }
}

/// @dev A fund that values, in the callback, what both parties hold; lenders have been robbed that way.
contract Valuer is IERC721Receiver {
    address private immutable PARTNER;
    uint256 public seen;

    constructor(address partner) {
        PARTNER = partner;
    }

    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        seen = IERC721(msg.sender).balanceOf(address(this)) + IERC721(msg.sender).balanceOf(PARTNER);
        return IERC721Receiver.onERC721Received.selector;
    }
}

// A contract is lent money on what is seen in the middle of a transfer.
contract ViewInTheCallbackTest is LoopKit {
    function test_TheTwinShowsOneWorkTwice() external {
        Valuer valuer = new Valuer(ALICE);
        LaggingToken twin = new LaggingToken(ALICE);
        vm.prank(ALICE);
        twin.give(address(valuer));

        vm.assertEq(valuer.seen(), 2, "one work, counted twice");
    }

    function test_TheCollectionShowsItOnce() external {
        Valuer valuer = new Valuer(ALICE);
        uint256 tokenId = _id(_mint(ALICE, 1), 0);
        vm.prank(ALICE);
        collection.safeTransferFrom(ALICE, address(valuer), tokenId);

        vm.assertEq(valuer.seen(), 1, "one work");
    }
}
