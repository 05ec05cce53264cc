// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IRoyaltySplitter} from "../../../../contracts/interfaces/IRoyaltySplitter.sol";
import {SplitterKit} from "../SplitterKit.sol";

/// @dev Vulnerable on purpose: tolerates a failure, and copies what it says.
contract CopyingSplitter {
    address[] private _payees;

    event Failed(address payee, bytes reason);

    constructor(address[] memory payees) {
        _payees = payees;
    }

    receive() external payable {}

    function distribute() external {
        uint256 share = address(this).balance / _payees.length;
        for (uint256 i = 0; i < _payees.length; ++i) {
            (bool success, bytes memory reason) = _payees[i].call{value: share, gas: 300_000}("");
            if (!success) emit Failed(_payees[i], reason);
        }
    }
}

/// @dev Answers with much more than anybody wants to read.
contract Bomb {
    receive() external payable {
        assembly {
            revert(0, 200000)
        }
    }

    function draw(IRoyaltySplitter splitter) external {
        splitter.release(payable(address(this)));
    }
}

// One payee answers with 200 kB: whoever copies that runs out of gas.
contract ReturnBombTest is SplitterKit {
    uint256 private constant GAS = 600_000;

    function test_TheTwinRunsOutOfGas() external {
        (address[] memory payees, ) = _equal(address(new Bomb()), BOB);
        CopyingSplitter twin = new CopyingSplitter(payees);
        vm.deal(address(twin), 1 ether);
        (bool success, ) = address(twin).call{gas: GAS}(abi.encodeCall(twin.distribute, ()));

        vm.assertTrue(!success, "out of gas");
        vm.assertEq(BOB.balance, 0, "and Bob has nothing");
    }

    function test_TheSplitterHurtsHimOnly() external {
        Bomb bomb = new Bomb();
        IRoyaltySplitter splitter = _splitter(address(bomb), BOB);
        vm.deal(address(splitter), 1 ether);
        (bool success, ) = address(bomb).call{gas: GAS}(abi.encodeCall(bomb.draw, (splitter)));
        vm.assertTrue(!success, "his own draw fails");

        vm.prank(BOB);
        vm.assertEq(splitter.release{gas: GAS}(payable(BOB)), 0.5 ether, "Bob's does not");
    }
}
