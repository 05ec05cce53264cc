// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ICreatorToken, ITransferValidator} from "../../../../contracts/interfaces/ICreatorToken.sol";
import {LoopKit} from "../../kit/LoopKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: any address is a validator.
contract GullibleToken is TwinToken {
    ITransferValidator private _validator;

    function setTransferValidator(ITransferValidator validator) external {
        _validator = validator;
    }

    function _update(address to, uint256 tokenId, address auth) internal override returns (address from) {
        from = super._update(to, tokenId, auth);
        if (address(_validator) != address(0) && from != address(0))
            _validator.validateTransfer(auth, from, to, tokenId);
    }
}

// The validator is mistyped, or was meant for another chain: nothing is there, and no work moves any more.
contract ValidatorWithoutCodeTest is LoopKit {
    function test_TheTwinStandsStill() external {
        GullibleToken twin = new GullibleToken();
        twin.mint(ALICE, 1);
        twin.setTransferValidator(ITransferValidator(STRANGER));

        vm.expectRevert(bytes(""));
        vm.prank(ALICE);
        twin.transferFrom(ALICE, BOB, 1);
    }

    function test_TheCollectionLooksFirst() external {
        vm.expectRevert(abi.encodeWithSelector(ICreatorToken.CreatorTokenInvalidValidator.selector, STRANGER));
        vm.prank(PARAMETERS);
        collection.setTransferValidator(STRANGER);
    }
}
