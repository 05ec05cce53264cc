// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Blockhash} from "@openzeppelin/contracts/utils/Blockhash.sol";

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {HISTORY} from "../../kit/History.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: OpenZeppelin 5.7's library takes the first word that comes back, also out of a revert.
contract TrustingSeal {
    function accepts(uint256 seedBlock, bytes32 given) external view returns (bool) {
        return Blockhash.blockHash(seedBlock) == given;
    }
}

// A chain whose history contract is a stub that reverts with a reason: the reason's first word is no hash.
contract ForgedSeedHashTest is LoopKit {
    bytes32 private constant FORGED = bytes32(uint256(0xff));

    uint256 private batch;
    uint256 private seedBlock;

    function setUp() public override {
        super.setUp();
        batch = _open(ALICE, 1);
        seedBlock = collection.seedBlock(batch);
        vm.roll(seedBlock + 257);
        vm.etch(HISTORY, hex"60ff5f5260205ffd"); // mstore(0, 0xff) revert(0, 32)
    }

    function test_TheTwinTakesTheReasonForAHash() external {
        vm.assertTrue(new TrustingSeal().accepts(seedBlock, FORGED), "fooled");
    }

    function test_TheCollectionDoesNot() external {
        vm.expectRevert(
            abi.encodeWithSelector(ILoopCollection.LoopCollectionSeedHashUnavailable.selector, batch, seedBlock)
        );
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), FORGED);
    }
}
