// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {BatchHead, BatchHeadLib} from "../../../contracts/types/BatchHead.sol";
import {BatchStatus} from "../../../contracts/types/BatchStatus.sol";
import {Kit} from "../kit/Kit.sol";

// opened, sealedAs, abandoned
// ├── it gives every field back and touches no other
// ├── it puts the ordinal into the bits of the block when sealing, and keeps the block when abandoning
// └── it never writes the reserved flags
// holderAt
// └── it is the recipient below the count of a sealed batch, and nobody else
contract BatchHeadTest is Kit {
    function testFuzz_Opens(address to, uint24 count, uint16 recipe, uint40 openBlock) external pure {
        _check(BatchHeadLib.opened(to, count, recipe, openBlock), to, count, recipe, openBlock, BatchStatus.Open);
    }

    function testFuzz_Seals(address to, uint24 count, uint16 recipe, uint40 openBlock, uint40 ordinal) external pure {
        BatchHead head = BatchHeadLib.opened(to, count, recipe, openBlock).sealedAs(ordinal);
        _check(head, to, count, recipe, ordinal, BatchStatus.Sealed);
    }

    function testFuzz_Abandons(address to, uint24 count, uint16 recipe, uint40 openBlock) external pure {
        BatchHead head = BatchHeadLib.opened(to, count, recipe, openBlock).abandoned();
        _check(head, to, count, recipe, openBlock, BatchStatus.Abandoned);
    }

    function testFuzz_HoldsBelowTheCountOnceSealed(address to, uint24 count, uint256 index) external pure {
        BatchHead open = BatchHeadLib.opened(to, count, 1, 2);

        vm.assertEq(open.sealedAs(3).holderAt(index), index < count ? to : address(0), "sealed");
        vm.assertEq(open.holderAt(index), address(0), "open");
        vm.assertEq(open.abandoned().holderAt(index), address(0), "abandoned");
        vm.assertEq(BatchHead.wrap(0).holderAt(index), address(0), "none");
    }

    function _check(
        BatchHead head,
        address to,
        uint256 count,
        uint256 recipe,
        uint256 blockOrOrdinal,
        BatchStatus status
    ) private pure {
        vm.assertEq(head.recipient(), to, "recipient");
        vm.assertEq(head.count(), count, "count");
        vm.assertEq(head.recipe(), recipe, "recipe");
        vm.assertEq(head.blockOrOrdinal(), blockOrOrdinal, "block or ordinal");
        vm.assertTrue(head.status() == status, "status");
        vm.assertEq(BatchHead.unwrap(head) >> 248, 0, "flags");
    }
}
