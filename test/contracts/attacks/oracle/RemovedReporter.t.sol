// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ISignedReporters} from "../../../../contracts/interfaces/ISignedReporters.sol";
import {ReportersKit} from "../../kit/ReportersKit.sol";

/// @dev Vulnerable on purpose: a new list does not take the rights of the old one.
contract ForgetsToForget {
    mapping(address reporter => bool) public isReporter;

    function setReporters(address[] calldata set) external {
        for (uint256 i = 0; i < set.length; ++i) isReporter[set[i]] = true;
    }
}

// A reporter whose key was stolen is replaced, and the thief goes on signing; or he brings the list of before.
contract RemovedReporterTest is ReportersKit {
    function test_TheTwinStillTakesHisWord() external {
        ForgetsToForget twin = new ForgetsToForget();
        twin.setReporters(accounts);
        address[] memory others = new address[](1);
        others[0] = accounts[1];
        twin.setReporters(others);

        vm.assertTrue(twin.isReporter(accounts[0]), "though he was removed");
    }

    function test_HeIsNobodyFromThenOn() external {
        ISignedReporters.Report[] memory reports = _signSame(1, _observation(NOW));
        address[] memory before = accounts;
        address[] memory set = new address[](4);
        for (uint256 i = 0; i < 4; ++i) set[i] = accounts[i + 1];
        vm.prank(ADMIN);
        reporters.setReporters(set, QUORUM);

        bytes32 old = keccak256(abi.encode(before, QUORUM));
        _refuse(abi.encodeWithSelector(ISignedReporters.SignedReportersUnknownSet.selector, old), 1, reports);
        vm.expectRevert(abi.encodeWithSelector(ISignedReporters.SignedReportersUnknownReporter.selector, before[0]));
        reporters.report(1, set, QUORUM, reports);
    }
}
