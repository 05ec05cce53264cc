// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketOracle} from "../../../../contracts/interfaces/IMarketOracle.sol";
import {IReceiver} from "../../../../contracts/interfaces/vendors/IReceiver.sol";
import {IReceivingAdapter, VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: keeps enough gas back to come to a good end without the oracle.
contract KeepsGasBack {
    IMarketOracle private immutable ORACLE;

    constructor(IMarketOracle oracle) {
        ORACLE = oracle;
    }

    function onReport(bytes calldata, bytes calldata report) external {
        try ORACLE.accept{gas: gasleft() - 20_000}(abi.decode(report, (bytes32))) {} catch {} // solhint-disable-line
    }
}

// Who hands a report in chooses the gas: enough for the receiver, not for the oracle. The report counts as delivered, and is lost.
contract StarvedOfGasTest is VendorKit {
    function test_TheTwinLosesTheReport() external {
        KeepsGasBack twin = new KeepsGasBack(oracle);
        _name(address(twin));
        bool delivered = _deliver(address(twin), "", 60_000);

        vm.assertTrue(delivered, "it came to a good end");
        vm.assertEq(oracle.latestRound(), 0, "without a round");
    }

    function test_TheReceiverBringsItOrReverts() external {
        IReceivingAdapter adapter = _receiver();
        bytes memory metadata = _metadata(WORKFLOW_OWNER, WORKFLOW);
        uint256 gas = 20_000;
        while (!_deliver(address(adapter), metadata, gas)) gas += 250;

        vm.assertEq(oracle.latestRound(), 1, "the first that did not revert brought it");
        vm.assertTrue(gas > 60_000, "and many did");
    }

    function _deliver(address receiver, bytes memory metadata, uint256 gas) private returns (bool success) {
        bytes memory call = abi.encodeCall(IReceiver.onReport, (metadata, abi.encode(_observation(NOW))));
        vm.prank(FORWARDER);
        (success, ) = receiver.call{gas: gas}(call);
    }
}
