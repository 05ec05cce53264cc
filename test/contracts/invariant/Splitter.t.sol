// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IRoyaltySplitter} from "../../../contracts/interfaces/IRoyaltySplitter.sol";
import {Kit} from "../kit/Kit.sol";
import {CampaignKit} from "./CampaignKit.sol";
import {Progress} from "./Progress.sol";
import {SplitterHandler} from "./SplitterHandler.sol";

// any course of payments, forced ether and draws
// └── the invariants 31 to 36 of README.md hold after every call
contract SplitterInvariants is Kit, CampaignKit {
    SplitterHandler private handler;

    function setUp() external {
        address[] memory payees = new address[](5);
        uint256[] memory shares = new uint256[](5);
        for (uint256 i = 0; i < 5; ++i) payees[i] = address(uint160(0x30000 + i));
        (shares[0], shares[1], shares[2], shares[3], shares[4]) = (1, 2, 7, 333_333, 1_000_000);
        address splitter = _deploy("RoyaltySplitter", abi.encode(payees, shares));

        handler = SplitterHandler(_deploy("SplitterHandler", abi.encode(splitter, shares)));
    }

    function invariant_SplitterPaysEveryShare() external view {
        handler.checkStep();
    }

    function _handler() internal view override returns (Progress) {
        return handler;
    }

    function _checkAll() internal view override {
        handler.checkAll();
    }

    function _name() internal pure override returns (string memory) {
        return "splitter";
    }
}
