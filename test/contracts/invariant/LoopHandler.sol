// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ICollection} from "../kit/ICollection.sol";
import {BatchStatus} from "../../../contracts/types/BatchStatus.sol";
import {Kit} from "../kit/Kit.sol";

/// @title Every action that anyone can take, bounded to what must succeed
/// @dev An action either picks valid input or returns; none reverts, so a revert is a finding. What happened is written
/// down beside it, and the invariants compare the collection with these notes.
contract LoopHandler is Kit {
    ICollection private immutable COLLECTION;
    address private immutable OPERATOR;
    bytes32 private immutable RECIPE;

    address[4] public actors = [_account("alice"), _account("bob"), _account("carol"), _account("dave")];
    uint256[] public burned;
    uint256[] public sealedOrder;
    uint256 public abandonedCount;
    uint256 public mintedCount;
    mapping(uint256 batch => uint256) public countOf;
    mapping(uint256 batch => BatchStatus) public statusOf;

    constructor(ICollection collection, address operator, bytes32 recipe) {
        COLLECTION = collection;
        OPERATOR = operator;
        RECIPE = recipe;
    }

    /* BATCHES */

    function open(uint256 actor, uint256 count) external {
        count = _bound(count, 1, 12);
        uint256 left = COLLECTION.MAX_SUPPLY() - COLLECTION.totals().minted - COLLECTION.totals().reserved;
        if (left < count) return;

        vm.prank(OPERATOR);
        uint256 batch = COLLECTION.open(actors[actor % 4], RECIPE, count, bytes32(count));
        countOf[batch] = count;
        statusOf[batch] = BatchStatus.Open;
    }

    function seal(uint256 pick) external {
        uint256 batch = _openBatch(pick);
        if (batch == 0 || block.number > COLLECTION.sealDeadline(batch)) return;
        uint256 seedBlock = COLLECTION.seedBlock(batch);
        if (block.number <= seedBlock) vm.roll(seedBlock + 1);
        if (block.number > seedBlock + 256) return;

        bytes32 blockHash = keccak256(abi.encode(seedBlock));
        vm.setBlockhash(seedBlock, blockHash);
        vm.prank(OPERATOR);
        COLLECTION.seal(batch, rootOf(batch), blockHash);
        statusOf[batch] = BatchStatus.Sealed;
        sealedOrder.push(batch);
        mintedCount += countOf[batch];
    }

    function abandon(uint256 pick) external {
        uint256 batch = _openBatch(pick);
        if (batch == 0) return;
        uint256 last = COLLECTION.sealDeadline(batch);
        if (block.number <= last) vm.roll(last + 1);

        vm.prank(actors[pick % 4]);
        COLLECTION.abandon(batch);
        statusOf[batch] = BatchStatus.Abandoned;
        abandonedCount += 1;
    }

    /* TOKENS */

    function transfer(uint256 pick, uint256 actor) external {
        (uint256 tokenId, address owner) = _token(pick);
        if (owner == address(0)) return;

        vm.prank(owner);
        COLLECTION.transferFrom(owner, actors[actor % 4], tokenId);
    }

    function transferByApproved(uint256 pick, uint256 actor, uint256 spender) external {
        (uint256 tokenId, address owner) = _token(pick);
        if (owner == address(0)) return;

        vm.prank(owner);
        COLLECTION.approve(actors[spender % 4], tokenId);
        vm.prank(actors[spender % 4]);
        COLLECTION.transferFrom(owner, actors[actor % 4], tokenId);
    }

    function burn(uint256 pick) external {
        (uint256 tokenId, address owner) = _token(pick);
        if (owner == address(0)) return;

        vm.prank(owner);
        COLLECTION.burn(tokenId);
        burned.push(tokenId);
    }

    function wait(uint256 blocks) external {
        vm.roll(block.number + _bound(blocks, 1, 500));
    }

    /* NOTES */

    function burnedCount() external view returns (uint256) {
        return burned.length;
    }

    function sealedCount() external view returns (uint256) {
        return sealedOrder.length;
    }

    function rootOf(uint256 batch) public pure returns (bytes32) {
        return keccak256(abi.encode("root", batch));
    }

    function _openBatch(uint256 pick) private view returns (uint256) {
        uint256 batches = COLLECTION.totals().batches;
        for (uint256 i = 0; i < batches; ++i) {
            uint256 batch = 1 + (((pick % batches) + i) % batches);
            if (statusOf[batch] == BatchStatus.Open) return batch;
        }
        return 0;
    }

    /// @dev A token that lives, and its owner; zero if the one picked is burned or none was minted.
    function _token(uint256 pick) private view returns (uint256 tokenId, address owner) {
        if (sealedOrder.length == 0) return (0, address(0));
        uint256 batch = sealedOrder[pick % sealedOrder.length];
        tokenId = batch * 1_000_000 + ((pick >> 128) % countOf[batch]);

        for (uint256 i = 0; i < burned.length; ++i) {
            if (burned[i] == tokenId) return (0, address(0));
        }
        owner = COLLECTION.ownerOf(tokenId);
    }
}
