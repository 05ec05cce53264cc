// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {SplitLib} from "../../../contracts/libraries/SplitLib.sol";
import {RoyaltyLib} from "../../../contracts/types/Royalty.sol";

/// @title No royalty exceeds a tenth of the price, for every price there is
contract RoyaltyWithinTenth {
    function share(uint256 price, uint256 bps) external pure {
        require(bps <= 1_000);
        assert(RoyaltyLib.amount(price, bps) <= price / 10);
    }
}

/// @title A royalty is never rounded up
contract RoyaltyRoundsDown {
    function share(uint256 whole, uint256 rest, uint256 bps) external pure {
        require(bps <= 1_000 && rest < 10_000 && whole < 2 ** 240);
        assert(RoyaltyLib.amount(whole * 10_000 + rest, bps) * 10_000 <= whole * bps * 10_000 + rest * bps);
    }
}

/// @title A royalty is rounded down by less than one unit
contract RoyaltyLosesLessThanOne {
    function share(uint256 whole, uint256 rest, uint256 bps) external pure {
        require(bps <= 1_000 && rest < 10_000 && whole < 2 ** 240);
        assert(whole * bps * 10_000 + rest * bps < RoyaltyLib.amount(whole * 10_000 + rest, bps) * 10_000 + 10_000);
    }
}

/// @title Nobody is due more than was received, for any shares
contract DueWithinReceived {
    function look(uint256 received, uint256 drawn, uint256 shares, uint256 total) external pure {
        require(total > 0);
        require(shares <= total);
        require(total <= 32_000_000);
        assert(SplitLib.due(received, drawn, shares, total) <= received);
    }
}

/// @title The dues of two payees with 7 and 3 shares are together at most what was received
contract DuesWithinReceived {
    function look(uint256 whole, uint256 rest) external pure {
        require(rest < 10 && whole < 2 ** 250);
        uint256 received = whole * 10 + rest;
        assert(SplitLib.due(received, 0, 7, 10) + SplitLib.due(received, 0, 3, 10) <= received);
    }
}

/// @title Over any course of receipts and draws, a payee with 7 of 10 shares draws at most seven tenths
contract DrawnWithinShare {
    uint256 private whole;
    uint256 private rest;
    uint256 private drawn;

    function receiveMore(uint256 newWhole, uint256 newRest) external {
        require(newRest < 10 && newWhole < 2 ** 250);
        require(newWhole > whole || (newWhole == whole && newRest >= rest));
        whole = newWhole;
        rest = newRest;
    }

    function draw() external {
        drawn += SplitLib.due(whole * 10 + rest, drawn, 7, 10);
    }

    function look() external view {
        assert(drawn * 10 <= (whole * 10 + rest) * 7);
    }
}
