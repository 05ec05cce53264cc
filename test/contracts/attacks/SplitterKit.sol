// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IRoyaltySplitter} from "../../../contracts/interfaces/IRoyaltySplitter.sol";
import {Kit} from "../kit/Kit.sol";

/// @title Splitters of equal shares
abstract contract SplitterKit is Kit {
    address internal immutable ALICE = _account("alice");
    address internal immutable BOB = _account("bob");
    address internal immutable STRANGER = _account("stranger");

    function _splitter(address first, address second) internal returns (IRoyaltySplitter) {
        (address[] memory payees, uint256[] memory shares) = _equal(first, second);
        return IRoyaltySplitter(_deploy("RoyaltySplitter", abi.encode(payees, shares)));
    }

    function _equal(
        address first,
        address second
    ) internal pure returns (address[] memory payees, uint256[] memory shares) {
        payees = new address[](2);
        (payees[0], payees[1]) = (first, second);
        shares = new uint256[](2);
        (shares[0], shares[1]) = (1, 1);
    }

    /// @dev Draws `payee`'s ether to himself.
    function _draw(IRoyaltySplitter splitter, address payee) internal returns (uint256) {
        vm.prank(payee);
        return splitter.release(payable(payee));
    }

    function _draw(IRoyaltySplitter splitter, IERC20 token, address payee) internal returns (uint256) {
        vm.prank(payee);
        return splitter.release(token, payee);
    }
}
