// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {ISignedReporters} from "../../../../contracts/interfaces/ISignedReporters.sol";
import {ReportersKit} from "../../kit/ReportersKit.sol";

/// @dev Vulnerable on purpose: a place in the list that was emptied holds zero, which is what a bad signature recovers to.
contract TrustsZero {
    address[2] public reporters;
    bytes32 public last;

    constructor(address first, address second) {
        reporters = [first, second];
    }

    function remove(uint256 place) external {
        delete reporters[place];
    }

    function report(bytes32 observation, uint256 place, uint8 v, bytes32 r, bytes32 s) external {
        require(ecrecover(keccak256(abi.encode(observation)), v, r, s) == reporters[place], "no reporter");
        last = observation;
    }
}

// A signature that is none recovers to the address zero, which stands in some list.
contract ZeroSignerTest is ReportersKit {
    function test_TheTwinTakesZeroForAReporter() external {
        TrustsZero twin = new TrustsZero(accounts[0], accounts[1]);
        twin.remove(1);
        twin.report("anything", 1, 0, 0, 0);

        vm.assertEq(twin.last(), "anything", "nobody signed it");
    }

    function test_ZeroSignsNothingAndIsNobody() external {
        ISignedReporters.Report[] memory reports = _signSame(1, _observation(NOW));
        (reports[0].r, reports[0].vs) = (0, 0);
        _refuse(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignature.selector), 1, reports);

        address[] memory set = accounts;
        set[0] = address(0);
        vm.expectRevert(abi.encodeWithSelector(ISignedReporters.SignedReportersInvalidReporter.selector, address(0)));
        vm.prank(ADMIN);
        reporters.setReporters(set, QUORUM);
    }
}
