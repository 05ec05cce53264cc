// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {BatchStatus} from "../../../contracts/types/BatchStatus.sol";
import {LoopKit} from "../kit/LoopKit.sol";
import {LoopHandler} from "./LoopHandler.sol";

/// @title The invariants that README.md here numbers
contract LoopInvariants is LoopKit {
    LoopHandler private handler;

    function setUp() public override {
        super.setUp();
        // By its artifact: the runner knows the contracts to call by their code.
        handler = LoopHandler(_deploy("LoopHandler", abi.encode(collection, OPERATOR, RECIPE)));
    }

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(handler);
    }

    /// @dev 1: balances add up to the minted tokens that were not burned.
    function invariant_BalancesAddUp() external view {
        uint256 sum = 0;
        for (uint256 i = 0; i < 4; ++i) sum += collection.balanceOf(handler.actors(i));

        vm.assertEq(sum, handler.mintedCount() - handler.burnedCount(), "Invariant violation: 1");
    }

    /// @dev 2: each balance is the number of tokens whose owner that account is.
    function invariant_BalancesCountOwners() external view {
        uint256[4] memory owned;
        for (uint256 s = 0; s < handler.sealedCount(); ++s) {
            uint256 batch = handler.sealedOrder(s);
            for (uint256 i = 0; i < handler.countOf(batch); ++i) {
                address owner = _ownerOrZero(_id(batch, i));
                for (uint256 a = 0; a < 4; ++a) if (owner == handler.actors(a)) owned[a] += 1;
            }
        }

        for (uint256 a = 0; a < 4; ++a) {
            vm.assertEq(collection.balanceOf(handler.actors(a)), owned[a], "Invariant violation: 2");
        }
    }

    /// @dev 3: the counts are the plain counts, and never pass the cap.
    function invariant_CountsAreTrue() external view {
        ILoopCollection.Counts memory counts = collection.totals();
        uint256 reserved = 0;
        for (uint256 batch = 1; batch <= counts.batches; ++batch) {
            if (handler.statusOf(batch) == BatchStatus.Open) reserved += handler.countOf(batch);
        }

        vm.assertEq(counts.seals, handler.sealedCount(), "Invariant violation: 3, seals");
        vm.assertEq(counts.abandoned, handler.abandonedCount(), "Invariant violation: 3, abandoned");
        vm.assertEq(counts.minted, handler.mintedCount(), "Invariant violation: 3, minted");
        vm.assertEq(counts.reserved, reserved, "Invariant violation: 3, reserved");
        vm.assertTrue(counts.minted + counts.reserved <= MAX_SUPPLY, "Invariant violation: 3, cap");
    }

    /// @dev 4: a batch is what its last action made it; a sealed one keeps root, count and ordinal for ever.
    function invariant_BatchesNeverGoBack() external view {
        for (uint256 batch = 1; batch <= collection.totals().batches; ++batch) {
            ILoopCollection.Batch memory info = collection.batchOf(batch);
            bool isSealed = handler.statusOf(batch) == BatchStatus.Sealed;

            vm.assertTrue(info.status == handler.statusOf(batch), "Invariant violation: 4, status");
            vm.assertEq(info.count, handler.countOf(batch), "Invariant violation: 4, count");
            vm.assertEq(info.root, isSealed ? handler.rootOf(batch) : bytes32(0), "Invariant violation: 4, root");
        }
        for (uint256 i = 0; i < handler.sealedCount(); ++i) {
            vm.assertEq(
                collection.batchOf(handler.sealedOrder(i)).sealOrdinal,
                i + 1,
                "Invariant violation: 4, ordinal"
            );
        }
    }

    /// @dev 5: a burned token never has an owner again.
    function invariant_BurnedStaysBurned() external view {
        for (uint256 i = 0; i < handler.burnedCount(); ++i) {
            vm.assertEq(_ownerOrZero(handler.burned(i)), address(0), "Invariant violation: 5");
        }
    }

    /// @dev 6: no token exists outside a sealed batch.
    function invariant_NoTokenWithoutASeal() external view {
        for (uint256 batch = 1; batch <= collection.totals().batches; ++batch) {
            uint256 past = handler.statusOf(batch) == BatchStatus.Sealed ? handler.countOf(batch) : 0;
            vm.assertEq(_ownerOrZero(_id(batch, past)), address(0), "Invariant violation: 6");
        }
    }

    function _ownerOrZero(uint256 tokenId) private view returns (address) {
        (bool exists, bytes memory answer) = address(collection).staticcall(
            abi.encodeCall(collection.ownerOf, (tokenId))
        );
        return exists ? abi.decode(answer, (address)) : address(0);
    }
}
