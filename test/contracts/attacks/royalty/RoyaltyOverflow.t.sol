// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: multiplies first, as OpenZeppelin's ERC2981 did before it took `mulDiv`.
contract MultiplyingRoyalty {
    function royaltyInfo(uint256, uint256 salePrice) external view returns (address, uint256) {
        return (address(this), (salePrice * 500) / 10_000);
    }
}

// A market that quotes a price in a token of many decimals asks for the royalty, which reverts, and so does the sale.
contract RoyaltyOverflowTest is LoopKit {
    function test_TheTwinReverts() external {
        MultiplyingRoyalty twin = new MultiplyingRoyalty();

        vm.expectRevert(abi.encodeWithSignature("Panic(uint256)", 0x11));
        twin.royaltyInfo(1, type(uint256).max);
    }

    function test_TheCollectionAnswersEveryPrice() external view {
        (address receiver, uint256 amount) = collection.royaltyInfo(_id(1, 0), type(uint256).max);

        vm.assertEq(receiver, TREASURY, "receiver");
        vm.assertEq(amount, type(uint256).max / 20, "5 %, rounded down");
    }
}
