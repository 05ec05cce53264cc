// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IEpochs} from "../../../../contracts/interfaces/IEpochs.sol";
import {EpochKit} from "../../kit/EpochKit.sol";

/// @dev Vulnerable on purpose: believes a new oracle whatever it says of the past.
contract BelievesEveryOracle {
    uint256 public covered;

    function evolve(uint256 coveredByRound) external {
        covered = coveredByRound;
    }
}

// Another oracle is named, with a round of an older day under a higher number: works that had evolved fall back.
contract CoveredFallsTest is EpochKit {
    function test_TheTwinForgetsWorks() external {
        BelievesEveryOracle twin = new BelievesEveryOracle();
        twin.evolve(2);
        twin.evolve(1);

        vm.assertEq(twin.covered(), 1, "the second batch is back at genesis");
    }

    function test_CoveredNeverFalls() external {
        _mint(ALICE, 1);
        oracle = _deployOracle(0, 9);
        _bring();
        _mint(BOB, 1);
        address second = address(oracle);
        oracle = _deployOracle(0, 1);
        _setOracle(address(oracle));
        _bring();
        vm.roll(block.number + 1);
        _publish("both batches", 1);

        _setOracle(second);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochCoversLess.selector, 1, 2));
        _publish("the first only", 9);
    }

    function _bring() private {
        vm.prank(ADAPTER);
        oracle.accept(_observation(NOW));
    }
}
