// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {BatchStatus} from "./BatchStatus.sol";

// One word per batch. Opening writes it and sealing writes it again, so a batch costs one fresh slot for all of this.
//
//   bit 255   252 251      248 247  240 239    224 223     200 199       160 159                  0
//       +---------+------------+--------+----------+-----------+-------------+---------------------+
//       | parents | generation | status |  recipe  |   count   |    block    |      recipient      |
//       +---------+------------+--------+----------+-----------+-------------+---------------------+
//         4         4            8        16         24          40            160
//
// recipient  owner of every token of the batch that was never moved
// block      while open or abandoned: the block of the opening; once sealed: the seal ordinal, counted from 1 over the
//            whole collection, which says which epochs cover the batch (the opening's block stays in its event)
// count      tokens in the batch, at most 5,000
// recipe     number given by the recipe registry, from 1
// status     a {BatchStatus}
// generation zero for what the operator opened; a forged child has one more than the lowest of its parents
// parents    works that are locked for the child, and burned when it is sealed; zero for what the operator opened
type BatchHead is uint256;

using BatchHeadLib for BatchHead global;

/// @title Reading and writing the head word of a batch
library BatchHeadLib {
    uint256 private constant BLOCK_AT = 160;
    uint256 private constant COUNT_AT = 200;
    uint256 private constant RECIPE_AT = 224;
    uint256 private constant STATUS_AT = 240;
    uint256 private constant GENERATION_AT = 248;
    uint256 private constant PARENTS_AT = 252;

    /// @dev The caller has bounded `count_` to 24 and `recipe_` to 16 bits; the block is bounded here.
    function opened(address to, uint256 count_, uint256 recipe_, uint256 openBlock) internal pure returns (BatchHead) {
        return
            BatchHead.wrap(
                uint160(to) |
                    (uint256(uint40(openBlock)) << BLOCK_AT) |
                    (count_ << COUNT_AT) |
                    (recipe_ << RECIPE_AT) |
                    (uint256(BatchStatus.Open) << STATUS_AT)
            );
    }

    /// @dev The head of a child. The caller has bounded both numbers to 4 bits.
    function forged(BatchHead head, uint256 generation_, uint256 parents_) internal pure returns (BatchHead) {
        return
            BatchHead.wrap(BatchHead.unwrap(head) | (generation_ << GENERATION_AT) | (parents_ << PARENTS_AT));
    }

    /// @dev The block gives its bits to the seal ordinal.
    function sealedAs(BatchHead head, uint256 ordinal) internal pure returns (BatchHead) {
        uint256 kept = BatchHead.unwrap(head) & ~((uint256(type(uint40).max) << BLOCK_AT) | (uint256(0xff) << STATUS_AT));
        return
            BatchHead.wrap(
                kept | (uint256(uint40(ordinal)) << BLOCK_AT) | (uint256(BatchStatus.Sealed) << STATUS_AT)
            );
    }

    /// @dev The block stays: an abandoned batch can still be rebuilt.
    function abandoned(BatchHead head) internal pure returns (BatchHead) {
        uint256 kept = BatchHead.unwrap(head) & ~(uint256(0xff) << STATUS_AT);
        return BatchHead.wrap(kept | (uint256(BatchStatus.Abandoned) << STATUS_AT));
    }

    function recipient(BatchHead head) internal pure returns (address) {
        return address(uint160(BatchHead.unwrap(head)));
    }

    function blockOrOrdinal(BatchHead head) internal pure returns (uint256) {
        return uint40(BatchHead.unwrap(head) >> BLOCK_AT);
    }

    function count(BatchHead head) internal pure returns (uint256) {
        return uint24(BatchHead.unwrap(head) >> COUNT_AT);
    }

    function recipe(BatchHead head) internal pure returns (uint256) {
        return uint16(BatchHead.unwrap(head) >> RECIPE_AT);
    }

    function status(BatchHead head) internal pure returns (BatchStatus) {
        return BatchStatus(uint8(BatchHead.unwrap(head) >> STATUS_AT));
    }

    function generation(BatchHead head) internal pure returns (uint256) {
        return (BatchHead.unwrap(head) >> GENERATION_AT) & 0xf;
    }

    function parents(BatchHead head) internal pure returns (uint256) {
        return BatchHead.unwrap(head) >> PARENTS_AT;
    }

    /// @dev The recipient if the token at `index` was minted with the batch, else zero.
    function holderAt(BatchHead head, uint256 index) internal pure returns (address) {
        return head.status() == BatchStatus.Sealed && index < head.count() ? head.recipient() : address(0);
    }
}
