// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {BatchStatus} from "../../../../contracts/types/BatchStatus.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: giving a child up frees its parents and does not keep it from being sealed.
contract ForgetfulForge is TwinToken {
    mapping(uint256 tokenId => uint256 child) public parentOf;
    mapping(uint256 child => bool) public abandoned;

    function lock(uint256 tokenId, uint256 child) external {
        parentOf[tokenId] = child;
    }

    function abandon(uint256 child) external {
        abandoned[child] = true;
    }

    function seal(uint256 parent, uint256 child, address to) external {
        require(parentOf[parent] == child, "not its parent");
        _burn(parent);
        _mint(to, child);
    }

    function _update(address to, uint256 tokenId, address auth) internal override returns (address) {
        uint256 child = parentOf[tokenId];
        require(to == address(0) || child == 0 || abandoned[child], "locked");
        return super._update(to, tokenId, auth);
    }
}

// Alice's child never comes, so her parents are free and Bob buys one. Then the operator seals the child after all.
contract AbandonedChildSealedTest is ForgeKit {
    function test_TheTwinBurnsWhatBobBought() external {
        ForgetfulForge twin = new ForgetfulForge();
        twin.mint(ALICE, 1);
        twin.lock(1, 2);
        twin.abandon(2);
        vm.prank(ALICE);
        twin.transferFrom(ALICE, BOB, 1);
        twin.seal(1, 2, ALICE);

        vm.assertEq(twin.balanceOf(BOB), 0, "burned in his wallet");
    }

    function test_TheCollectionHasGivenItUp() external {
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);
        uint256 child = _forge(ALICE, parents);
        bytes32 blockHash = _seed(child);
        _abandon(child);
        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, parents[0]);

        vm.expectRevert(
            abi.encodeWithSelector(ILoopCollection.LoopCollectionBatchNotOpen.selector, child, BatchStatus.Abandoned)
        );
        vm.prank(OPERATOR);
        collection.sealForged(child, _rootOf(child), blockHash, parents);
        vm.assertEq(collection.ownerOf(parents[0]), BOB, "Bob keeps it");
    }
}
