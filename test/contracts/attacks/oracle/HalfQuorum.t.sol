// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ISignedReporters} from "../../../../contracts/interfaces/ISignedReporters.sol";
import {ReportersKit} from "../../kit/ReportersKit.sol";

/// @dev Vulnerable on purpose: half of the reporters are enough, so each half is.
contract HalfIsEnough {
    uint256 public immutable REPORTERS;
    bytes32[] public rounds;

    constructor(uint256 reporters) {
        REPORTERS = reporters;
    }

    function report(bytes32 observation, uint256 signers) external {
        require(2 * signers >= REPORTERS, "too few");
        rounds.push(observation);
    }
}

// Two of four collude: what they sign is as good as what the two honest ones sign, and is faster.
contract HalfQuorumTest is ReportersKit {
    function test_TheTwinHasTwoTruths() external {
        HalfIsEnough twin = new HalfIsEnough(4);
        twin.report("what they would like", 2);
        twin.report("what there was", 2);

        vm.assertEq(twin.rounds(0), "what they would like", "came first");
    }

    function test_HalfIsNoQuorum() external {
        address[] memory set = new address[](4);
        for (uint256 i = 0; i < 4; ++i) set[i] = accounts[i];
        for (uint256 quorum = 0; quorum < 3; ++quorum) {
            vm.expectRevert(
                abi.encodeWithSelector(ISignedReporters.SignedReportersQuorumOutOfRange.selector, 4, quorum, 16)
            );
            vm.prank(ADMIN);
            reporters.setReporters(set, quorum);
        }

        // Nor can a caller say that two are enough.
        ISignedReporters.Report[] memory reports = new ISignedReporters.Report[](2);
        for (uint256 i = 0; i < 2; ++i) reports[i] = _sign(keys[i], 1, _observation(NOW));
        bytes32 given = keccak256(abi.encode(accounts, 2));
        vm.expectRevert(abi.encodeWithSelector(ISignedReporters.SignedReportersUnknownSet.selector, given));
        reporters.report(1, accounts, 2, reports);
    }
}
