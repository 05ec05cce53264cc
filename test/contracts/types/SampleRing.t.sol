// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {SampleRing} from "../../../contracts/types/SampleRing.sol";
import {Kit} from "../kit/Kit.sol";

// push
// └── it writes an even sample into the lower half of its slot and an odd one into the upper, and leaves the other half alone
// length, newest, read
// ├── of an empty ring, or of one that was restarted, they are nothing
// └── after any course of samples and restarts they are those of the newest 31 since the last restart, oldest first
contract SampleRingTest is Kit {
    uint256 private constant HALF = type(uint128).max;

    SampleRing private _ring;

    struct Sample {
        uint88 price;
        uint40 time;
    }

    /// @dev The same, with nothing that can be mixed up.
    Sample[] private _plain;

    function testFuzz_WritesHalves(Sample[3] memory samples) external {
        for (uint256 i = 0; i < 3; ++i) _ring.push(samples[i].price, samples[i].time);

        vm.assertEq(_ring.pairs[0] & HALF, _half(samples[0]), "the first is low");
        vm.assertEq(_ring.pairs[0] >> 128, _half(samples[1]), "the second is high");
        vm.assertEq(_ring.pairs[1], _half(samples[2]), "the third is in the next slot");
        vm.assertEq(_ring.first, 0, "first");
        vm.assertEq(_ring.next, 3, "next");
    }

    function test_ComesRoundAfterThirtyTwo() external {
        for (uint256 i = 0; i < 33; ++i) _ring.push(100 + i, i);

        vm.assertEq(_ring.pairs[0], _half(Sample(101, 1)) << 128 | _half(Sample(132, 32)), "over the oldest, and that alone");
        vm.assertEq(_ring.pairs[15], _half(Sample(131, 31)) << 128 | _half(Sample(130, 30)), "the last slot");
    }

    function test_IsNothingAtFirst() external view {
        (uint256[] memory prices, uint256[] memory times) = _ring.read();

        vm.assertEq(prices.length + times.length, 0, "no samples");
        vm.assertEq(_ring.length(), 0, "length");
        vm.assertEq(_ring.newest(), 0, "newest");
    }

    function testFuzz_FollowsAPlainList(uint256 seed) external {
        uint256 course = 70;
        for (uint256 i = 0; i < course; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            if (seed % 25 == 0) {
                _ring.restart();
                delete _plain;
            } else {
                Sample memory sample = Sample(uint88(seed >> 8), uint40(seed >> 96));
                _ring.push(sample.price, sample.time);
                _plain.push(sample);
            }
            _compare();
        }
    }

    function _compare() private view {
        uint256 count = _plain.length < 31 ? _plain.length : 31;
        (uint256[] memory prices, uint256[] memory times) = _ring.read();
        vm.assertEq(_ring.length(), count, "length");
        vm.assertEq(prices.length, count, "prices");
        vm.assertEq(times.length, count, "times");
        for (uint256 i = 0; i < count; ++i) {
            Sample memory sample = _plain[_plain.length - count + i];
            vm.assertEq(prices[i], sample.price, "price");
            vm.assertEq(times[i], sample.time, "time");
        }
        vm.assertEq(_ring.newest(), count == 0 ? 0 : _plain[_plain.length - 1].time, "newest");
    }

    function _half(Sample memory sample) private pure returns (uint256) {
        return (uint256(sample.price) << 40) | sample.time;
    }
}
