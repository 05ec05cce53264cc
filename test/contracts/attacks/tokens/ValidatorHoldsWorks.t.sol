// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Refuses everything.
contract Wall {
    error Refused();

    function validateTransfer(address, address, address, uint256) external pure {
        revert Refused();
    }
}

/// @dev Vulnerable on purpose: the validator is asked about every change, burning and giving back included.
contract WalledToken is TwinToken {
    Wall public validator;

    function setValidator(Wall newValidator) external {
        validator = newValidator;
    }

    function burn(uint256 tokenId) external {
        _update(address(0), tokenId, msg.sender);
    }

    function _update(address to, uint256 tokenId, address auth) internal override returns (address) {
        if (address(validator) != address(0)) validator.validateTransfer(auth, _ownerOf(tokenId), to, tokenId);
        return super._update(to, tokenId, auth);
    }
}

// A validator turns hostile: works cannot be burned, children cannot be sealed, parents never come free.
contract ValidatorHoldsWorksTest is ForgeKit {
    function test_TheTwinCannotEvenBeBurned() external {
        WalledToken twin = new WalledToken();
        twin.mint(ALICE, 1);
        twin.setValidator(new Wall());

        vm.expectRevert(abi.encodeWithSelector(Wall.Refused.selector));
        vm.prank(ALICE);
        twin.burn(1);
    }

    function test_TheCollectionBurnsForgesAndFrees() external {
        uint256 batch = _mint(ALICE, 5);
        Wall wall = new Wall();
        vm.prank(PARAMETERS);
        collection.setTransferValidator(address(wall));

        vm.prank(ALICE);
        collection.burn(_id(batch, 4));
        uint256 child = _forge(ALICE, _first(batch, 2));
        _sealForged(child, _first(batch, 2));
        uint256[] memory others = _pair(_id(batch, 2), _id(batch, 3));
        _abandon(_forge(ALICE, others));
        vm.assertEq(collection.ownerOf(_id(child, 0)), ALICE, "forged");
        vm.assertEq(collection.lockOf(others[0]), 0, "and freed");

        vm.expectRevert(abi.encodeWithSelector(Wall.Refused.selector)); // what it is there for
        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, others[0]);
    }
}
