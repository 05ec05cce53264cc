// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {IParameterController} from "../../../../contracts/interfaces/IParameterController.sol";
import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {DaoKit} from "./DaoKit.sol";

/// @dev Vulnerable on purpose: a guardian who may also put things right, and a freeze that stops all.
contract HelpfulBox {
    address private immutable GUARDIAN;
    uint256 public royalty = 500;
    bool public frozen;
    mapping(address holder => uint256) public refunds;

    constructor(address guardian) {
        GUARDIAN = guardian;
    }

    function freeze() external {
        require(msg.sender == GUARDIAN, "only the guardian");
        frozen = true;
    }

    function reset(uint256 value) external {
        require(msg.sender == GUARDIAN, "only the guardian");
        royalty = value;
    }

    function refund() external {
        require(!frozen, "frozen");
        delete refunds[msg.sender];
    }
}

// A stolen guardian key is to rule the parameters, or to hold works hostage by freezing.
contract GuardianGovernsTest is DaoKit {
    function test_TheTwinIsRuledByTheGuardian() external {
        HelpfulBox twin = new HelpfulBox(GUARDIAN);
        vm.prank(GUARDIAN);
        twin.reset(0);

        vm.assertEq(twin.royalty(), 0, "without a vote");
    }

    function test_TheTwinHoldsWhatItOwes() external {
        HelpfulBox twin = new HelpfulBox(GUARDIAN);
        vm.prank(GUARDIAN);
        twin.freeze();

        vm.expectRevert(abi.encodeWithSignature("Error(string)", "frozen"));
        vm.prank(ALICE);
        twin.refund();
    }

    function test_TheControllerLetsTheGuardianFreezeOnly() external {
        IParameterController.Limits memory limits = controller.slotOf(IParameterController.Slot.Royalty).limits;
        bytes[11] memory calls = [
            abi.encodeCall(controller.govern, (IParameterController.Slot.Royalty, 0, "reasons")),
            abi.encodeCall(controller.move, (IParameterController.Slot.Royalty, 0, "reasons", 1)),
            abi.encodeCall(controller.setLimits, (IParameterController.Slot.Royalty, limits)),
            abi.encodeCall(controller.setGrant, (type(uint40).max)),
            abi.encodeCall(controller.setBreaker, (IParameterController.Breaker(1, 1, 1))),
            abi.encodeCall(controller.setRoyaltyReceiver, (GUARDIAN)),
            abi.encodeCall(controller.offerRoyalty, (GUARDIAN, 1_000, true)),
            abi.encodeCall(controller.setWorksPerDay, (0)),
            abi.encodeCall(controller.setForge, (0, 0)),
            abi.encodeCall(controller.setTransferValidator, (address(0))),
            abi.encodeCall(controller.unfreeze, ())
        ];
        vm.prank(GUARDIAN);
        controller.freeze();
        vm.assertTrue(controller.frozen(), "one transaction");
        for (uint256 i = 0; i < calls.length; ++i) {
            vm.prank(GUARDIAN);
            (bool success, bytes memory refusal) = address(controller).call(calls[i]);
            vm.assertTrue(!success, vm.toString(i));
            vm.assertEq(bytes32(bytes4(refusal)), IAccessControl.AccessControlUnauthorizedAccount.selector, "by role");
        }
    }

    function test_TheControllerFreezesTheStewardAndNotTheDAO() external {
        vm.prank(GUARDIAN);
        controller.freeze();
        _pass(governor, ALICE, _royalty(750));

        vm.assertEq(controller.valueOf(IParameterController.Slot.Royalty), 750, "the DAO governs on");
    }

    function test_FreezingHoldsNothingBack() external {
        bytes memory opening = abi.encodeCall(controller.setForge, (RECIPE, CONDITIONS));
        _pass(governor, ALICE, _draft(address(controller), opening));
        uint256[] memory parents = new uint256[](2);
        (parents[0], parents[1]) = (daves[0], daves[1]);
        ILoopCollection.ForgeTerms memory terms = collection.forgeTerms();
        vm.prank(DAVE);
        uint256 child = collection.forge(parents, terms);
        vm.prank(GUARDIAN);
        controller.freeze();
        vm.roll(collection.sealDeadline(child) + 1);
        collection.abandon(child);
        vm.assertEq(collection.lockOf(daves[0]), 0, "parents come free");

        vm.prank(DAVE);
        collection.transferFrom(DAVE, ALICE, daves[0]);
        _unwrap(ALICE, alices);
        vm.assertEq(collection.balanceOf(ALICE), alices.length + 1, "works move, and leave the wrapper");
    }
}
