// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: one for each wallet, noted after the callback (HypeBears 2022).
contract OneEach is ERC721("", "") {
    mapping(address wallet => bool) public hasMinted;
    uint256 public minted;

    function mint() external {
        require(!hasMinted[msg.sender], "one each");
        _safeMint(msg.sender, ++minted);
        hasMinted[msg.sender] = true;
    }
}

/// @dev Mints on in every callback, and looks at what it is told.
contract Greedy is IERC721Receiver {
    uint256 public called;

    function mint(OneEach twin) external {
        twin.mint();
    }

    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4) {
        if (++called < 10) OneEach(msg.sender).mint();
        return IERC721Receiver.onERC721Received.selector;
    }
}

// The recipient is a contract that mints again while it is being minted to.
contract CapInTheCallbackTest is LoopKit {
    function test_TheTwinMintsTen() external {
        OneEach twin = new OneEach();
        Greedy wallet = new Greedy();
        wallet.mint(twin);

        vm.assertEq(twin.balanceOf(address(wallet)), 10, "ten of one each");
    }

    function test_TheCollectionCallsNobody() external {
        Greedy wallet = new Greedy();
        _mint(address(wallet), 3);
        ILoopCollection.Counts memory counts = collection.totals();

        vm.assertEq(wallet.called(), 0, "no callback, no moment in between");
        vm.assertEq(collection.balanceOf(address(wallet)), 3, "three were opened");
        vm.assertEq(counts.minted, 3, "and three minted");
    }
}
