// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Totals} from "../../../contracts/types/Totals.sol";
import {Royalty} from "../../../contracts/types/Royalty.sol";

/// @title Counts read back what was written, between any neighbours
contract CountsReadBack {
    function nextBatch(uint256 own, uint256 above) external pure {
        require(own < 2 ** 32 && above < 2 ** 224);
        assert(Totals.wrap(own + above * 2 ** 32).nextBatch() == own);
    }

    function seals(uint256 below, uint256 own, uint256 above) external pure {
        require(below < 2 ** 32 && own < 2 ** 32 && above < 2 ** 192);
        assert(Totals.wrap(below + own * 2 ** 32 + above * 2 ** 64).seals() == own);
    }

    function abandoned(uint256 below, uint256 own, uint256 above) external pure {
        require(below < 2 ** 64 && own < 2 ** 32 && above < 2 ** 160);
        assert(Totals.wrap(below + own * 2 ** 64 + above * 2 ** 96).abandoned() == own);
    }

    function committed(uint256 below, uint256 own, uint256 above) external pure {
        require(below < 2 ** 96 && own < 2 ** 40 && above < 2 ** 120);
        assert(Totals.wrap(below + own * 2 ** 96 + above * 2 ** 136).committed() == own);
    }

    function reserved(uint256 below, uint256 own, uint256 above) external pure {
        require(below < 2 ** 136 && own < 2 ** 40 && above < 2 ** 80);
        assert(Totals.wrap(below + own * 2 ** 136 + above * 2 ** 176).reserved() == own);
    }
}

/// @title Day, spent, limit and pause read back what was written, between any neighbours
contract LimitsReadBack {
    function day(uint256 below, uint256 own, uint256 above) external pure {
        require(below < 2 ** 176 && own < 2 ** 16 && above < 2 ** 64);
        assert(Totals.wrap(below + own * 2 ** 176 + above * 2 ** 192).day() == own);
    }

    function spent(uint256 below, uint256 own, uint256 above) external pure {
        require(below < 2 ** 192 && own < 2 ** 24 && above < 2 ** 40);
        assert(Totals.wrap(below + own * 2 ** 192 + above * 2 ** 216).spent() == own);
    }

    function limit(uint256 below, uint256 own, uint256 above) external pure {
        require(below < 2 ** 216 && own < 2 ** 24 && above < 2 ** 16);
        assert(Totals.wrap(below + own * 2 ** 216 + above * 2 ** 240).limit() == own);
    }

    function paused(uint256 below, bool own) external pure {
        require(below < 2 ** 240);
        assert(Totals.wrap(below + (own ? 2 ** 240 : 0)).paused() == own);
    }
}

/// @title A royalty's share reads back what was written, with any receiver
contract RoyaltyReadsBack {
    function bps(uint160 receiver, uint16 own) external pure {
        assert(Royalty.wrap(receiver + uint256(own) * 2 ** 160).bps() == own);
    }
}
