// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IParameterController} from "../../../../contracts/interfaces/IParameterController.sol";
import {StewardKit} from "./StewardKit.sol";

/// @dev Vulnerable on purpose: new bounds hold for moves to come, and the value stays where it was.
contract LatentBounds {
    uint256 public value = 500;
    uint256 public high = 1_000;

    function setHigh(uint256 newHigh) external {
        high = newHigh;
    }

    function move(uint256 to) external {
        require(to <= high && (to > value ? to - value : value - to) <= 50, "refused");
        value = to;
    }
}

// The DAO lowers the highest royalty; the steward, or nobody, goes on at the old one.
contract BoundsNarrowedTest is StewardKit {
    function test_TheTwinStaysAboveItsBound() external {
        LatentBounds twin = new LatentBounds();
        twin.setHigh(300);
        vm.assertEq(twin.value(), 500, "above");

        vm.expectRevert(abi.encodeWithSignature("Error(string)", "refused"));
        twin.move(450); // no step leads back
    }

    function test_TheControllerMovesAtOnce() external {
        IParameterController.Limits memory limits = _limitsOf(ROYALTY);
        limits.high = 300;
        _setLimits(ROYALTY, limits);

        (, uint256 amount) = collection.royaltyInfo(0, 10_000);
        vm.assertEq(controller.valueOf(ROYALTY), 300, "the bound");
        vm.assertEq(amount, 300, "at the next sale");
        _move(ROYALTY, 250);
    }

    function test_TheControllerMovesUpAsWell() external {
        IParameterController.Limits memory limits = _limitsOf(GUARD);
        limits.low = 6_000;
        _setLimits(GUARD, limits);

        vm.assertEq(collection.termsInForce().guardThreshold, 6_000, "the bound");
        _move(GUARD, 6_250);
    }
}
