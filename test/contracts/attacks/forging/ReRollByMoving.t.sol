// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Batch} from "../../../../contracts/interfaces/IERC721Batch.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: the seal asks whether the works are still where they were.
contract AskingForge is TwinToken {
    function seal(uint256[] calldata parents, uint256 child, address to) external {
        for (uint256 i = 0; i < parents.length; ++i) {
            require(ownerOf(parents[i]) == to, "moved away");
            _burn(parents[i]);
        }
        _mint(to, child);
    }
}

// The seed is known and Alice dislikes the child. She moves one parent to her second account, and forges again later.
contract ReRollByMovingTest is ForgeKit {
    function test_TheTwinLetsTheSealFail() external {
        AskingForge twin = new AskingForge();
        twin.mint(ALICE, 1);
        twin.mint(ALICE, 2);
        vm.prank(ALICE);
        twin.transferFrom(ALICE, CAROL, 2);

        vm.expectRevert(abi.encodeWithSignature("Error(string)", "moved away"));
        twin.seal(_pair(1, 2), 3, ALICE);
    }

    function test_TheCollectionKeepsTheParents() external {
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);
        uint256 child = _forge(ALICE, parents);
        _seed(child);

        vm.expectRevert(abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenLocked.selector, parents[1], child));
        vm.prank(ALICE);
        collection.transferFrom(ALICE, CAROL, parents[1]);
    }
}
