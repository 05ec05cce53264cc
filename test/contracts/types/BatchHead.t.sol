// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {BatchHead, BatchHeadLib} from "../../../contracts/types/BatchHead.sol";
import {BatchStatus} from "../../../contracts/types/BatchStatus.sol";
import {Kit} from "../kit/Kit.sol";

// opened, forged, sealedAs, abandoned
// ├── each gives the word that a plain struct packs into, to the bit
// ├── a block or an ordinal is cut to its 40 bits and reaches no neighbour
// └── sealing puts the ordinal into the bits of the block; abandoning keeps the block
// the fields
// └── each reads its own of any word
// holderAt
// └── it is the recipient below the count of a sealed batch, and nobody else
contract BatchHeadTest is Kit {
    /// @dev The head as a struct, whose fields no arithmetic can mix up; `kin` is generation and parents.
    struct Plain {
        address to;
        uint40 blockOrOrdinal;
        uint24 count;
        uint16 recipe;
        uint8 status;
        uint8 kin;
    }

    function testFuzz_Opens(address to, uint24 count, uint16 recipe, uint256 openBlock) external pure {
        BatchHead head = BatchHeadLib.opened(to, count, recipe, openBlock);
        _check(head, Plain(to, uint40(openBlock), count, recipe, 1, 0));
    }

    function testFuzz_Forges(Plain memory plain, uint256 generation, uint256 parents) external pure {
        generation = _bound(generation, 0, 15);
        parents = _bound(parents, 0, 15);
        plain.kin = 0;
        BatchHead head = _pack(plain).forged(generation, parents);

        plain.kin = uint8(parents * 16 + generation);
        _check(head, plain);
    }

    function testFuzz_Seals(Plain memory plain, uint256 ordinal) external pure {
        BatchHead head = _pack(plain).sealedAs(ordinal);

        plain.blockOrOrdinal = uint40(ordinal);
        plain.status = 2;
        _check(head, plain);
    }

    function testFuzz_Abandons(Plain memory plain) external pure {
        BatchHead head = _pack(plain).abandoned();

        plain.status = 3;
        _check(head, plain);
    }

    function testFuzz_ReadsEachField(Plain memory plain) external pure {
        plain.status = uint8(_bound(plain.status, 0, 3));
        BatchHead head = _pack(plain);

        vm.assertEq(head.recipient(), plain.to, "recipient");
        vm.assertEq(head.blockOrOrdinal(), plain.blockOrOrdinal, "block or ordinal");
        vm.assertEq(head.count(), plain.count, "count");
        vm.assertEq(head.recipe(), plain.recipe, "recipe");
        vm.assertTrue(head.status() == BatchStatus(plain.status), "status");
        vm.assertEq(head.generation(), plain.kin % 16, "generation");
        vm.assertEq(head.parents(), plain.kin / 16, "parents");
    }

    function testFuzz_HoldsBelowTheCountOnceSealed(Plain memory plain, uint256 index) external pure {
        plain.status = uint8(_bound(plain.status, 0, 3));
        if (index % 2 == 0) index = _bound(index, 0, 2 * uint256(plain.count)); // close to the end as well as far from it
        address expected = plain.status == 2 && index < plain.count ? plain.to : address(0);

        vm.assertEq(_pack(plain).holderAt(index), expected, "holder");
    }

    function testFuzz_HoldsToTheLastAndNotBeyond(Plain memory plain) external pure {
        plain.status = 2;
        vm.assume(plain.count != 0);

        vm.assertEq(_pack(plain).holderAt(plain.count - 1), plain.to, "the last");
        vm.assertEq(_pack(plain).holderAt(plain.count), address(0), "the next");
    }

    function _pack(Plain memory plain) private pure returns (BatchHead) {
        bytes memory packed = abi.encodePacked(
            plain.kin,
            plain.status,
            plain.recipe,
            plain.count,
            plain.blockOrOrdinal,
            plain.to
        );
        return BatchHead.wrap(uint256(bytes32(packed)));
    }

    function _check(BatchHead head, Plain memory plain) private pure {
        vm.assertEq(BatchHead.unwrap(head), BatchHead.unwrap(_pack(plain)), "the whole word");
    }
}
