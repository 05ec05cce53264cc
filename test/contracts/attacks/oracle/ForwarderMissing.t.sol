// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ICreReceiver} from "../../../../contracts/interfaces/ICreReceiver.sol";
import {VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: no forwarder is any forwarder, as in the template that is copied everywhere.
contract AcceptsNoForwarder {
    address private immutable FORWARDER;
    bytes32 public observation;

    constructor(address forwarder) {
        FORWARDER = forwarder;
    }

    function onReport(bytes calldata, bytes calldata report) external {
        if (FORWARDER != address(0)) require(msg.sender == FORWARDER, "not the forwarder");
        observation = abi.decode(report, (bytes32));
    }
}

// The deployer's script read the forwarder from a variable that was not set.
contract ForwarderMissingTest is VendorKit {
    function test_TheTwinListensToEverybody() external {
        AcceptsNoForwarder twin = new AcceptsNoForwarder(address(0));
        vm.prank(STRANGER);
        twin.onReport("", abi.encode(_observation(NOW)));

        vm.assertEq(twin.observation(), _observation(NOW), "the stranger's");
    }

    function test_TheReceiverIsNotMade() external {
        try this.construct() {
            vm.assertTrue(false, "it was made");
        } catch (bytes memory reason) {
            bytes memory invalid = abi.encodeWithSelector(ICreReceiver.CreReceiverInvalidConfiguration.selector);
            vm.assertEq(reason, invalid, "refused");
        }
    }

    function construct() external {
        _deploy("CreReceiver", abi.encode(oracle, address(0), WORKFLOW_OWNER, WORKFLOW));
    }
}
