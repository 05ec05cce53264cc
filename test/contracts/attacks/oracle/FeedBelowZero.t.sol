// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IDataFeedAdapter} from "../../../../contracts/interfaces/IDataFeedAdapter.sol";
import {FeedMock} from "../../mocks/Vendors.sol";
import {VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: takes any answer for a price.
contract CastsAnswers {
    uint256 public price;

    function poke(FeedMock feed) external {
        (, int256 answer, , , ) = feed.latestRoundData();
        price = uint256(answer);
    }
}

// A feed that broke answers zero, or less.
contract FeedBelowZeroTest is VendorKit {
    function test_TheTwinTakesItForAFortune() external {
        CastsAnswers twin = new CastsAnswers();
        FeedMock feed = new FeedMock(8);
        feed.set(-1, NOW);
        twin.poke(feed);
        vm.assertEq(twin.price(), type(uint256).max, "minus one is the most there is");

        feed.set(0, NOW);
        twin.poke(feed);
        vm.assertEq(twin.price(), 0, "and zero a price");
    }

    function test_TheAdapterTakesNeither() external {
        FeedMock feed = new FeedMock(8);
        IDataFeedAdapter adapter = _feedAdapter(feed, address(0));
        int256[3] memory answers = [int256(0), -1, type(int256).min];
        for (uint256 i = 0; i < 3; ++i) {
            feed.set(answers[i], NOW);
            vm.expectRevert(abi.encodeWithSelector(IDataFeedAdapter.DataFeedUnsoundAnswer.selector, answers[i]));
            adapter.poke();
        }

        vm.assertEq(oracle.latestRound(), 0, "no round");
    }
}
