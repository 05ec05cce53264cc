// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Batch} from "../../../../contracts/interfaces/IERC721Batch.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: asks for the lock, and burning leaves it.
contract StickyLockForge is TwinToken {
    mapping(uint256 tokenId => uint256 child) public lockOf;

    function lock(uint256 tokenId, uint256 child) external {
        lockOf[tokenId] = child;
    }

    function seal(uint256[] calldata parents, uint256 child, address to) external {
        for (uint256 i = 0; i < parents.length; ++i) {
            require(lockOf[parents[i]] == child, "not locked");
            if (_ownerOf(parents[i]) != address(0)) _burn(parents[i]);
        }
        _mint(to, child);
    }
}

// The operator names one parent twice at the seal, and Alice keeps the other.
contract SealBurnsOneTwiceTest is ForgeKit {
    function test_TheTwinLeavesAParent() external {
        StickyLockForge twin = new StickyLockForge();
        for (uint256 work = 1; work < 3; ++work) {
            twin.mint(ALICE, work);
            twin.lock(work, 3);
        }
        twin.seal(_pair(1, 1), 3, ALICE);

        vm.assertEq(twin.ownerOf(2), ALICE, "a parent that lives");
    }

    function test_TheCollectionBurnsBoth() external {
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);
        uint256 child = _forge(ALICE, parents);
        bytes32 blockHash = _seed(child);

        vm.expectRevert(abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenNotLocked.selector, parents[0], child));
        vm.prank(OPERATOR);
        collection.sealForged(child, _rootOf(child), blockHash, _pair(parents[0], parents[0]));
    }
}
