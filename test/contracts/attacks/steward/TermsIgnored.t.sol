// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ITermsInForce} from "../../../../contracts/interfaces/ITermsInForce.sol";
import {StewardKit} from "./StewardKit.sol";

/// @dev Vulnerable on purpose: keeps the parameters that were voted for where nobody must read them.
contract PaperTerms {
    uint256 public guardThreshold = 7_000;
    bytes32 public opened;

    function open(bytes32 conditions) external {
        opened = conditions;
    }
}

// The DAO raises the guard threshold; the operator opens batches with his own.
contract TermsIgnoredTest is StewardKit {
    function test_TheTwinOpensWithAnything() external {
        PaperTerms twin = new PaperTerms();
        twin.open(CONDITIONS);

        vm.assertTrue(uint16(uint256(twin.opened()) >> 24) != twin.guardThreshold(), "another threshold");
    }

    function test_TheCollectionDoesNot() external {
        _govern(GUARD, 7_000);
        vm.expectRevert(abi.encodeWithSelector(ITermsInForce.TermsNotInForce.selector, CONDITIONS, _conditions()));
        _open(ALICE, 1);

        bytes32 conditions = _conditions();
        vm.prank(OPERATOR);
        vm.assertEq(collection.open(ALICE, RECIPE, 1, conditions), 1, "with those in force");
    }

    function test_NorDoesAPublisherHurry() external {
        _publishNow();
        uint256 earliest = block.timestamp + 1 days;
        vm.roll(block.number + 1);
        vm.warp(earliest - 1);
        uint256 round = _observe();
        vm.roll(block.number + 1);
        vm.expectRevert(abi.encodeWithSelector(ITermsInForce.EpochBeforeCadence.selector, earliest));
        _publish(_rootOfEpoch(round), round);
    }

    function _publishNow() private {
        vm.roll(block.number + 1);
        _publish(_rootOfEpoch(1), oracle.latestRound());
    }
}
