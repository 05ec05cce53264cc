// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ICreReceiver} from "../../../../contracts/interfaces/ICreReceiver.sol";
import {IMarketAdapter} from "../../../../contracts/interfaces/IMarketAdapter.sol";
import {IMarketOracle} from "../../../../contracts/interfaces/IMarketOracle.sol";
import {IReceivingAdapter, VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: decodes whatever comes.
contract DecodesAnything {
    IMarketOracle private immutable ORACLE;

    constructor(IMarketOracle oracle) {
        ORACLE = oracle;
    }

    function onReport(bytes calldata, bytes calldata report) external {
        ORACLE.accept(abi.decode(report, (bytes32)));
    }
}

// A workflow of another version reports more words, or none: the first word of something else passes for a market.
contract ReportMalformedTest is VendorKit {
    function test_TheTwinReadsTheFirstWord() external {
        DecodesAnything twin = new DecodesAnything(oracle);
        _name(address(twin));
        twin.onReport("", bytes.concat(abi.encode(_observation(NOW)), new bytes(5_000)));
        vm.assertEq(oracle.latestRound(), 1, "of five thousand bytes");

        (bool success, ) = address(twin).call(abi.encodeCall(twin.onReport, ("", "")));
        vm.assertTrue(!success, "and of none it reverts");
    }

    function test_TheReceiverDiscardsBoth() external {
        IReceivingAdapter adapter = _receiver();
        bytes[4] memory reports = [
            bytes(""),
            abi.encodePacked(bytes31(_observation(NOW))),
            abi.encode(_observation(NOW), _observation(NOW)),
            bytes.concat(abi.encode(_observation(NOW)), new bytes(5_000))
        ];
        for (uint256 i = 0; i < 4; ++i) {
            bytes memory reason = abi.encodeWithSelector(
                ICreReceiver.CreReceiverMalformedReport.selector,
                reports[i].length
            );
            vm.expectEmit(address(adapter));
            emit IMarketAdapter.Discarded(keccak256(reports[i]), reason);
            vm.prank(FORWARDER);
            adapter.onReport(_metadata(WORKFLOW_OWNER, WORKFLOW), reports[i]);
        }

        vm.assertEq(oracle.latestRound(), 0, "no round");
    }
}
