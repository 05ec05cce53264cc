// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Batch} from "../../../../contracts/interfaces/IERC721Batch.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: counts the parents and does not ask whether they differ.
contract CountingForge is TwinToken {
    function forge(uint256[] calldata parents, uint256 child) external {
        require(parents.length == 2, "two parents");
        for (uint256 i = 0; i < 2; ++i) {
            address holder = _ownerOf(parents[i]);
            require(holder == msg.sender || holder == address(0), "not yours");
            if (holder != address(0)) _burn(parents[i]);
        }
        _mint(msg.sender, child);
    }
}

// Alice has one work and names it twice.
contract DuplicateParentsTest is ForgeKit {
    function test_TheTwinTakesOneWorkForTwo() external {
        CountingForge twin = new CountingForge();
        twin.mint(ALICE, 1);
        vm.prank(ALICE);
        twin.forge(_pair(1, 1), 2);

        vm.assertEq(twin.ownerOf(2), ALICE, "a child for half its price");
    }

    function test_TheCollectionDoesNot() external {
        uint256 batch = _mint(ALICE, 1);
        uint256 work = _id(batch, 0);

        vm.expectRevert(abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenLocked.selector, work, batch + 1));
        _forge(ALICE, _pair(work, work));
    }
}
