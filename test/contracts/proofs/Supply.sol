// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Totals} from "../../../contracts/types/Totals.sol";

/// @dev The life of a supply over any number of transactions, in plain counts; the checks are those of BatchLifecycle. Each
/// hook is called after its operation with the word before it, where a proof asks for words, so that it can hold the core's
/// answer to the counts.
abstract contract Supply {
    uint256 internal immutable CAP;
    uint256 internal openings = 1;
    uint256 internal seals;
    uint256 internal abandoned;
    uint256 internal committed;
    uint256 internal reserved;

    constructor(uint256 cap) {
        require(cap < 2 ** 40);
        CAP = cap;
    }

    function open(uint256 count) external {
        require(openings < 2 ** 32 - 1);
        require(count <= CAP - committed);
        uint256 before = _word();
        openings += 1;
        committed += count;
        reserved += count;
        _opened(before, count);
    }

    function close(uint256 count) external {
        require(seals < 2 ** 32 - 1);
        require(count <= reserved);
        uint256 before = _word();
        seals += 1;
        reserved -= count;
        _sealed(before, count);
    }

    function abandon(uint256 count) external {
        require(abandoned < 2 ** 32 - 1);
        require(count <= reserved);
        uint256 before = _word();
        abandoned += 1;
        reserved -= count;
        committed -= count;
        _abandoned(before, count);
    }

    function _word() internal view virtual returns (uint256) {
        return 0;
    }

    function _opened(uint256, uint256) internal view virtual {}

    function _sealed(uint256, uint256) internal view virtual {}

    function _abandoned(uint256, uint256) internal view virtual {}
}

/// @dev The counts packed as the core packs them.
abstract contract PackedSupply is Supply {
    function _word() internal view override returns (uint256) {
        return openings + seals * 2 ** 32 + abandoned * 2 ** 64 + committed * 2 ** 96 + reserved * 2 ** 136;
    }
}

/// @title Opening takes the next batch and promises its tokens, and changes nothing else
contract OpeningPromises is PackedSupply {
    constructor(uint256 cap) Supply(cap) {}

    function _opened(uint256 before, uint256 count) internal view override {
        assert(Totals.unwrap(Totals.wrap(before).afterOpening(count)) == _word());
    }
}

/// @title Sealing keeps what is committed and takes exactly the promise back
contract SealingKeepsCommitted is PackedSupply {
    constructor(uint256 cap) Supply(cap) {}

    function _sealed(uint256 before, uint256 count) internal view override {
        assert(Totals.unwrap(Totals.wrap(before).afterSealing(count)) == _word());
    }
}

/// @title Abandoning gives exactly back, to the supply and of the promises
contract AbandoningGivesBack is PackedSupply {
    constructor(uint256 cap) Supply(cap) {}

    function _abandoned(uint256 before, uint256 count) internal view override {
        assert(Totals.unwrap(Totals.wrap(before).afterAbandoning(count)) == _word());
    }
}

/// @title Promised is never more than committed, and committed never more than the cap
contract CommittedStaysWithinCap is Supply {
    constructor(uint256 cap) Supply(cap) {}

    function look() external view {
        assert(reserved <= committed);
        assert(committed <= CAP);
    }
}

/// @title No batch has the number of another
contract NextBatchRises {
    function open(uint32 batch, uint256 above, uint256 count) external pure {
        require(batch < 2 ** 32 - 1 && above < 2 ** 64 && count < 2 ** 40);
        assert(Totals.wrap(batch + above * 2 ** 32).afterOpening(count).nextBatch() == uint256(batch) + 1);
    }
}
