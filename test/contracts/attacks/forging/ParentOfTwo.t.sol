// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Batch} from "../../../../contracts/interfaces/IERC721Batch.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: a second child takes the lock over, and the seal skips what is burned already.
contract OverwritingForge is TwinToken {
    mapping(uint256 tokenId => uint256 child) public lockOf;

    function forge(uint256[] calldata parents, uint256 child) external {
        for (uint256 i = 0; i < parents.length; ++i) {
            require(ownerOf(parents[i]) == msg.sender, "not yours");
            lockOf[parents[i]] = child;
        }
    }

    function seal(uint256[] calldata parents, uint256 child, address to) external {
        for (uint256 i = 0; i < parents.length; ++i) {
            if (_ownerOf(parents[i]) != address(0)) _burn(parents[i]);
        }
        _mint(to, child);
    }
}

// Alice gives the same two works for two children.
contract ParentOfTwoTest is ForgeKit {
    function test_TheTwinMakesTwoChildrenOfOnePair() external {
        OverwritingForge twin = new OverwritingForge();
        twin.mint(ALICE, 1);
        twin.mint(ALICE, 2);
        for (uint256 child = 3; child < 5; ++child) {
            vm.prank(ALICE);
            twin.forge(_pair(1, 2), child);
        }
        twin.seal(_pair(1, 2), 3, ALICE);
        twin.seal(_pair(1, 2), 4, ALICE);

        vm.assertEq(twin.balanceOf(ALICE), 2, "two children");
    }

    function test_TheCollectionLocksAWorkOnce() external {
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);
        uint256 child = _forge(ALICE, parents);

        vm.expectRevert(abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenLocked.selector, parents[0], child));
        _forge(ALICE, parents);
    }
}
