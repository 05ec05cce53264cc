// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IDataFeedAdapter} from "../../../../contracts/interfaces/IDataFeedAdapter.sol";
import {FeedMock} from "../../mocks/Vendors.sol";
import {VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: asked for the decimals once.
contract AsksOnce {
    uint256 public immutable SCALE;
    uint256 public price; // 18 decimals

    constructor(FeedMock feed) {
        SCALE = 10 ** (18 - feed.decimals());
    }

    function poke(FeedMock feed) external {
        (, int256 answer, , , ) = feed.latestRoundData();
        price = uint256(answer) * SCALE;
    }
}

// Behind a feed's proxy comes another aggregator, with other decimals: the same market is ten thousand million times as dear.
contract FeedChangesUnitTest is VendorKit {
    function test_TheTwinSeesAPriceOfAnotherUnit() external {
        FeedMock feed = new FeedMock(8);
        AsksOnce twin = new AsksOnce(feed);
        feed.setDecimals(18);
        feed.set(3_000e18, NOW);
        twin.poke(feed);

        vm.assertEq(twin.price(), 3_000e28, "3,000 became 30,000,000,000,000");
    }

    function test_TheAdapterAsksAgain() external {
        FeedMock feed = new FeedMock(8);
        IDataFeedAdapter adapter = _feedAdapter(feed, address(0));
        feed.setDecimals(18);
        feed.set(3_000e18, NOW);

        vm.expectRevert(abi.encodeWithSelector(IDataFeedAdapter.DataFeedDecimalsChanged.selector, 18, 8));
        adapter.poke();
    }

    function test_FeedsOfAnyDecimalsSayTheSame() external {
        FeedMock eight = new FeedMock(8);
        FeedMock eighteen = new FeedMock(18);
        eight.set(3_000e8, NOW);
        eighteen.set(3_000e18, NOW);
        IDataFeedAdapter other = _feedAdapter(eighteen, address(0));
        other.poke();
        IDataFeedAdapter adapter = _feedAdapter(eight, address(0));

        vm.warp(NOW + 1 days);
        eight.set(3_100e8, NOW + 1 days);
        eighteen.set(3_100e18, NOW + 1 days);
        adapter.poke();
        other.poke();
        vm.warp(NOW + 2 days);
        eight.set(3_200e8, NOW + 2 days);
        eighteen.set(3_200e18, NOW + 2 days);
        adapter.poke();
        other.poke();

        vm.assertEq(adapter.preview(), other.preview(), "to the bit");
    }
}
