// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {PARAMETER_ROLE} from "../../../../contracts/access/Roles.sol";
import {ICollectionRoyalty} from "../../../../contracts/interfaces/ICollectionRoyalty.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: who opens says who earns.
contract OpenersRoyalty {
    mapping(uint256 batch => address) public receiverOf;

    function open(uint256 batch, address receiver) external {
        receiverOf[batch] = receiver;
    }
}

// A stolen operator key opens batches whose royalties are the thief's, for ever.
contract RoyaltyRedirectedTest is LoopKit {
    function test_TheTwinPaysTheThief() external {
        OpenersRoyalty twin = new OpenersRoyalty();
        vm.prank(OPERATOR);
        twin.open(1, STRANGER);

        vm.assertEq(twin.receiverOf(1), STRANGER, "for ever");
    }

    function test_TheCollectionAsksWhatWasOffered() external {
        vm.prank(PARAMETERS);
        collection.offerRoyalty(TREASURY, 500, true);

        _expectNotOffered(STRANGER, 500);
        collection.openWithRoyalty(ALICE, RECIPE, 1, CONDITIONS, STRANGER, 500);
        _expectNotOffered(TREASURY, 501); // neither the receiver nor the share alone
        collection.openWithRoyalty(ALICE, RECIPE, 1, CONDITIONS, TREASURY, 501);
    }

    function test_TheCollectionLetsHimOfferNothing() external {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, OPERATOR, PARAMETER_ROLE)
        );
        vm.prank(OPERATOR);
        collection.offerRoyalty(OPERATOR, 500, true);
    }

    function test_TheCollectionForgetsAWithdrawnOffer() external {
        vm.prank(PARAMETERS);
        collection.offerRoyalty(TREASURY, 500, true);
        vm.prank(PARAMETERS);
        collection.offerRoyalty(TREASURY, 500, false);

        _expectNotOffered(TREASURY, 500);
        collection.openWithRoyalty(ALICE, RECIPE, 1, CONDITIONS, TREASURY, 500);
    }

    function _expectNotOffered(address receiver, uint256 bps) private {
        vm.expectRevert(abi.encodeWithSelector(ICollectionRoyalty.CollectionRoyaltyNotOffered.selector, receiver, bps));
        vm.prank(OPERATOR);
    }
}
