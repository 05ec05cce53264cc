// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {StewardKit} from "./StewardKit.sol";

/// @dev Vulnerable on purpose: bounds and a largest step, but neither a delay nor a budget.
contract SteppingBox {
    uint256 public value = 500;

    function move(uint256 to) external {
        require(to <= 1_000, "bounds");
        require((to > value ? to - value : value - to) <= 50, "step");
        value = to;
    }
}

// A thief pushes the royalty up, as far and as often as he may.
contract StolenKeyGreedyTest is StewardKit {
    function test_TheTwinIsAtItsBoundInOneBlock() external {
        SteppingBox twin = new SteppingBox();
        while (twin.value() < 1_000) twin.move(twin.value() + 50);

        vm.assertEq(twin.value(), 1_000, "the bound, at once");
    }

    function test_TheControllerGivesItsClosedFormAndNoMore() external {
        for (uint256 passed = 0; passed <= 24 hours; passed += 1 hours) {
            vm.warp(NOW + passed + 1);
            uint256 round = _observe();
            for (uint256 i = 0; i < 20; ++i) _try(uint256(ROYALTY), controller.valueOf(ROYALTY) + 50, round);
        }
        vm.assertEq(controller.valueOf(ROYALTY), 600, "two steps in a day");

        for (uint256 day = 2; day <= 10; ++day) {
            vm.warp(NOW + day * 1 days + 1);
            uint256 round = _observe();
            for (uint256 length = 50; length > 0; --length)
                _try(uint256(ROYALTY), controller.valueOf(ROYALTY) + length, round);
        }
        vm.assertEq(controller.valueOf(ROYALTY), 500 + 150 + (150 * 10) / 30, "budget + budget * T / window");
    }
}
