// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {ICollection} from "../../kit/ICollection.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: asks the holder whether he takes the child.
contract PoliteForge is TwinToken {
    function seal(address to, uint256 child) external {
        _safeMint(to, child);
    }
}

/// @dev A wallet that forges, and refuses what it does not like.
contract PickyForger is IERC721Receiver {
    function forge(
        ICollection collection,
        uint256[] calldata parents,
        ILoopCollection.ForgeTerms calldata terms
    ) external returns (uint256 child) {
        return collection.forge(parents, terms);
    }

    function onERC721Received(address, address, uint256, bytes calldata) external pure returns (bytes4) {
        revert("not that one");
    }
}

// The holder is a contract that refuses children it dislikes, until the seal's window passes and its parents are free again.
contract ChildVetoTest is ForgeKit {
    function test_TheTwinCanBeVetoed() external {
        PoliteForge twin = new PoliteForge();
        PickyForger wallet = new PickyForger();

        vm.expectRevert(abi.encodeWithSignature("Error(string)", "not that one"));
        twin.seal(address(wallet), 1);
    }

    function test_TheCollectionDoesNotAsk() external {
        PickyForger wallet = new PickyForger();
        uint256[] memory parents = _first(_mint(address(wallet), 2), 2);
        uint256 child = wallet.forge(collection, parents, _terms(2));
        _sealForged(child, parents);

        vm.assertEq(collection.ownerOf(_id(child, 0)), address(wallet), "liked or not");
        vm.assertEq(collection.balanceOf(address(wallet)), 1, "and the parents are burned");
    }
}
