// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ISignedReporters} from "../../../../contracts/interfaces/ISignedReporters.sol";
import {ReportersKit} from "../../kit/ReportersKit.sol";

/// @dev Vulnerable on purpose: counts signatures, not signers.
contract CountsSignatures {
    struct Signature {
        uint8 v;
        bytes32 r;
        bytes32 s;
    }

    mapping(address reporter => bool) public isReporter;
    bytes32 public last;

    constructor(address[] memory reporters) {
        for (uint256 i = 0; i < reporters.length; ++i) isReporter[reporters[i]] = true;
    }

    function report(bytes32 observation, Signature[] calldata signatures) external {
        require(signatures.length >= 3, "too few");
        for (uint256 i = 0; i < signatures.length; ++i) {
            Signature calldata each = signatures[i];
            address signer = ecrecover(keccak256(abi.encode(observation)), each.v, each.r, each.s);
            require(isReporter[signer], "no reporter");
        }
        last = observation;
    }
}

// One reporter signs three times: the same, or three different observations.
contract SignerTwiceTest is ReportersKit {
    function test_TheTwinCountsHimThreeTimes() external {
        CountsSignatures twin = new CountsSignatures(accounts);
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keys[0], keccak256(abi.encode(_observation(NOW))));
        CountsSignatures.Signature[] memory signatures = new CountsSignatures.Signature[](3);
        for (uint256 i = 0; i < 3; ++i) signatures[i] = CountsSignatures.Signature(v, r, s);
        twin.report(_observation(NOW), signatures);

        vm.assertEq(twin.last(), _observation(NOW), "one man's round");
    }

    function test_HeCountsOnce() external {
        for (uint256 apart = 0; apart < 2; ++apart) {
            ISignedReporters.Report[] memory reports = new ISignedReporters.Report[](3);
            for (uint256 i = 0; i < 3; ++i) reports[i] = _sign(keys[0], 1, _observation(NOW - i * apart));
            _refuse(
                abi.encodeWithSelector(ISignedReporters.SignedReportersNotAscending.selector, accounts[0]),
                1,
                reports
            );
        }
    }
}
