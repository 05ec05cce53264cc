// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {RoundHead} from "../../../contracts/types/RoundHead.sol";
import {Kit} from "../kit/Kit.sol";

// latest, observed, accepted, heardAt, flooredAt, floor
// └── each reads its own field of any word
// withRound, withHeard, withFloor
// └── each writes its own fields, cuts the time of the block at 40 bits, and leaves all others
contract RoundHeadTest is Kit {
    struct Plain {
        uint48 floor;
        uint40 flooredAt;
        uint40 heardAt;
        uint40 accepted;
        uint40 observed;
        uint32 latest;
    }

    function testFuzz_ReadsEachField(Plain memory plain, uint16 rest) external pure {
        RoundHead head = RoundHead.wrap(RoundHead.unwrap(_pack(plain)) | (uint256(rest) << 240));

        vm.assertEq(head.latest(), plain.latest, "latest");
        vm.assertEq(head.observed(), plain.observed, "observed");
        vm.assertEq(head.accepted(), plain.accepted, "accepted");
        vm.assertEq(head.heardAt(), plain.heardAt, "heard at");
        vm.assertEq(head.flooredAt(), plain.flooredAt, "floored at");
        vm.assertEq(head.floor(), plain.floor, "floor");
    }

    function testFuzz_WritesARound(Plain memory plain, uint32 number, uint40 made, uint256 time) external pure {
        RoundHead head = _pack(plain).withRound(number, made, time);

        (plain.latest, plain.observed, plain.accepted) = (number, made, uint40(time));
        _assertIs(head, plain);
    }

    function testFuzz_WritesWhenItWasHeard(Plain memory plain, uint256 time) external pure {
        RoundHead head = _pack(plain).withHeard(time);

        plain.heardAt = uint40(time);
        _assertIs(head, plain);
    }

    function testFuzz_WritesAFloor(Plain memory plain, uint48 floor, uint256 time) external pure {
        RoundHead head = _pack(plain).withFloor(floor, time);

        (plain.floor, plain.flooredAt) = (floor, uint40(time));
        _assertIs(head, plain);
    }

    function _pack(Plain memory plain) private pure returns (RoundHead) {
        bytes memory times = abi.encodePacked(plain.flooredAt, plain.heardAt, plain.accepted, plain.observed);
        return RoundHead.wrap(uint256(bytes32(abi.encodePacked(uint16(0), plain.floor, times, plain.latest))));
    }

    function _assertIs(RoundHead head, Plain memory plain) private pure {
        vm.assertEq(RoundHead.unwrap(head), RoundHead.unwrap(_pack(plain)), "the whole word");
    }
}
