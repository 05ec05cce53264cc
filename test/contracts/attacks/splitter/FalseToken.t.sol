// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";

import {IRoyaltySplitter} from "../../../../contracts/interfaces/IRoyaltySplitter.sol";
import {SplitterKit} from "../SplitterKit.sol";

/// @dev A token whose maker says what anyone has.
contract FalseToken is ERC20("", "") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @dev Vulnerable on purpose: one book for all tokens.
contract OneBookSplitter {
    mapping(address payee => uint256) private _drawn;
    uint256 private _released;

    function release(IERC20 token) external returns (uint256 amount) {
        amount = (token.balanceOf(address(this)) + _released) / 2 - _drawn[msg.sender];
        _drawn[msg.sender] += amount;
        _released += amount;
        token.transfer(msg.sender, amount);
    }
}

// Alice sends in a token of her own making, so that the books of the real one no longer fit.
contract FalseTokenTest is SplitterKit {
    function test_TheTwinGivesAwayTheRealOne() external {
        OneBookSplitter twin = new OneBookSplitter();
        (FalseToken real, FalseToken made) = (new FalseToken(), new FalseToken());
        made.mint(address(twin), 200);
        vm.prank(BOB);
        twin.release(made); // Bob takes a worthless token
        real.mint(address(twin), 100);
        vm.prank(ALICE);

        vm.assertEq(twin.release(real), 100, "and Alice everything that is worth something");
    }

    function test_TheSplitterKeepsABookForEach() external {
        IRoyaltySplitter splitter = _splitter(ALICE, BOB);
        (FalseToken real, FalseToken made) = (new FalseToken(), new FalseToken());
        made.mint(address(splitter), 200);
        _draw(splitter, made, BOB);
        real.mint(address(splitter), 100);

        vm.assertEq(_draw(splitter, real, ALICE), 50, "half for Alice");
        vm.assertEq(_draw(splitter, real, BOB), 50, "half for Bob");
        vm.expectRevert(abi.encodeWithSelector(IRoyaltySplitter.RoyaltySplitterNothingDue.selector, ALICE));
        _draw(splitter, real, ALICE);
    }
}
