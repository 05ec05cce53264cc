// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ForgeKit} from "../../kit/ForgeKit.sol";

/// @dev Vulnerable on purpose: the highest parent counts.
contract LiftingForge {
    mapping(uint256 tokenId => uint256) public generationOf;

    function forge(uint256[] calldata parents, uint256 child) external {
        uint256 highest = 0;
        for (uint256 i = 0; i < parents.length; ++i) {
            uint256 own = generationOf[parents[i]];
            if (own > highest) highest = own;
        }
        generationOf[child] = highest + 1;
    }
}

// One work of a high generation lifts a cheap new one, again and again: n works instead of 2^n for generation n.
contract LiftedGenerationTest is ForgeKit {
    function test_TheTwinIsClimbedCheaply() external {
        LiftingForge twin = new LiftingForge();
        twin.forge(_pair(1, 2), 3);
        twin.forge(_pair(3, 4), 5);

        vm.assertEq(twin.generationOf(5), 2, "three works for the second generation");
    }

    function test_TheCollectionCountsTheLowest() external {
        uint256 batch = _mint(ALICE, 3);
        uint256 child = _forge(ALICE, _first(batch, 2));
        _sealForged(child, _first(batch, 2));
        uint256 lifted = _forge(ALICE, _pair(_id(child, 0), _id(batch, 2)));

        vm.assertEq(collection.batchOf(child).generation, 1, "two new works");
        vm.assertEq(collection.batchOf(lifted).generation, 1, "and a new one among them: the same");
    }
}
