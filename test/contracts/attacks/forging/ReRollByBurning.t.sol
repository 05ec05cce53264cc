// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Batch} from "../../../../contracts/interfaces/IERC721Batch.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: the works stay as free as before, and the seal needs them all.
contract UnlockedForge is TwinToken {
    function burn(uint256 tokenId) external {
        _update(address(0), tokenId, msg.sender);
    }

    function seal(uint256[] calldata parents, uint256 child, address to) external {
        for (uint256 i = 0; i < parents.length; ++i) _burn(parents[i]);
        _mint(to, child);
    }
}

// The seed is known and Alice dislikes the child. She burns a cheap parent, so that the seal fails and the dear one is free.
contract ReRollByBurningTest is ForgeKit {
    function test_TheTwinLetsTheSealFail() external {
        UnlockedForge twin = new UnlockedForge();
        twin.mint(ALICE, 1);
        twin.mint(ALICE, 2);
        vm.prank(ALICE);
        twin.burn(1);

        vm.expectRevert(abi.encodeWithSignature("ERC721NonexistentToken(uint256)", 1));
        twin.seal(_pair(1, 2), 3, ALICE);
        vm.assertEq(twin.ownerOf(2), ALICE, "free for another try");
    }

    function test_TheCollectionKeepsTheParents() external {
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);
        uint256 child = _forge(ALICE, parents);
        _seed(child);

        vm.expectRevert(abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenLocked.selector, parents[0], child));
        vm.prank(ALICE);
        collection.burn(parents[0]);
        _sealForged(child, parents);
        vm.assertEq(collection.ownerOf(_id(child, 0)), ALICE, "she gets what the seed gave");
    }
}
