// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: any recent block will do.
contract LenientSeal {
    function accepts(bytes32 given) external view returns (bool) {
        for (uint256 age = 1; age <= 256; ++age) if (blockhash(block.number - age) == given) return true;
        return false;
    }
}

// The operator waits some blocks, computes the works for each of their hashes, and seals with the one he likes best.
contract ChosenBlockTest is LoopKit {
    uint256 private batch;
    uint256 private seedBlock;

    function setUp() public override {
        super.setUp();
        batch = _open(ALICE, 1);
        seedBlock = collection.seedBlock(batch);
        vm.roll(seedBlock + 20);
        for (uint256 i = 0; i < 20; ++i) vm.setBlockhash(seedBlock + i, _hashOf(i));
    }

    function test_TheTwinLetsHimChoose() external {
        LenientSeal twin = new LenientSeal();
        for (uint256 i = 0; i < 20; ++i) vm.assertTrue(twin.accepts(_hashOf(i)), "one of twenty");
    }

    function test_TheCollectionTakesOneBlock() external {
        for (uint256 i = 1; i < 20; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    ILoopCollection.LoopCollectionSeedHashMismatch.selector,
                    batch,
                    _hashOf(i),
                    _hashOf(0)
                )
            );
            vm.prank(OPERATOR);
            collection.seal(batch, _rootOf(batch), _hashOf(i));
        }
    }

    function _hashOf(uint256 i) private pure returns (bytes32) {
        return keccak256(abi.encode("block", i));
    }
}
