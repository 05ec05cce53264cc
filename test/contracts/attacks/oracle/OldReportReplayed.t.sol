// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ISignedReporters} from "../../../../contracts/interfaces/ISignedReporters.sol";
import {ReportersKit} from "../../kit/ReportersKit.sol";

/// @dev Vulnerable on purpose: a signature over an observation is good for every round.
contract SignedForEver {
    address public immutable REPORTER;
    bytes32[] public rounds;

    constructor(address reporter) {
        REPORTER = reporter;
    }

    function report(bytes32 observation, uint8 v, bytes32 r, bytes32 s) external {
        require(ecrecover(keccak256(abi.encode(observation)), v, r, s) == REPORTER, "no reporter");
        rounds.push(observation);
    }
}

// Somebody kept the reports of a round, and brings them again when their market suits him.
contract OldReportReplayedTest is ReportersKit {
    function test_TheTwinTakesThemAgain() external {
        SignedForEver twin = new SignedForEver(accounts[0]);
        bytes32 observation = _observation(NOW);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[0], keccak256(abi.encode(observation)));
        twin.report(observation, v, r, s);
        twin.report(observation, v, r, s);

        vm.assertEq(twin.rounds(1), observation, "a second round");
    }

    /// @dev They were never brought, so the oracle would take them for new.
    function test_TheyWereSignedForOneRound() external {
        ISignedReporters.Report[] memory kept = _signSame(1, _observation(NOW));
        _report(1, _signSame(1, _observation(NOW - 1)));

        ISignedReporters.Report memory first = kept[0];
        address seeming = _recover(first, _digest(address(reporters), 2, first.observation));
        bytes4 refusal = ISignedReporters.SignedReportersUnknownReporter.selector;
        _refuse(abi.encodeWithSelector(refusal, seeming), 2, kept);
        refusal = ISignedReporters.SignedReportersWrongRound.selector;
        _refuse(abi.encodeWithSelector(refusal, 1, 2), 1, kept);
    }
}
