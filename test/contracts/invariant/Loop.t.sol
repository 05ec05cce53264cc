// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {LoopKit} from "../kit/LoopKit.sol";
import {CampaignKit} from "./CampaignKit.sol";
import {LoopHandler} from "./LoopHandler.sol";
import {Progress} from "./Progress.sol";

// any course of what the operator, holders, the guardian, the parameter authority, the registrar and strangers can do
// └── the invariants 1 to 24 of README.md hold after every call
contract LoopInvariants is LoopKit, CampaignKit {
    LoopHandler private handler;

    function setUp() public override {
        super.setUp();
        vm.warp(1_800_000_000);
        ILoopCollection.Settings memory settings = _settings();
        settings.maxSupply = 700;
        settings.worksPerDay = 40;
        settings.sealWindow = 40;
        collection = _deployCollection(settings);
        // By its artifact: the runner knows the contracts to call by their code.
        handler = LoopHandler(_deploy("LoopHandler", abi.encode(collection, RECIPE)));
    }

    function invariant_CollectionHoldsToItsRules() external view {
        handler.checkStep();
    }

    function _handler() internal view override returns (Progress) {
        return handler;
    }

    function _checkAll() internal view override {
        handler.checkAll();
    }

    function _name() internal pure override returns (string memory) {
        return "collection";
    }
}
