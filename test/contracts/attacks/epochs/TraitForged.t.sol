// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC7496} from "../../../../contracts/interfaces/IERC7496.sol";
import {EpochKit} from "../../kit/EpochKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: the holder sets traits, as the standard allows.
contract HoldersSetTraits is TwinToken {
    mapping(uint256 tokenId => mapping(bytes32 key => bytes32)) public traitOf;

    function setTrait(uint256 tokenId, bytes32 key, bytes32 value) external {
        _checkAuthorized(_ownerOf(tokenId), msg.sender, tokenId);
        traitOf[tokenId][key] = value;
    }
}

// A seller writes a rarer generation into his work.
contract TraitForgedTest is EpochKit {
    function test_TheTwinBelievesHim() external {
        HoldersSetTraits twin = new HoldersSetTraits();
        twin.mint(ALICE, 1);
        vm.prank(ALICE);
        twin.setTrait(1, keccak256("generation"), bytes32(uint256(9)));

        vm.assertEq(uint256(twin.traitOf(1, keccak256("generation"))), 9, "rarer");
    }

    function test_TraitsFollowFromWhatHappened() external {
        uint256 tokenId = _id(_mint(ALICE, 1), 0);
        bytes32 key = keccak256("generation");
        vm.expectRevert(abi.encodeWithSelector(IERC7496.DynamicTraitsNotSettable.selector, key));
        vm.prank(ALICE);
        collection.setTrait(tokenId, key, bytes32(uint256(9)));

        vm.assertEq(uint256(collection.getTraitValue(tokenId, key)), 0, "what it is");
    }
}
