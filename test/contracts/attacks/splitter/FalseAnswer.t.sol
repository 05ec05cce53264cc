// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IRoyaltySplitter} from "../../../../contracts/interfaces/IRoyaltySplitter.sol";
import {SplitterKit} from "../SplitterKit.sol";

/// @dev Frozen by its issuer: answers false, where others revert.
contract FrozenToken is ERC20("", "") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function transfer(address, uint256) public pure override returns (bool) {
        return false;
    }
}

/// @dev Vulnerable on purpose: does not listen to the answer.
contract DeafSplitter {
    mapping(address payee => uint256) public drawn;

    function release(IERC20 token) external {
        uint256 amount = token.balanceOf(address(this)) / 2 - drawn[msg.sender];
        drawn[msg.sender] += amount;
        token.transfer(msg.sender, amount);
    }
}

// Anything that makes a token answer false while a payee draws costs him his share: his books say that he has it.
contract FalseAnswerTest is SplitterKit {
    function test_TheTwinTakesItForPaid() external {
        DeafSplitter twin = new DeafSplitter();
        FrozenToken token = new FrozenToken();
        token.mint(address(twin), 100);
        vm.prank(ALICE);
        twin.release(token);

        vm.assertEq(twin.drawn(ALICE), 50, "paid, by the books");
        vm.assertEq(token.balanceOf(ALICE), 0, "but not in truth");
    }

    function test_TheSplitterListens() external {
        IRoyaltySplitter splitter = _splitter(ALICE, BOB);
        FrozenToken token = new FrozenToken();
        token.mint(address(splitter), 100);

        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        _draw(splitter, token, ALICE);
        vm.assertEq(splitter.releasable(token, ALICE), 50, "still due");
    }
}
