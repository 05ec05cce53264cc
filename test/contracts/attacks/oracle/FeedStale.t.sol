// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IDataFeedAdapter} from "../../../../contracts/interfaces/IDataFeedAdapter.sol";
import {FeedMock} from "../../mocks/Vendors.sol";
import {VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: takes what the feed says for what it says now.
contract BelievesOldPrices {
    uint256 public price;
    uint256 public time;

    function poke(FeedMock feed) external {
        (, int256 answer, , , ) = feed.latestRoundData();
        (price, time) = (uint256(answer), block.timestamp);
    }
}

// The feed was given up. Whoever likes its last price pokes it on, as today's.
contract FeedStaleTest is VendorKit {
    function test_TheTwinCallsAnOldPriceTodays() external {
        BelievesOldPrices twin = new BelievesOldPrices();
        FeedMock feed = new FeedMock(8);
        feed.set(PRICE, NOW);
        vm.warp(NOW + 30 days);
        twin.poke(feed);

        vm.assertEq(twin.price(), uint256(PRICE), "the price of a month ago");
        vm.assertEq(twin.time(), NOW + 30 days, "as today's");
    }

    function test_TheAdapterDoesNot() external {
        FeedMock feed = new FeedMock(8);
        IDataFeedAdapter adapter = _feedAdapter(feed, address(0));
        feed.set(PRICE, NOW);
        vm.warp(NOW + HEARTBEAT + 1);

        vm.expectRevert(abi.encodeWithSelector(IDataFeedAdapter.DataFeedStale.selector, NOW, NOW + 1));
        adapter.poke();
    }

    function test_NorOneFromTheFuture() external {
        FeedMock feed = new FeedMock(8);
        IDataFeedAdapter adapter = _feedAdapter(feed, address(0));
        feed.set(PRICE, NOW + 1);

        vm.expectRevert(abi.encodeWithSelector(IDataFeedAdapter.DataFeedUnsoundTime.selector, NOW + 1));
        adapter.poke();
    }
}
