// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IRoyaltySplitter} from "../../../../contracts/interfaces/IRoyaltySplitter.sol";
import {SplitterKit} from "../SplitterKit.sol";

/// @dev Vulnerable on purpose: anyone may draw for anyone, and says where to.
contract OpenSplitter {
    mapping(address payee => uint256) private _drawn;
    uint256 private _released;

    receive() external payable {}

    function release(address payee, address payable to) external {
        uint256 amount = (address(this).balance + _released) / 2 - _drawn[payee];
        _drawn[payee] += amount;
        _released += amount;
        (bool success, ) = to.call{value: amount}("");
        require(success, "not sent");
    }
}

// A stranger draws what is an artist's.
contract DrawnForAnotherTest is SplitterKit {
    function test_TheTwinPaysTheStranger() external {
        OpenSplitter twin = new OpenSplitter();
        vm.deal(address(twin), 1 ether);
        vm.prank(STRANGER);
        twin.release(ALICE, payable(STRANGER));

        vm.assertEq(STRANGER.balance, 0.5 ether, "Alice's share");
    }

    function test_TheSplitterPaysWhoIsDue() external {
        IRoyaltySplitter splitter = _splitter(ALICE, BOB);
        vm.deal(address(splitter), 1 ether);

        vm.expectRevert(abi.encodeWithSelector(IRoyaltySplitter.RoyaltySplitterNothingDue.selector, STRANGER));
        vm.prank(STRANGER);
        splitter.release(payable(STRANGER));
        vm.assertEq(splitter.releasable(ALICE), 0.5 ether, "Alice's share is there");
    }
}
