// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: a hash that was read once is kept, and no deadline.
contract PatientSeal {
    mapping(uint256 batch => bytes32) public seedOf;
    mapping(uint256 batch => bool) public isSealed;

    function note(uint256 batch) external {
        seedOf[batch] = blockhash(block.number - 1);
    }

    function seal(uint256 batch) external {
        require(seedOf[batch] != bytes32(0), "no seed");
        isSealed[batch] = true;
    }
}

// The operator opens a hundred batches, sees all their works, and seals through the years those that the market likes.
contract LateSealTest is LoopKit {
    function test_TheTwinWaitsForEver() external {
        PatientSeal twin = new PatientSeal();
        vm.setBlockhash(START - 1, "seed");
        twin.note(1);
        vm.roll(START + 10_000_000);
        twin.seal(1);

        vm.assertTrue(twin.isSealed(1), "years later");
    }

    function test_TheCollectionHasADeadline() external {
        uint256 batch = _open(ALICE, 1);
        bytes32 blockHash = _seed(batch);
        uint256 last = collection.sealDeadline(batch);
        vm.roll(last + 1);

        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionSealTooLate.selector, batch, last));
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), blockHash);
    }
}
