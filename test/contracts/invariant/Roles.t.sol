// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {RolesKit} from "../kit/RolesKit.sol";
import {CampaignKit} from "./CampaignKit.sol";
import {Progress} from "./Progress.sol";
import {RolesHandler} from "./RolesHandler.sol";

// any course of offers, acceptances, dismissals and hand-overs
// └── the invariants 25 to 29 of README.md hold after every call
contract RolesInvariants is RolesKit, CampaignKit {
    RolesHandler private handler;

    function setUp() external {
        vm.warp(1_800_000_000);
        address book = _deploy("RecipeRegistry", abi.encode(_jobs()));
        handler = RolesHandler(_deploy("RolesHandler", abi.encode(book, address(this))));
    }

    function invariant_JobsStayApart() external view {
        handler.checkStep();
    }

    function _handler() internal view override returns (Progress) {
        return handler;
    }

    function _checkAll() internal view override {
        handler.checkAll();
    }

    function _name() internal pure override returns (string memory) {
        return "roles";
    }
}
