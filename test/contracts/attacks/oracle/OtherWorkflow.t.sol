// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ICreReceiver} from "../../../../contracts/interfaces/ICreReceiver.sol";
import {IReceivingAdapter, VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: knows the forwarder, and takes that for enough.
contract KnowsTheForwarderAlone {
    address private immutable FORWARDER;
    bytes32 public observation;

    constructor(address forwarder) {
        FORWARDER = forwarder;
    }

    function onReport(bytes calldata, bytes calldata report) external {
        require(msg.sender == FORWARDER, "not the forwarder");
        observation = abi.decode(report, (bytes32));
    }
}

// The forwarder serves everybody: a stranger registers a workflow of his own and sends its report here.
contract OtherWorkflowTest is VendorKit {
    function test_TheTwinTakesAnybodysWorkflow() external {
        KnowsTheForwarderAlone twin = new KnowsTheForwarderAlone(FORWARDER);
        vm.prank(FORWARDER);
        twin.onReport(_metadata(STRANGER, WORKFLOW), abi.encode(_observation(NOW)));

        vm.assertEq(twin.observation(), _observation(NOW), "the stranger's");
    }

    function test_TheReceiverTakesOne() external {
        IReceivingAdapter adapter = _receiver();
        _refused(adapter, _metadata(STRANGER, WORKFLOW), STRANGER, WORKFLOW);
        _refused(adapter, _metadata(WORKFLOW_OWNER, "another..."), WORKFLOW_OWNER, "another...");
        _refused(adapter, "", address(0), bytes10(0));
        vm.prank(FORWARDER);
        adapter.onReport(_metadata(WORKFLOW_OWNER, WORKFLOW), abi.encode(_observation(NOW)));

        vm.assertEq(oracle.latestRound(), 1, "the one that was meant");
    }

    function _refused(IReceivingAdapter adapter, bytes memory metadata, address owner, bytes10 name) private {
        vm.expectRevert(abi.encodeWithSelector(ICreReceiver.CreReceiverUnknownWorkflow.selector, owner, name));
        vm.prank(FORWARDER);
        adapter.onReport(metadata, abi.encode(_observation(NOW)));
    }
}
