// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: a promise in a text, and one royalty for all.
contract PromisedRoyalty {
    address public receiver;

    function setRoyalty(address newReceiver) external {
        receiver = newReceiver;
    }

    function royaltyInfo(uint256, uint256 salePrice) external view returns (address, uint256) {
        return (receiver, salePrice / 20);
    }
}

// An artist was promised the royalties of one batch; the collection's royalty moves, and his with it.
contract FixedRoyaltyMovedTest is LoopKit {
    address private immutable ARTIST = _account("artist");

    function test_TheTwinTakesItFromHim() external {
        PromisedRoyalty twin = new PromisedRoyalty();
        twin.setRoyalty(ARTIST);
        twin.setRoyalty(TREASURY);
        (address receiver, ) = twin.royaltyInfo(1, 1 ether);

        vm.assertEq(receiver, TREASURY, "no longer the artist");
    }

    function test_TheCollectionKeepsIt() external {
        vm.prank(PARAMETERS);
        collection.offerRoyalty(ARTIST, 700, true);
        vm.prank(OPERATOR);
        uint256 batch = collection.openWithRoyalty(ALICE, RECIPE, 2, CONDITIONS, ARTIST, 700);
        _seal(batch);

        vm.prank(PARAMETERS);
        collection.setRoyalty(TREASURY, 1_000);
        vm.prank(PARAMETERS);
        collection.offerRoyalty(ARTIST, 700, false);
        (address receiver, uint256 amount) = collection.royaltyInfo(_id(batch, 1), 1 ether);
        vm.assertEq(receiver, ARTIST, "his for ever");
        vm.assertEq(amount, 0.07 ether, "and 7 %");
    }
}
