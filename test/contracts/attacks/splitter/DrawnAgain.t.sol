// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IRoyaltySplitter} from "../../../../contracts/interfaces/IRoyaltySplitter.sol";
import {SplitterKit} from "../SplitterKit.sol";

/// @dev Vulnerable on purpose: half of what is there, as often as one likes.
contract HalvingSplitter {
    receive() external payable {}

    function release(address payable to) external {
        (bool success, ) = to.call{value: address(this).balance / 2}("");
        require(success, "not sent");
    }
}

// A payee draws again and again before the other comes.
contract DrawnAgainTest is SplitterKit {
    function test_TheTwinIsEmptied() external {
        HalvingSplitter twin = new HalvingSplitter();
        vm.deal(address(twin), 1 ether);
        for (uint256 i = 0; i < 10; ++i) {
            vm.prank(ALICE);
            twin.release(payable(ALICE));
        }

        vm.assertTrue(ALICE.balance > 0.99 ether, "nearly all");
    }

    function test_TheSplitterRemembers() external {
        IRoyaltySplitter splitter = _splitter(ALICE, BOB);
        vm.deal(address(splitter), 1 ether);
        _draw(splitter, ALICE);

        vm.expectRevert(abi.encodeWithSelector(IRoyaltySplitter.RoyaltySplitterNothingDue.selector, ALICE));
        _draw(splitter, ALICE);
        vm.assertEq(_draw(splitter, BOB), 0.5 ether, "Bob's is there");
    }
}
