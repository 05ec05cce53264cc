// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {ISignedReporters} from "../../../../contracts/interfaces/ISignedReporters.sol";
import {ReportersKit} from "../../kit/ReportersKit.sol";

/// @dev Vulnerable on purpose: knows a vote again by its signature, of which there are two for each signer and message.
contract KnowsSignatures {
    address public immutable REPORTER;
    mapping(bytes32 signature => bool) public isUsed;
    uint256 public votes;

    constructor(address reporter) {
        REPORTER = reporter;
    }

    function vote(bytes32 observation, uint8 v, bytes32 r, bytes32 s) external {
        bytes32 signature = keccak256(abi.encode(v, r, s));
        require(!isUsed[signature], "used");
        require(ecrecover(keccak256(abi.encode(observation)), v, r, s) == REPORTER, "no reporter");
        isUsed[signature] = true;
        ++votes;
    }
}

// From a signature anybody makes a second one of the same signer: the order of the curve less s, and the other parity.
contract MalleableSignatureTest is ReportersKit {
    uint256 private constant ORDER = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141;

    function test_TheTwinCountsBoth() external {
        KnowsSignatures twin = new KnowsSignatures(accounts[0]);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[0], keccak256(abi.encode(_observation(NOW))));
        twin.vote(_observation(NOW), v, r, s);
        twin.vote(_observation(NOW), v == 27 ? 28 : 27, r, bytes32(ORDER - uint256(s)));

        vm.assertEq(twin.votes(), 2, "of one reporter");
    }

    /// @dev The second one's s has 256 bits, of which the short form holds 255; what it could hold is refused.
    function test_TheSecondHasNoShortForm() external {
        ISignedReporters.Report[] memory reports = _signSame(1, _observation(NOW));
        uint256 s = ORDER - (uint256(reports[0].vs) & uint256(type(int256).max));
        vm.assertTrue(s > uint256(type(int256).max), "256 bits");

        reports[0].vs = bytes32(ORDER / 2 + 1);
        _refuse(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, ORDER / 2 + 1), 1, reports);
        reports[0].vs = bytes32(s);
        address seeming = _recover(reports[0], _digest(address(reporters), 1, _observation(NOW)));
        _refuse(abi.encodeWithSelector(ISignedReporters.SignedReportersUnknownReporter.selector, seeming), 1, reports);
    }
}
