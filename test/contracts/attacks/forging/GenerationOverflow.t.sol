// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";

/// @dev Vulnerable on purpose: four bits for a generation, and nobody counts to sixteen.
contract NarrowForge {
    /// @dev Bits 0 to 3 the generation, bits 4 to 7 the parents that a seal burns.
    function pack(uint256 generation, uint256 parents) external pure returns (uint256) {
        return generation | (parents << 4);
    }
}

// The child of two works of the last generation: its generation runs over into the number of its parents.
contract GenerationOverflowTest is ForgeKit {
    function test_TheTwinForgetsAParent() external {
        uint256 packed = new NarrowForge().pack(16, 2);

        vm.assertEq(packed >> 4, 3, "three parents to burn, of which it has two: it never comes");
    }

    function test_TheCollectionStopsAtTheLast() external {
        uint256 batch = _mint(ALICE, 2);
        _setGeneration(batch, 15);

        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionGenerationTooHigh.selector, 15));
        _forge(ALICE, _first(batch, 2));
    }
}
