// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {SplitLib} from "../../../contracts/libraries/SplitLib.sol";
import {Kit} from "../kit/Kit.sol";

// due
// ├── where received * shares fits 256 bits, it is floor(received * shares / total) - drawn
// ├── for everything that can come in, it does not revert, and all shares together are never more than what came in
// ├── what all payees leave behind is less than one unit each
// └── given more was drawn than the share is now
//     └── it is zero
contract SplitLibTest is Kit {
    uint256 private constant MAX_SHARES = 1_000_000;
    uint256 private constant MAX_TOTAL = 32 * MAX_SHARES;

    function testFuzz_IsThePlainQuotient(uint256 received, uint256 drawn, uint256 shares, uint256 total) external pure {
        (shares, total) = _shares(shares, total);
        received = _bound(received, 0, type(uint256).max / MAX_SHARES);
        uint256 share = (received * shares) / total;
        drawn = _bound(drawn, 0, share);

        vm.assertEq(SplitLib.due(received, drawn, shares, total), share - drawn, "due");
    }

    function testFuzz_IsZeroGivenMoreWasDrawn(
        uint256 received,
        uint256 over,
        uint256 shares,
        uint256 total
    ) external pure {
        (shares, total) = _shares(shares, total);
        received = _bound(received, 0, type(uint256).max / MAX_SHARES);
        uint256 share = (received * shares) / total;

        vm.assertEq(SplitLib.due(received, share + _bound(over, 0, 1e18), shares, total), 0, "nothing");
    }

    function testFuzz_SharesOutAllButDust(uint256 received, uint256[8] memory shares) external pure {
        uint256 total = 0;
        for (uint256 i = 0; i < 8; ++i) {
            shares[i] = _bound(shares[i], 1, MAX_SHARES);
            total += shares[i];
        }
        if (received % 2 == 0) received = type(uint256).max - (received >> 16); // often near the end of the range

        uint256 sum = 0;
        for (uint256 i = 0; i < 8; ++i) sum += SplitLib.due(received, 0, shares[i], total);
        vm.assertTrue(sum <= received, "never more than came in");
        vm.assertTrue(received - sum < 8, "less than one unit each stays");
    }

    function test_TheEnds() external pure {
        uint256 all = type(uint256).max;

        vm.assertEq(SplitLib.due(all, 0, 1, 1), all, "all to the only one");
        vm.assertEq(SplitLib.due(all, 0, 0, 1), 0, "nothing without shares");
        vm.assertEq(SplitLib.due(all, 0, MAX_SHARES, MAX_TOTAL), all / 32, "a part of everything");
        vm.assertEq(SplitLib.due(0, 0, 1, 1), 0, "nothing of nothing");
        vm.assertEq(SplitLib.due(all, all, 1, 1), 0, "all was drawn");
    }

    function _shares(uint256 shares, uint256 total) private pure returns (uint256, uint256) {
        total = _bound(total, 1, MAX_TOTAL);
        return (_bound(shares, 0, total < MAX_SHARES ? total : MAX_SHARES), total);
    }
}
