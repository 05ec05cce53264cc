// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IRoyaltySplitter} from "../../../../contracts/interfaces/IRoyaltySplitter.sol";
import {SplitterKit} from "../SplitterKit.sol";

/// @dev Vulnerable on purpose: a payee named twice overwrites his shares, but both are counted.
contract OverwritingSplitter {
    mapping(address payee => uint256) public shares;
    uint256 public total;

    constructor(address[] memory payees, uint256[] memory given) {
        for (uint256 i = 0; i < payees.length; ++i) {
            shares[payees[i]] = given[i];
            total += given[i];
        }
    }
}

// A payee is named twice: part of every sale is nobody's, for ever.
contract PayeeTwiceTest is SplitterKit {
    function test_TheTwinLosesAShare() external {
        (address[] memory payees, uint256[] memory shares) = _equal(ALICE, ALICE);
        OverwritingSplitter twin = new OverwritingSplitter(payees, shares);

        vm.assertEq(twin.shares(ALICE), 1, "one");
        vm.assertEq(twin.total(), 2, "of two");
    }

    function test_TheSplitterRefuses() external {
        vm.expectRevert(
            abi.encodeWithSelector(IRoyaltySplitter.RoyaltySplitterInvalidPayee.selector, ALICE, 1, 1_000_000)
        );
        this.deploy(ALICE, ALICE);
    }

    function deploy(address first, address second) external {
        _splitter(first, second);
    }
}
