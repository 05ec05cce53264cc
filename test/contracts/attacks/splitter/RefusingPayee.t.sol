// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IRoyaltySplitter} from "../../../../contracts/interfaces/IRoyaltySplitter.sol";
import {SplitterKit} from "../SplitterKit.sol";

/// @dev Vulnerable on purpose: pays all at once (AkuDreams 2022).
contract PushingSplitter {
    address[] private _payees;

    constructor(address[] memory payees) {
        _payees = payees;
    }

    receive() external payable {}

    function distribute() external {
        uint256 share = address(this).balance / _payees.length;
        for (uint256 i = 0; i < _payees.length; ++i) {
            (bool success, ) = _payees[i].call{value: share}("");
            require(success, "not sent");
        }
    }
}

/// @dev Takes no ether. Some wallets do not by mistake.
contract Refusing {
    function draw(IRoyaltySplitter splitter, address payable to) external returns (uint256) {
        return splitter.release(to);
    }
}

// One payee cannot be paid, or will not, and holds up the others.
contract RefusingPayeeTest is SplitterKit {
    function test_TheTwinPaysNobody() external {
        (address[] memory payees, ) = _equal(address(new Refusing()), BOB);
        PushingSplitter twin = new PushingSplitter(payees);
        vm.deal(address(twin), 1 ether);

        vm.expectRevert(abi.encodeWithSignature("Error(string)", "not sent"));
        twin.distribute();
    }

    function test_TheSplitterPaysTheOther() external {
        Refusing refusing = new Refusing();
        IRoyaltySplitter splitter = _splitter(address(refusing), BOB);
        vm.deal(address(splitter), 1 ether);

        vm.assertEq(_draw(splitter, BOB), 0.5 ether, "Bob is not held up");
        vm.expectRevert(abi.encodeWithSignature("FailedCall()"));
        refusing.draw(splitter, payable(address(refusing)));
        vm.assertEq(refusing.draw(splitter, payable(ALICE)), 0.5 ether, "and who cannot be paid names another account");
    }
}
