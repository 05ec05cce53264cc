// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {LoopKit} from "../../kit/LoopKit.sol";
import {TwinToken} from "../TwinToken.sol";

interface IValidated {
    function transferFrom(address from, address to, uint256 tokenId) external;
}

/// @dev Vulnerable on purpose: the validator may change things, and is asked after the check.
contract TrustfulToken is TwinToken {
    Thief private _validator;

    function setValidator(Thief validator) external {
        _validator = validator;
    }

    function transferFrom(address from, address to, uint256 tokenId) public override {
        _checkAuthorized(from, msg.sender, tokenId);
        if (msg.sender != address(_validator)) _validator.validateTransfer(msg.sender, from, to, tokenId);
        _update(to, tokenId, address(0));
    }
}

/// @dev A validator that every holder approved, as some standards demand, and that helps itself.
contract Thief {
    uint256 public immutable PREY;

    constructor(uint256 prey) {
        PREY = prey;
    }

    function validateTransfer(address, address from, address, uint256) external {
        // By a low-level call, so that a refusal passes unseen.
        (bool success, ) = msg.sender.call(abi.encodeCall(IValidated.transferFrom, (from, address(this), PREY)));
        success;
    }
}

// While it validates one transfer, a hostile validator takes another work of the holder's.
contract ReenteringValidatorTest is LoopKit {
    function test_TheTwinLetsItTake() external {
        TrustfulToken twin = new TrustfulToken();
        Thief thief = new Thief(2);
        twin.setValidator(thief);
        twin.mint(ALICE, 1);
        twin.mint(ALICE, 2);
        vm.prank(ALICE);
        twin.setApprovalForAll(address(thief), true);
        vm.prank(ALICE);
        twin.transferFrom(ALICE, BOB, 1);

        vm.assertEq(twin.ownerOf(2), address(thief), "taken on the way");
    }

    function test_TheCollectionLetsItLookOnly() external {
        uint256 batch = _mint(ALICE, 2);
        Thief thief = new Thief(_id(batch, 1));
        vm.prank(PARAMETERS);
        collection.setTransferValidator(address(thief));
        vm.prank(ALICE);
        collection.setApprovalForAll(address(thief), true);
        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, _id(batch, 0));

        vm.assertEq(collection.ownerOf(_id(batch, 0)), BOB, "moved");
        vm.assertEq(collection.ownerOf(_id(batch, 1)), ALICE, "and the other stayed");
    }
}
