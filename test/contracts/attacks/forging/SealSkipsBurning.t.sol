// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: burns the parents that it is given, however few.
contract GivenForge is TwinToken {
    function seal(uint256[] calldata parents, uint256 child, address to) external {
        for (uint256 i = 0; i < parents.length; ++i) _burn(parents[i]);
        _mint(to, child);
    }
}

// The operator is Alice's friend and seals her child without burning what it costs.
contract SealSkipsBurningTest is ForgeKit {
    uint256[] private parents;
    uint256 private child;
    bytes32 private blockHash;

    function setUp() public override {
        super.setUp();
        parents = _first(_mint(ALICE, 2), 2);
        child = _forge(ALICE, parents);
        blockHash = _seed(child);
    }

    function test_TheTwinGivesAChildForNothing() external {
        GivenForge twin = new GivenForge();
        twin.mint(ALICE, 1);
        twin.seal(new uint256[](0), 2, ALICE);

        vm.assertEq(twin.balanceOf(ALICE), 2, "parent and child");
    }

    function test_TheCollectionBurnsAll() external {
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionParentsMissing.selector, 0, 2));
        vm.prank(OPERATOR);
        collection.sealForged(child, _rootOf(child), blockHash, new uint256[](0));
    }

    function test_TheCollectionKnowsAForgedChild() external {
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionForged.selector, child));
        vm.prank(OPERATOR);
        collection.seal(child, _rootOf(child), blockHash);
    }
}
