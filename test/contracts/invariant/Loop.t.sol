// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {EpochKit} from "../kit/EpochKit.sol";
import {CampaignKit} from "./CampaignKit.sol";
import {LoopHandler} from "./LoopHandler.sol";
import {Progress} from "./Progress.sol";

// any course of what the operator, holders, the guardian, the parameter authority, the registrar, the publisher, the
// adapters and strangers can do
// └── the invariants 1 to 24 and 37 to 47 of README.md hold after every call
contract LoopInvariants is EpochKit, CampaignKit {
    LoopHandler private handler;

    function setUp() public override {
        super.setUp();
        ILoopCollection.Settings memory settings = _settings();
        settings.maxSupply = 700;
        settings.worksPerDay = 40;
        settings.sealWindow = 40;
        collection = _deployCollection(settings);
        oracle = _deployOracle(0, 1);
        _setOracle(address(oracle));
        vm.prank(ADMIN);
        oracle.setAdapters(ADAPTER, _account("fallback"));
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
