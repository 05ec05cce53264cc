// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ISignedReporters} from "../../../../contracts/interfaces/ISignedReporters.sol";
import {ReportersKit} from "../../kit/ReportersKit.sol";

/// @dev Vulnerable on purpose: the signature says which round and what, but not where.
contract SignedForAnywhere {
    address public immutable REPORTER;
    bytes32 public last;

    constructor(address reporter) {
        REPORTER = reporter;
    }

    function report(uint256 round, bytes32 observation, uint8 v, bytes32 r, bytes32 s) external {
        require(ecrecover(keccak256(abi.encode(round, observation)), v, r, s) == REPORTER, "no reporter");
        last = observation;
    }
}

// The same people report for a test chain, or for another collection: what they sign there is brought here.
contract ForeignReportTest is ReportersKit {
    function test_TheTwinsTakeEachOthers() external {
        SignedForAnywhere here = new SignedForAnywhere(accounts[0]);
        SignedForAnywhere there = new SignedForAnywhere(accounts[0]);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[0], keccak256(abi.encode(1, _observation(NOW))));
        there.report(1, _observation(NOW), v, r, s);
        here.report(1, _observation(NOW), v, r, s);

        vm.assertEq(here.last(), there.last(), "a market of elsewhere");
    }

    function test_OfAnotherContractTheyAreNobodys() external {
        ISignedReporters ours = reporters;
        reporters = _deployReporters(oracle, accounts, QUORUM);
        ISignedReporters.Report[] memory reports = _signSame(1, _observation(NOW));
        reporters = ours;

        _refuseForeign(reports);
    }

    function test_OfAnotherChainTheyAreNobodys() external {
        uint256 here = block.chainid;
        vm.chainId(here + 1);
        ISignedReporters.Report[] memory reports = _signSame(1, _observation(NOW));
        vm.chainId(here);
        _refuseForeign(reports);

        // Nor are ours on a chain that split off: the domain is that of the chain it runs on.
        reports = _signSame(1, _observation(NOW));
        vm.chainId(here + 1);
        _refuseForeign(reports);
    }

    function _refuseForeign(ISignedReporters.Report[] memory reports) private {
        address seeming = _recover(reports[0], _digest(address(reporters), 1, reports[0].observation));
        _refuse(abi.encodeWithSelector(ISignedReporters.SignedReportersUnknownReporter.selector, seeming), 1, reports);
    }
}
