// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IRoyaltySplitter} from "../../../../contracts/interfaces/IRoyaltySplitter.sol";
import {SplitterKit} from "../SplitterKit.sol";

interface IReleases {
    function release(address payable to) external returns (uint256);
}

/// @dev Vulnerable on purpose: sends first and notes it afterwards.
contract SendingSplitter {
    uint256 private _received;
    mapping(address payee => uint256) private _drawn;

    receive() external payable {
        _received += msg.value;
    }

    function release(address payable to) external returns (uint256 amount) {
        amount = _received / 2 - _drawn[msg.sender];
        (bool success, ) = to.call{value: amount}("");
        require(success, "not sent");
        _drawn[msg.sender] = _received / 2;
    }
}

/// @dev Draws again while it is being paid.
contract Drawer {
    IReleases public splitter;

    receive() external payable {
        if (address(splitter).balance == 0) return;
        (bool success, ) = address(splitter).call(abi.encodeCall(IReleases.release, (payable(address(this)))));
        success; // a refusal passes unseen
    }

    function draw(address target) external {
        splitter = IReleases(target);
        splitter.release(payable(address(this)));
    }
}

// A payee is a contract that draws again in the middle of being paid.
contract ReentrantDrawTest is SplitterKit {
    function test_TheTwinPaysHimAll() external {
        SendingSplitter twin = new SendingSplitter();
        Drawer drawer = new Drawer();
        vm.deal(address(this), 1 ether);
        (bool success, ) = address(twin).call{value: 1 ether}("");
        drawer.draw(address(twin));

        vm.assertTrue(success, "paid in");
        vm.assertEq(address(drawer).balance, 1 ether, "both shares");
    }

    function test_TheSplitterPaysHimHisShare() external {
        Drawer drawer = new Drawer();
        IRoyaltySplitter splitter = _splitter(address(drawer), BOB);
        vm.deal(address(splitter), 1 ether);
        drawer.draw(address(splitter));

        vm.assertEq(address(drawer).balance, 0.5 ether, "his share");
        vm.assertEq(splitter.releasable(address(drawer)), 0, "and no more");
        vm.assertEq(_draw(splitter, BOB), 0.5 ether, "Bob's is there");
    }
}
