// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IRoyaltySplitter} from "../../../../contracts/interfaces/IRoyaltySplitter.sol";
import {SplitterKit} from "../SplitterKit.sol";

/// @dev Vulnerable on purpose: wants its books and its balance to be equal.
contract ExactSplitter {
    uint256 private _received;

    receive() external payable {
        _received += msg.value;
    }

    function release(address payable to) external {
        require(address(this).balance == _received, "books and balance differ");
        _received = 0;
        (bool success, ) = to.call{value: address(this).balance}("");
        require(success, "not sent");
    }
}

// One wei is forced in, as a destroyed contract or a block's reward would: no function of ours runs.
contract ForcedEtherTest is SplitterKit {
    function test_TheTwinNeverPaysAgain() external {
        ExactSplitter twin = new ExactSplitter();
        vm.deal(address(twin), 1);

        vm.expectRevert(abi.encodeWithSignature("Error(string)", "books and balance differ"));
        twin.release(payable(ALICE));
    }

    function test_TheSplitterSharesIt() external {
        IRoyaltySplitter splitter = _splitter(ALICE, BOB);
        vm.deal(address(splitter), 1 ether);
        _draw(splitter, ALICE);
        vm.deal(address(splitter), 0.5 ether + 2); // two wei out of nowhere

        vm.assertEq(_draw(splitter, ALICE), 1, "one for Alice");
        vm.assertEq(_draw(splitter, BOB), 0.5 ether + 1, "one for Bob, and his share");
        vm.assertEq(address(splitter).balance, 0, "nothing stays");
    }
}
