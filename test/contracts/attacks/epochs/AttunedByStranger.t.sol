// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {EpochKit} from "../../kit/EpochKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: turns any work's dial for anyone.
contract TurnsForAnyone is TwinToken {
    mapping(uint256 tokenId => int256) public dialOf;

    function attune(uint256 tokenId, int256 by) external {
        _requireOwned(tokenId);
        dialOf[tokenId] += by;
    }
}

// A rival turns another's work until it is dull; a seller turns what he has just sold.
contract AttunedByStrangerTest is EpochKit {
    function test_TheTwinTurnsIt() external {
        TurnsForAnyone twin = new TurnsForAnyone();
        twin.mint(ALICE, 1);
        vm.prank(STRANGER);
        twin.attune(1, -8);

        vm.assertTrue(twin.dialOf(1) == -8, "turned");
    }

    function test_OnlyTheHolderAndTheApprovedTurn() external {
        uint256 tokenId = _id(_mint(ALICE, 1), 0);
        vm.prank(ALICE);
        collection.approve(ALICE, tokenId);
        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, tokenId);
        address[2] memory callers = [STRANGER, ALICE];
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, callers[i], tokenId)
            );
            _attune(callers[i], tokenId, 0);
        }
        vm.assertEq(collection.attunementOf(tokenId), 0, "as it was");
    }
}
