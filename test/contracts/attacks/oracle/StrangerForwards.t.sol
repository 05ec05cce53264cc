// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ICreReceiver} from "../../../../contracts/interfaces/ICreReceiver.sol";
import {IReceivingAdapter, VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: reads who reports from the report's own metadata.
contract BelievesMetadata {
    address private immutable OWNER;
    bytes32 public observation;

    constructor(address owner) {
        OWNER = owner;
    }

    function onReport(bytes calldata metadata, bytes calldata report) external {
        require(address(bytes20(metadata[42:62])) == OWNER, "another workflow");
        observation = abi.decode(report, (bytes32));
    }
}

// Anybody can write down whose workflow it was.
contract StrangerForwardsTest is VendorKit {
    function test_TheTwinBelievesWhatIsWritten() external {
        BelievesMetadata twin = new BelievesMetadata(WORKFLOW_OWNER);
        vm.prank(STRANGER);
        twin.onReport(_metadata(WORKFLOW_OWNER, WORKFLOW), abi.encode(_observation(NOW)));

        vm.assertEq(twin.observation(), _observation(NOW), "the stranger's");
    }

    function test_TheReceiverBelievesTheForwarder() external {
        IReceivingAdapter adapter = _receiver();
        address[3] memory callers = [STRANGER, WORKFLOW_OWNER, ADMIN];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ICreReceiver.CreReceiverUnauthorizedForwarder.selector, callers[i]));
            vm.prank(callers[i]);
            adapter.onReport(_metadata(WORKFLOW_OWNER, WORKFLOW), abi.encode(_observation(NOW)));
        }

        vm.assertEq(oracle.latestRound(), 0, "no round");
    }
}
