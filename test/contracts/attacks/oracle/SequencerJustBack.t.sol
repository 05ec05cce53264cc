// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IDataFeedAdapter} from "../../../../contracts/interfaces/IDataFeedAdapter.sol";
import {FeedMock} from "../../mocks/Vendors.sol";
import {VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: knows of no sequencer.
contract KnowsNoSequencer {
    uint256 public price;

    function poke(FeedMock feed) external {
        (, int256 answer, , uint256 updatedAt, ) = feed.latestRoundData();
        require(updatedAt + 1 days >= block.timestamp, "stale");
        price = uint256(answer);
    }
}

// The sequencer of an L2 was down while the market fell. It is back, the feed is not: whoever is first pokes the old price in.
contract SequencerJustBackTest is VendorKit {
    function test_TheTwinTakesThePriceFromBefore() external {
        KnowsNoSequencer twin = new KnowsNoSequencer();
        FeedMock feed = new FeedMock(8);
        feed.set(PRICE, NOW - 30 minutes);
        twin.poke(feed);

        vm.assertEq(twin.price(), uint256(PRICE), "of before the fall");
    }

    function test_TheAdapterWaitsForTheFeed() external {
        (FeedMock feed, FeedMock sequencer) = (new FeedMock(8), new FeedMock(0));
        IDataFeedAdapter adapter = _feedAdapter(feed, address(sequencer));
        feed.set(PRICE, NOW - 30 minutes);
        sequencer.set(1, NOW - 29 minutes);
        vm.expectRevert(abi.encodeWithSelector(IDataFeedAdapter.DataFeedSequencerDown.selector, 0, GRACE));
        adapter.poke();

        sequencer.set(0, NOW - 1);
        vm.expectRevert(abi.encodeWithSelector(IDataFeedAdapter.DataFeedSequencerDown.selector, NOW - 1, GRACE));
        adapter.poke();

        vm.warp(NOW + GRACE);
        feed.set(PRICE / 2, NOW + GRACE - 1);
        adapter.poke();
        vm.assertEq(adapter.samples()[0].price, uint256(PRICE / 2), "what the feed says since");
    }
}
