// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Royalty, RoyaltyLib} from "../../../contracts/types/Royalty.sol";
import {Kit} from "../kit/Kit.sol";

// pack
// └── it gives the word that receiver and bps pack into, to the bit, and both back
// isSet
// └── it is false for zero only: a receiver without a share is a royalty too
// shareOf, amount
// ├── where price * bps fits 256 bits, it is floor(price * bps / 10,000)
// ├── for every price there is, it does not revert, is no more than the price, and is rounded down by less than one
// └── at the ends: nothing of nothing, nothing for no bps, all for 10,000
contract RoyaltyTest is Kit {
    function testFuzz_Packs(address receiver, uint16 bps) external pure {
        Royalty royalty = RoyaltyLib.pack(receiver, bps);

        vm.assertEq(
            Royalty.unwrap(royalty),
            uint256(bytes32(abi.encodePacked(uint80(0), bps, receiver))),
            "the whole word"
        );
        vm.assertEq(royalty.receiver(), receiver, "receiver");
        vm.assertEq(royalty.bps(), bps, "bps");
    }

    function testFuzz_IsSet(address receiver, uint16 bps) external pure {
        vm.assertTrue(RoyaltyLib.pack(receiver, bps).isSet() == (receiver != address(0) || bps != 0), "set");
        vm.assertTrue(!Royalty.wrap(0).isSet(), "not set");
    }

    function testFuzz_IsThePlainQuotient(uint256 price, uint256 bps) external pure {
        bps = _bound(bps, 0, 10_000);
        price = _bound(price, 0, type(uint256).max / 10_000);

        vm.assertEq(RoyaltyLib.amount(price, bps), (price * bps) / 10_000, "floor");
        vm.assertEq(RoyaltyLib.pack(address(1), bps).shareOf(price), (price * bps) / 10_000, "by the royalty");
    }

    /// @dev With 512 bits for the product, written as two words of 128 bits each.
    function testFuzz_IsExactForEveryPrice(uint256 price, uint256 bps) external pure {
        bps = _bound(bps, 0, 10_000);
        if (price % 2 == 0) price = type(uint256).max - (price >> 8); // often where the product needs more than 256 bits

        uint256 high = (price >> 128) * bps;
        uint256 low = (price & type(uint128).max) * bps;
        uint256 expected = ((high / 10_000) << 128) + (((high % 10_000) << 128) + low) / 10_000;
        vm.assertEq(RoyaltyLib.amount(price, bps), expected, "floor");
        vm.assertTrue(expected <= price, "no more than the price");
    }

    function test_TheEnds() external pure {
        uint256 all = type(uint256).max;

        vm.assertEq(RoyaltyLib.amount(0, 10_000), 0, "nothing of nothing");
        vm.assertEq(RoyaltyLib.amount(all, 0), 0, "nothing for no bps");
        vm.assertEq(RoyaltyLib.amount(all, 10_000), all, "all of everything");
        vm.assertEq(RoyaltyLib.amount(all, 1_000), all / 10, "a tenth of everything");
        vm.assertEq(RoyaltyLib.amount(9_999, 1), 0, "below one");
        vm.assertEq(RoyaltyLib.amount(10_000, 1), 1, "one");
        vm.assertEq(RoyaltyLib.amount(19_999, 1), 1, "below two");
    }
}
