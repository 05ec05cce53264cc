// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ICollectionRoyalty} from "../../../../contracts/interfaces/ICollectionRoyalty.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: any royalty at any time.
contract UncappedRoyalty {
    uint256 private _bps;

    function setRoyalty(uint256 bps) external {
        _bps = bps;
    }

    function royaltyInfo(uint256, uint256 salePrice) external view returns (uint256) {
        return (salePrice * _bps) / 10_000;
    }
}

// The works are sold with 5 %; then the royalty becomes 100 %, or more than the price, so that nobody can sell again.
contract RoyaltyAboveCapTest is LoopKit {
    function test_TheTwinTakesMoreThanThePrice() external {
        UncappedRoyalty twin = new UncappedRoyalty();
        twin.setRoyalty(10_001);

        vm.assertEq(twin.royaltyInfo(1, 1 ether), 1.0001 ether, "more than the buyer pays");
    }

    function test_TheCollectionStopsAtItsCap() external {
        uint256[4] memory tried = [uint256(1_001), 10_000, 10_001, type(uint256).max];
        for (uint256 i = 0; i < tried.length; ++i) {
            _expectTooHigh(tried[i]);
            collection.setRoyalty(TREASURY, tried[i]);
            _expectTooHigh(tried[i]);
            collection.offerRoyalty(TREASURY, tried[i], true);
        }
        vm.prank(PARAMETERS);
        collection.setRoyalty(TREASURY, 1_000);
        (, uint256 amount) = collection.royaltyInfo(_id(1, 0), 1 ether);
        vm.assertEq(amount, 0.1 ether, "10 % is the most");
    }

    function _expectTooHigh(uint256 bps) private {
        vm.expectRevert(abi.encodeWithSelector(ICollectionRoyalty.CollectionRoyaltyTooHigh.selector, bps, 1_000));
        vm.prank(PARAMETERS);
    }
}
