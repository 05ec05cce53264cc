// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {HISTORY, HISTORY_CODE, historySlot} from "../../kit/History.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

// seal, the hash of the seed block
// ├── when the block is the seed block or an earlier one
// │   └── it reverts: too early
// ├── when the block is past the window
// │   └── it reverts: too late, even with the right hash
// ├── given a reorganisation gave the seed block another hash
// │   └── it reverts with both hashes
// ├── when the hash is that of a neighbour of the seed block
// │   └── it reverts
// ├── given the seed block is at most 256 blocks old
// │   └── it seals by blockhash, from the first block to the 256th
// └── given the seed block is older
//     ├── given the history contract knows the hash
//     │   ├── it seals up to the last block of the window, 8,191 blocks included
//     │   └── it reverts on another hash
//     └── given the history contract is absent, reverts, reverts with 32 bytes, answers nothing, short, long or zero
//         └── it reverts: not available, whatever hash is given
contract SeedHashTest is LoopKit {
    uint256 private batch;
    uint256 private seedBlock;
    bytes32 private seedHash = keccak256("the hash of the seed block");

    function setUp() public override {
        super.setUp();
        batch = _open(ALICE, 3);
        seedBlock = collection.seedBlock(batch);
    }

    /* EARLY AND LATE */

    function testFuzz_RevertWhen_TooEarly(uint256 blockNumber) external {
        vm.roll(_bound(blockNumber, START, seedBlock));
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionSealTooEarly.selector, batch, seedBlock));
        _sealWith(seedHash);
    }

    function testFuzz_RevertWhen_TooLate(uint256 blockNumber) external {
        vm.roll(_bound(blockNumber, seedBlock + SEAL_WINDOW + 1, seedBlock + 8_191));
        _remember(seedHash);
        vm.expectRevert(
            abi.encodeWithSelector(ILoopCollection.LoopCollectionSealTooLate.selector, batch, seedBlock + SEAL_WINDOW)
        );
        _sealWith(seedHash);
    }

    /* REORGANISATIONS */

    function testFuzz_RevertGiven_Reorganisation(bytes32 other) external {
        vm.assume(other != seedHash);
        vm.roll(seedBlock + 1);
        vm.setBlockhash(seedBlock, seedHash);
        _expectMismatch(other);
        _sealWith(other);
    }

    function test_RevertWhen_HashIsOfANeighbour() external {
        vm.roll(seedBlock + 2);
        vm.setBlockhash(seedBlock - 1, keccak256("before"));
        vm.setBlockhash(seedBlock, seedHash);
        vm.setBlockhash(seedBlock + 1, keccak256("after"));

        _expectMismatch(keccak256("before"));
        _sealWith(keccak256("before"));
        _expectMismatch(keccak256("after"));
        _sealWith(keccak256("after"));
        _sealWith(seedHash);
    }

    /* BY BLOCKHASH */

    function testFuzz_SealsByBlockhash(uint256 age) external {
        age = _bound(age, 1, 256);
        vm.roll(seedBlock + age);
        vm.setBlockhash(seedBlock, seedHash);
        vm.etch(HISTORY, hex"fe"); // proves that nobody asks it

        _sealWith(seedHash);
        vm.assertEq(collection.ownerOf(_id(batch, 0)), ALICE, "sealed");
    }

    /* BY THE HISTORY CONTRACT */

    function testFuzz_SealsByHistory(uint256 age) external {
        vm.roll(seedBlock + _bound(age, 257, SEAL_WINDOW));
        _remember(seedHash);

        _sealWith(seedHash);
        vm.assertEq(collection.ownerOf(_id(batch, 2)), ALICE, "sealed");
    }

    function test_SealsInTheLastBlockThatHistoryRemembers() external {
        ILoopCollection.Settings memory settings = _settings();
        settings.sealWindow = 8_191;
        _redeploy(settings);

        vm.roll(seedBlock + 8_191);
        _remember(seedHash);
        _sealWith(seedHash);
        vm.assertEq(collection.ownerOf(_id(batch, 0)), ALICE, "sealed");
    }

    function testFuzz_RevertGiven_HistoryKnowsAnotherHash(bytes32 other) external {
        vm.assume(other != seedHash);
        vm.roll(seedBlock + 300);
        _remember(seedHash);
        _expectMismatch(other);
        _sealWith(other);
    }

    /* HISTORY CONTRACTS THAT ARE NONE */

    function test_RevertGiven_NoHistoryContract() external {
        _refuseWith("");
    }

    function test_RevertGiven_HistoryReverts() external {
        _refuseWith(hex"5f5ffd"); // revert(0, 0)
    }

    function test_RevertGiven_HistoryRevertsWithThirtyTwoBytes() external {
        _refuseWith(hex"60ff5f5260205ffd"); // mstore(0, 0xff) revert(0, 32)
    }

    function test_RevertGiven_HistoryUsesUpItsGas() external {
        _refuseWith(hex"fe"); // invalid
    }

    function test_RevertGiven_HistoryAnswersNothing() external {
        _refuseWith(hex"00"); // stop
    }

    function test_RevertGiven_HistoryAnswersShort() external {
        _refuseWith(hex"60ff5f52601f6001f3"); // mstore(0, 0xff) return(1, 31)
    }

    function test_RevertGiven_HistoryAnswersLong() external {
        _refuseWith(hex"60ff5f5260215ff3"); // mstore(0, 0xff) return(0, 33)
    }

    function test_RevertGiven_HistoryAnswersZero() external {
        _refuseWith(hex"60205ff3"); // return(0, 32)
    }

    function test_RevertGiven_HistoryForgot() external {
        _refuseWith(HISTORY_CODE); // the real contract, its ring still empty
    }

    /// @dev Neither zero, nor what the stand-in left in memory, nor the right hash passes.
    function _refuseWith(bytes memory code) private {
        vm.roll(seedBlock + 257);
        vm.etch(HISTORY, code);

        bytes32[4] memory tries = [bytes32(0), bytes32(uint256(0xff)), bytes32(uint256(0xff) << 8), seedHash];
        for (uint256 i = 0; i < tries.length; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(ILoopCollection.LoopCollectionSeedHashUnavailable.selector, batch, seedBlock)
            );
            _sealWith(tries[i]);
        }
    }

    /* HELPERS */

    function _sealWith(bytes32 blockHash) private {
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), blockHash);
    }

    function _remember(bytes32 blockHash) private {
        vm.etch(HISTORY, HISTORY_CODE);
        vm.store(HISTORY, historySlot(seedBlock), blockHash);
    }

    function _expectMismatch(bytes32 given) private {
        vm.expectRevert(
            abi.encodeWithSelector(ILoopCollection.LoopCollectionSeedHashMismatch.selector, batch, given, seedHash)
        );
    }

    function _redeploy(ILoopCollection.Settings memory settings) private {
        collection = _deployCollection(settings);
        batch = _open(ALICE, 3);
        seedBlock = collection.seedBlock(batch);
    }
}
