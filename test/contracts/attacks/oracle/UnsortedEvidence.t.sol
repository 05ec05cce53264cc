// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketAdapter} from "../../../../contracts/interfaces/IMarketAdapter.sol";
import {ISignedReporters} from "../../../../contracts/interfaces/ISignedReporters.sol";
import {ReportersKit} from "../../kit/ReportersKit.sol";

/// @dev Vulnerable on purpose: what it leaves behind depends on how it was called.
contract AnyOrder {
    function evidenceOf(ISignedReporters.Report[] calldata reports) external pure returns (bytes32) {
        return keccak256(abi.encode(reports));
    }
}

// Whoever brings the reports shuffles them, so that the hash on chain is not that of the reports which everybody kept.
contract UnsortedEvidenceTest is ReportersKit {
    function test_TheTwinsEvidenceFitsNothing() external {
        AnyOrder twin = new AnyOrder();
        ISignedReporters.Report[] memory reports = _signSame(1, _observation(NOW));
        bytes32 sorted = twin.evidenceOf(reports);
        (reports[0], reports[2]) = (reports[2], reports[0]);

        vm.assertTrue(twin.evidenceOf(reports) != sorted, "the same reports");
    }

    function test_ThereIsOneOrder() external {
        ISignedReporters.Report[] memory reports = _signSame(1, _observation(NOW));
        bytes32 sorted = keccak256(abi.encode(reports));
        (reports[0], reports[2]) = (reports[2], reports[0]);
        _refuse(abi.encodeWithSelector(ISignedReporters.SignedReportersNotAscending.selector, accounts[1]), 1, reports);

        vm.expectEmit(address(reporters));
        emit IMarketAdapter.Brought(1, sorted);
        _report(1, _signSame(1, _observation(NOW)));
    }
}
