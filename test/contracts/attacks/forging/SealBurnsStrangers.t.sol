// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Batch} from "../../../../contracts/interfaces/IERC721Batch.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: counts what it burns and does not ask whose it is.
contract HungryForge is TwinToken {
    function seal(uint256[] calldata parents, uint256 child, address to) external {
        require(parents.length == 2, "two parents");
        for (uint256 i = 0; i < parents.length; ++i) _burn(parents[i]);
        _mint(to, child);
    }
}

// A stolen operator key burns Bob's works for Alice's child.
contract SealBurnsStrangersTest is ForgeKit {
    function test_TheTwinBurnsAnybodysWorks() external {
        HungryForge twin = new HungryForge();
        twin.mint(BOB, 1);
        twin.mint(BOB, 2);
        twin.seal(_pair(1, 2), 3, ALICE);

        vm.assertEq(twin.balanceOf(BOB), 0, "Bob's works are gone");
    }

    function test_TheCollectionBurnsWhatWasGiven() external {
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);
        uint256 others = _id(_mint(BOB, 1), 0);
        uint256 child = _forge(ALICE, parents);
        bytes32 blockHash = _seed(child);

        vm.expectRevert(abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenNotLocked.selector, others, child));
        vm.prank(OPERATOR);
        collection.sealForged(child, _rootOf(child), blockHash, _pair(parents[0], others));
    }
}
