// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ReportersKit} from "../../kit/ReportersKit.sol";

/// @dev Vulnerable on purpose: everybody's word moves the mean.
contract TakesTheMean {
    function floorOf(uint48[] calldata floors) external pure returns (uint256 sum) {
        for (uint256 i = 0; i < floors.length; ++i) sum += floors[i];
        return sum / floors.length;
    }
}

// One reporter of three lies: by a hundred times, by everything that a field can hold, about the time, or by silence.
contract LyingReporterTest is ReportersKit {
    uint48 private constant FLOOR = 2_500_000;

    function test_TheTwinFollowsHim() external {
        uint48[] memory floors = new uint48[](3);
        (floors[0], floors[1], floors[2]) = (FLOOR, FLOOR + 1, 100 * FLOOR);

        vm.assertEq(new TakesTheMean().floorOf(floors), 34 * FLOOR, "34 times what the honest saw");
    }

    function test_TheMedianStaysWithTheHonest() external {
        uint48[4] memory lies = [100 * FLOOR, type(uint48).max, 0, FLOOR / 100];
        for (uint256 i = 0; i < 4; ++i) {
            for (uint256 liar = 0; liar < 3; ++liar) {
                uint256 floor = uint48(uint256(_median(liar, _lie(lies[i]))) >> 128);
                vm.assertTrue(floor == FLOOR || floor == FLOOR + 1, "what the honest saw");
            }
        }
    }

    function test_TheTimeStaysWithTheHonest() external view {
        Market memory lie = _market(type(uint40).max);
        for (uint256 liar = 0; liar < 3; ++liar) {
            uint256 time = uint40(uint256(_median(liar, _pack(lie))) >> 40);
            vm.assertTrue(time == NOW - 1 || time == NOW, "what the honest saw");
        }
    }

    /// @dev All that silence does where nobody else reports: the field is absent, and no field is the liar's.
    function test_SilenceMutesButDoesNotMove() external view {
        bytes32 median = _median(0, _observation(NOW));
        vm.assertEq(uint8(uint256(median) >> 240), 0, "nothing has a quorum");
        vm.assertEq(median, _observation(uint40(uint256(median) >> 40)), "neutral");
    }

    function _lie(uint48 floor) private pure returns (bytes32) {
        Market memory market = _market(NOW);
        market.floor = floor;
        return _pack(market);
    }

    function _median(uint256 liar, bytes32 lie) private view returns (bytes32) {
        bytes32[] memory observations = new bytes32[](3);
        for (uint256 i = 0; i < 3; ++i) {
            Market memory market = _market(NOW - (i % 2));
            market.floor = FLOOR + uint48(i % 2);
            observations[i] = i == liar ? lie : _pack(market);
        }
        return reporters.medianOf(observations, QUORUM);
    }
}
