// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IRoyaltySplitter} from "../../../contracts/interfaces/IRoyaltySplitter.sol";

/// @title A payee whose account refuses ether, but who can draw
contract RefusingPayee {
    error RefusingPayeeRefuses();

    receive() external payable {
        revert RefusingPayeeRefuses();
    }

    function draw(IRoyaltySplitter splitter, address payable to) external returns (uint256) {
        return splitter.release(to);
    }
}

/// @title A payee who draws again while he is being paid
contract GreedyPayee {
    /// @dev What the second draw answered.
    bytes public answer;
    bool public drewTwice;

    receive() external payable {
        (drewTwice, answer) = msg.sender.call(abi.encodeWithSignature("release(address)", address(this)));
    }

    function draw(IRoyaltySplitter splitter) external returns (uint256) {
        return splitter.release(payable(address(this)));
    }
}
