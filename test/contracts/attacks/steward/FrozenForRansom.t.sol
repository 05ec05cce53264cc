// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {IParameterController} from "../../../../contracts/interfaces/IParameterController.sol";
import {TwinToken} from "../TwinToken.sol";
import {StewardKit} from "./StewardKit.sol";

/// @dev Vulnerable on purpose: one switch stops the agent, everybody's way out, and whoever could turn it back.
contract OneSwitch is TwinToken {
    bool private _frozen;
    uint256 public royalty = 500;

    function freeze() external {
        _frozen = true;
    }

    function govern(uint256 value) external {
        require(!_frozen, "frozen");
        royalty = value;
    }

    function burn(uint256 tokenId) external {
        require(!_frozen, "frozen");
        _update(address(0), tokenId, msg.sender);
    }
}

// A stolen guardian key freezes the steward, and asks for a ransom.
contract FrozenForRansomTest is StewardKit {
    function test_TheTwinHoldsEverybody() external {
        OneSwitch twin = new OneSwitch();
        twin.mint(ALICE, 1);
        twin.freeze();

        vm.expectRevert(abi.encodeWithSignature("Error(string)", "frozen"));
        vm.prank(ALICE);
        twin.burn(1);
        vm.expectRevert(abi.encodeWithSignature("Error(string)", "frozen"));
        twin.govern(400);
    }

    function test_TheControllerHoldsTheStewardAlone() external {
        bytes32 conditions = _conditions();
        vm.prank(OPERATOR);
        uint256 batch = collection.open(ALICE, RECIPE, 2, conditions);
        _seal(batch);
        vm.prank(OPERATOR);
        uint256 waiting = collection.open(ALICE, RECIPE, 1, conditions);

        _freeze();
        bytes memory refusal = abi.encodeWithSelector(IParameterController.ParameterControllerFrozen.selector);
        _refuseMove(ROYALTY, 510, refusal);

        vm.prank(ALICE);
        collection.burn(_id(batch, 0));
        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, _id(batch, 1));
        vm.roll(collection.sealDeadline(waiting) + 1);
        collection.abandon(waiting);
        _govern(ROYALTY, 400);
        vm.prank(ADMIN);
        controller.setForge(RECIPE, CONDITIONS);
        ILoopCollection.ForgeTerms memory terms = collection.forgeTerms();
        vm.assertEq(terms.parents, 3, "the DAO rules");
        _freeze();
        vm.prank(ADMIN);
        controller.unfreeze();
        _move(ROYALTY, 410);
    }
}
