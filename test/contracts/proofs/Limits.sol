// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Totals} from "../../../contracts/types/Totals.sol";

// Words are made of plain fields here, so that the prover need not guess them. That every field reads back what it was made
// of, is proved in Fields.sol. The counts are left at zero where the core divides more than once: with them the solver does not
// answer.
//
//     word = counts + day * 2^176 + spent * 2^192 + limit * 2^216 + paused * 2^240

function word(uint256 counts, uint256 day, uint256 spent, uint256 limit, bool paused) pure returns (Totals) {
    require(counts < 2 ** 176 && day < 2 ** 16 && spent < 2 ** 24 && limit < 2 ** 24);
    return
        Totals.wrap(counts + day * 2 ** 176 + spent * 2 ** 192 + limit * 2 ** 216 + (paused ? uint256(2 ** 240) : 0));
}

/// @title What is left on the day of the last opening, and what is spent, are together the limit
contract LeftIsLimitLessSpent {
    function within(uint256 day, uint256 spent, uint256 limit) external pure {
        require(spent < limit);
        assert(word(0, day, spent, limit, false).leftOn(day) == limit - spent);
    }

    function beyond(uint256 day, uint256 spent, uint256 limit) external pure {
        require(spent >= limit);
        assert(word(0, day, spent, limit, false).leftOn(day) == 0);
    }
}

/// @title On another day the whole limit is left
contract NewDayStartsFromZero {
    function look(uint256 day, uint256 spent, uint256 limit, uint256 today) external pure {
        require(today < 2 ** 16 && today != day);
        assert(word(0, day, spent, limit, false).leftOn(today) == limit);
    }
}

/// @title Spending on the same day adds to what was spent, and nothing else
contract SpendingAdds {
    function spend(uint256 counts, uint256 day, uint256 spent, uint256 limit, uint256 count) external pure {
        require(spent <= limit && count <= limit - spent);
        Totals next = word(counts, day, spent, limit, false).afterSpending(count, day);
        assert(Totals.unwrap(next) == Totals.unwrap(word(counts, day, spent + count, limit, false)));
    }
}

/// @title Spending on another day forgets the day before, and changes nothing else
contract SpendingForgets {
    function spend(uint256 day, uint256 spent, uint256 above, uint256 today, uint256 count) external pure {
        require(day < 2 ** 16 && spent < 2 ** 24 && above < 2 ** 25);
        require(today < 2 ** 16 && today != day && count < 2 ** 24);
        Totals next = Totals.wrap((day + spent * 2 ** 16) * 2 ** 176 + above * 2 ** 216).afterSpending(count, today);
        assert(Totals.unwrap(next) == (today + count * 2 ** 16) * 2 ** 176 + above * 2 ** 216);
    }
}

/// @title Moving the limit changes the limit, and never what was spent
contract MovingLimitKeepsSpent {
    function move(uint256 counts, uint256 day, uint256 spent, uint256 limit, uint256 next) external pure {
        require(next < 2 ** 24);
        Totals moved = word(counts, day, spent, limit, false).withLimit(next);
        assert(Totals.unwrap(moved) == Totals.unwrap(word(counts, day, spent, next, false)));
    }
}

/// @title Pausing and unpausing change nothing else
contract PauseChangesNothingElse {
    function move(uint256 rest, bool before, bool next) external pure {
        require(rest < 2 ** 240);
        Totals moved = Totals.wrap(rest + (before ? 2 ** 240 : 0)).withPause(next);
        assert(Totals.unwrap(moved) == rest + (next ? 2 ** 240 : 0));
    }
}

/// @title Over any course of days, openings and limits, no day's openings exceed the highest limit of that day
contract DayStaysWithinLimit {
    uint256 private day;
    uint256 private spent;
    uint256 private limit;
    uint256 private highest;

    function open(uint256 today, uint256 count) external {
        require(today >= day);
        uint256 gone = today == day ? spent : 0;
        if (today != day) highest = limit;
        require(count <= (gone < limit ? limit - gone : 0));
        day = today;
        spent = gone + count;
    }

    function setLimit(uint256 next) external {
        require(next < 2 ** 24);
        limit = next;
        if (next > highest) highest = next;
    }

    function look() external view {
        assert(spent <= highest);
    }
}
