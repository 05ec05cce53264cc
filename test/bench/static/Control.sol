// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title What the analyser must find, or its silence about our contracts means nothing
contract Control {
    mapping(address account => uint256) public saved;

    function save() external payable {
        saved[msg.sender] += msg.value;
    }

    function draw() external {
        (bool done, ) = msg.sender.call{value: saved[msg.sender]}("");
        require(done);
        saved[msg.sender] = 0;
    }

    function destroy(address payable to) external {
        selfdestruct(to);
    }
}
