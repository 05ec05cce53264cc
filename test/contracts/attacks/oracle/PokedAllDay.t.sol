// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IDataFeedAdapter} from "../../../../contracts/interfaces/IDataFeedAdapter.sol";
import {FeedMock} from "../../mocks/Vendors.sol";
import {VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: every poke is a day.
contract CountsPokes {
    uint256[] public prices;

    function poke(FeedMock feed) external {
        (, int256 answer, , , ) = feed.latestRoundData();
        prices.push(uint256(answer));
    }

    /// @dev Of the last 31 prices, bps.
    function trend() external view returns (int256) {
        (int256 a, int256 b) = (int256(prices[prices.length - 31]), int256(prices[prices.length - 1]));
        return (10_000 * (b - a)) / a;
    }
}

// A month of rise is to be forgotten: thirty-one pokes in one hour, and the window is this hour.
contract PokedAllDayTest is VendorKit {
    function test_TheTwinForgetsTheMonth() external {
        CountsPokes twin = new CountsPokes();
        FeedMock feed = new FeedMock(8);
        for (uint256 i = 0; i < 31; ++i) {
            feed.set(PRICE + int256(i) * 100e8, NOW + i * 1 days);
            twin.poke(feed);
        }
        vm.assertTrue(twin.trend() == 10_000, "doubled");
        for (uint256 i = 0; i < 31; ++i) twin.poke(feed);

        vm.assertTrue(twin.trend() == 0, "nothing happened");
    }

    function test_TheAdapterKeepsOnePriceADay() external {
        FeedMock feed = new FeedMock(8);
        IDataFeedAdapter adapter = _feedAdapter(feed, address(0));
        for (uint256 i = 0; i < 31; ++i) {
            vm.warp(NOW + i * 1 days);
            feed.set(PRICE + int256(i) * 100e8, NOW + i * 1 days);
            adapter.poke();
        }
        bytes32 before = adapter.preview();
        uint256 day = NOW / 1 days + 30;
        for (uint256 i = 1; i < 32; ++i) {
            feed.set(PRICE, NOW + 30 days);
            vm.expectRevert(abi.encodeWithSelector(IDataFeedAdapter.DataFeedSameDay.selector, day));
            adapter.poke();
        }

        vm.assertEq(adapter.preview(), before, "the month is what it was");
        vm.assertEq(oracle.latestRound(), 31, "a round a day");
    }
}
