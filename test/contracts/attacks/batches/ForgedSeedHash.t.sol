// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Blockhash} from "@openzeppelin/contracts/utils/Blockhash.sol";

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {HISTORY} from "../../kit/History.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: the lookups that a hurried seal would use.
contract TrustingSeal {
    /// @dev OpenZeppelin 5.7's library takes the first word that comes back, also out of a revert.
    function acceptsFromHistory(uint256 seedBlock, bytes32 given) external view returns (bool) {
        return Blockhash.blockHash(seedBlock) == given;
    }

    /// @dev Any recent block will do.
    function acceptsAnyRecent(bytes32 given) external view returns (bool) {
        for (uint256 age = 1; age <= 256; ++age) if (blockhash(block.number - age) == given) return true;
        return false;
    }
}

// The operator wants another seed than the chain gives, so that the batch gets the pictures he likes.
contract ForgedSeedHashTest is LoopKit {
    TrustingSeal private twin;
    uint256 private batch;
    uint256 private seedBlock;

    function setUp() public override {
        super.setUp();
        twin = new TrustingSeal();
        batch = _open(ALICE, 1);
        seedBlock = collection.seedBlock(batch);
    }

    // A chain whose history contract is a stub that reverts with a reason: the reason's first word is no hash.
    function test_ARevertReasonPassesForAHash_InTheTwinOnly() external {
        vm.roll(seedBlock + 257);
        vm.etch(HISTORY, hex"60ff5f5260205ffd"); // mstore(0, 0xff) revert(0, 32)
        bytes32 forged = bytes32(uint256(0xff));

        vm.assertTrue(twin.acceptsFromHistory(seedBlock, forged), "the twin is fooled");
        vm.expectRevert(
            abi.encodeWithSelector(ILoopCollection.LoopCollectionSeedHashUnavailable.selector, batch, seedBlock)
        );
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), forged);
    }

    // The operator waits some blocks, computes the works for each of their hashes, and seals with the one he likes best.
    function test_ChoosingAmongBlocksPasses_InTheTwinOnly() external {
        vm.roll(seedBlock + 20);
        for (uint256 i = 0; i < 20; ++i) vm.setBlockhash(seedBlock + i, keccak256(abi.encode("block", i)));

        for (uint256 i = 1; i < 20; ++i) {
            bytes32 liked = keccak256(abi.encode("block", i));
            vm.assertTrue(twin.acceptsAnyRecent(liked), "the twin lets him choose");
            vm.expectRevert(
                abi.encodeWithSelector(
                    ILoopCollection.LoopCollectionSeedHashMismatch.selector,
                    batch,
                    liked,
                    keccak256(abi.encode("block", 0))
                )
            );
            vm.prank(OPERATOR);
            collection.seal(batch, _rootOf(batch), liked);
        }
    }
}
