// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Observation} from "../../../contracts/types/Observation.sol";
import {Kit} from "../kit/Kit.sol";

// isWellFormed
// ├── it is true for any values of the fields that were observed, sentiment up to 10,000
// ├── when the version is not 1, or the mask has one of its two other bits
// │   └── it is false
// ├── when a field that was not observed is not neutral
// │   └── it is false
// ├── when sentiment is above 10,000
// │   └── it is false
// └── when a parameter is not neutral, by any bit
//     └── it is false
// mask, has, change, volatility, trend, floor, time
// └── each reads its own bytes of any word, change and trend with their sign
// absentBits
// └── it has the bits of every field that the mask lacks, and no others
contract ObservationTest is Kit {
    /// @dev An observation as a struct; `market` is change, volatility, trend, sentiment, floor and volume.
    struct Plain {
        uint8 version;
        uint8 mask;
        uint48[6] market;
        uint40 time;
        uint40 parameters;
    }

    uint40 private constant NEUTRAL = uint40(bytes5(abi.encodePacked(uint16(5_000), uint16(10_000), uint8(9))));
    uint256 private constant SENTIMENT = 3;

    function testFuzz_TakesAnyValuesOfWhatWasObserved(uint8 mask, uint48[6] memory market, uint40 time) external pure {
        Plain memory plain = _wellFormed(mask, market, time);

        vm.assertTrue(_pack(plain).isWellFormed(), "well formed");
        vm.assertEq(_pack(plain).time(), time, "time");
    }

    function testFuzz_KnowsOneVersionAndSixFields(uint8 mask, uint48[6] memory market, uint8 flipped) external pure {
        Plain memory plain = _wellFormed(mask, market, 0);
        plain.version = flipped;
        vm.assertTrue(_pack(plain).isWellFormed() == (flipped == 1), "version");

        plain.version = 1;
        plain.mask |= flipped & 0xc0;
        vm.assertTrue(_pack(plain).isWellFormed() == (flipped & 0xc0 == 0), "mask");
    }

    function testFuzz_RefusesAFieldThatWasNotObserved(
        uint8 mask,
        uint48[6] memory market,
        uint256 field,
        uint48 value
    ) external pure {
        field = _bound(field, 0, 5);
        Plain memory plain = _wellFormed(mask & ~uint8(1 << field), market, 0);
        uint48 neutral = plain.market[field];
        plain.market[field] = field < 4 ? uint16(value) : value;

        vm.assertTrue(_pack(plain).isWellFormed() == (plain.market[field] == neutral), "absent");
    }

    function testFuzz_BoundsSentiment(uint16 sentiment) external pure {
        uint48[6] memory market;
        Plain memory plain = _wellFormed(0x3f, market, 0);
        plain.market[SENTIMENT] = sentiment;
        vm.assertTrue(_pack(plain).isWellFormed() == (sentiment <= 10_000), "sentiment");

        plain.market[SENTIMENT] = 10_000;
        vm.assertTrue(_pack(plain).isWellFormed(), "the greatest");
        plain.market[SENTIMENT] = 10_001;
        vm.assertTrue(!_pack(plain).isWellFormed(), "one more");
    }

    function testFuzz_RefusesOtherParameters(uint8 mask, uint48[6] memory market, uint8 bit) external pure {
        Plain memory plain = _wellFormed(mask, market, type(uint40).max);
        plain.parameters ^= uint40(1) << (bit % 40);

        vm.assertTrue(!_pack(plain).isWellFormed(), "parameters");
    }

    function testFuzz_ReadsEachFieldOfAnyWord(Plain memory plain) external pure {
        Observation observation = _pack(plain);

        vm.assertEq(observation.mask(), plain.mask, "mask");
        vm.assertTrue(observation.change() == int16(uint16(plain.market[0])), "change");
        vm.assertEq(observation.volatility(), uint16(plain.market[1]), "volatility");
        vm.assertTrue(observation.trend() == int16(uint16(plain.market[2])), "trend");
        vm.assertEq(observation.floor(), plain.market[4], "floor");
        vm.assertEq(observation.time(), plain.time, "time");
        for (uint256 field = 0; field < 8; ++field)
            vm.assertTrue(observation.has(field) == ((plain.mask >> field) & 1 == 1), "has");
    }

    function testFuzz_KnowsTheBitsOfWhatIsAbsent(uint8 mask) external pure {
        Plain memory plain;
        for (uint256 field = 0; field < 6; ++field)
            if ((mask >> field) & 1 == 0) plain.market[field] = type(uint48).max;
        bytes32 expected = Observation.unwrap(_pack(plain));
        plain.mask = mask & 0x3f;

        vm.assertEq(bytes32(_pack(plain).absentBits()), expected, "bits");
    }

    /// @dev Folds fuzz inputs into an observation that is well formed.
    function _wellFormed(uint8 mask, uint48[6] memory market, uint40 time) private pure returns (Plain memory plain) {
        plain = Plain(1, mask & 0x3f, market, time, NEUTRAL);
        for (uint256 field = 0; field < 6; ++field) {
            if ((plain.mask >> field) & 1 == 0) plain.market[field] = field == SENTIMENT ? 5_000 : 0;
            else if (field == SENTIMENT) plain.market[field] %= 10_001;
        }
    }

    function _pack(Plain memory plain) private pure returns (Observation) {
        bytes memory small = abi.encodePacked(
            uint16(plain.market[0]),
            uint16(plain.market[1]),
            uint16(plain.market[2]),
            uint16(plain.market[3])
        );
        bytes memory market = abi.encodePacked(small, plain.market[4], plain.market[5]);
        return
            Observation.wrap(
                bytes32(abi.encodePacked(plain.version, plain.mask, market, plain.time, plain.parameters))
            );
    }
}
