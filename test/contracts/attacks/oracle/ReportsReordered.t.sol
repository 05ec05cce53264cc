// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketOracle} from "../../../../contracts/interfaces/IMarketOracle.sol";
import {IReceiver} from "../../../../contracts/interfaces/vendors/IReceiver.sol";
import {IReceivingAdapter, VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: what the oracle refuses reverts.
contract PassesRefusalsOn {
    IMarketOracle private immutable ORACLE;

    constructor(IMarketOracle oracle) {
        ORACLE = oracle;
    }

    function onReport(bytes calldata, bytes calldata report) external {
        ORACLE.accept(abi.decode(report, (bytes32)));
    }
}

/// @dev A deliverer as most are: one after another, and a failure is tried again before anything else.
contract Deliverer {
    bytes[] private _reports;
    uint256 public delivered;

    function add(bytes32 observation) external {
        _reports.push(abi.encode(observation));
    }

    function deliver(address receiver, bytes calldata metadata) external {
        while (delivered < _reports.length) {
            try IReceiver(receiver).onReport(metadata, _reports[delivered]) {
                ++delivered;
            } catch {
                return;
            }
        }
    }
}

// A relayer hands reports in twice and in the wrong order, by accident or to hold up the others.
contract ReportsReorderedTest is VendorKit {
    Deliverer private deliverer;

    function setUp() public override {
        super.setUp();
        deliverer = new Deliverer();
        deliverer.add(_observation(NOW - 2));
        deliverer.add(_observation(NOW - 2));
        deliverer.add(_observation(NOW - 3));
        deliverer.add(_observation(NOW - 1));
    }

    function test_TheTwinIsHeldUpForEver() external {
        PassesRefusalsOn twin = new PassesRefusalsOn(oracle);
        _name(address(twin));
        for (uint256 i = 0; i < 5; ++i) deliverer.deliver(address(twin), "");

        vm.assertEq(deliverer.delivered(), 1, "the second one fails again and again");
        vm.assertEq(oracle.latestRound(), 1, "and the fourth never comes");
    }

    function test_TheReceiverLetsThemPass() external {
        bytes memory arguments = abi.encode(oracle, deliverer, WORKFLOW_OWNER, WORKFLOW);
        IReceivingAdapter adapter = IReceivingAdapter(_deploy("CreReceiver", arguments));
        _name(address(adapter));
        deliverer.deliver(address(adapter), _metadata(WORKFLOW_OWNER, WORKFLOW));

        vm.assertEq(deliverer.delivered(), 4, "all are handed in");
        vm.assertEq(oracle.latestRound(), 2, "two count");
        vm.assertEq(oracle.roundAt(1).observation, _observation(NOW - 2), "the first");
        vm.assertEq(oracle.roundAt(2).observation, _observation(NOW - 1), "the fourth");
    }
}
