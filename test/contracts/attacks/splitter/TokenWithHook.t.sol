// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IRoyaltySplitter} from "../../../../contracts/interfaces/IRoyaltySplitter.sol";
import {SplitterKit} from "../SplitterKit.sol";

/// @dev Tells its recipients, before it moves a balance or after it.
contract TellingToken is ERC20("", "") {
    bool private immutable BEFORE;

    constructor(bool before) {
        BEFORE = before;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function _update(address from, address to, uint256 amount) internal override {
        if (BEFORE) _tell(from, to);
        super._update(from, to, amount);
        if (!BEFORE) _tell(from, to);
    }

    function _tell(address from, address to) private {
        if (to.code.length != 0 && from != address(0)) HookedPayee(to).tokensComing();
    }
}

/// @dev Vulnerable on purpose: notes a draw once the token was sent.
contract LateSplitter {
    mapping(address payee => uint256) private _drawn;
    uint256 private _released;

    function release(IERC20 token, address to) external returns (uint256 amount) {
        amount = (token.balanceOf(address(this)) + _released) / 2 - _drawn[msg.sender];
        token.transfer(to, amount);
        _drawn[msg.sender] += amount;
        _released += amount;
    }
}

/// @dev Draws again when it is told that tokens are coming.
contract HookedPayee {
    address private _splitter;
    IERC20 private _token;
    bool private _again;
    bytes public refusal;

    function draw(address splitter, IERC20 token) external {
        (_splitter, _token, _again) = (splitter, token, true);
        LateSplitter(splitter).release(token, address(this));
    }

    function tokensComing() external {
        if (!_again) return;
        _again = false;
        (, refusal) = _splitter.call(abi.encodeCall(LateSplitter.release, (_token, address(this))));
    }
}

// Royalties come in a token that calls its recipients, and one of them draws again in the middle.
contract TokenWithHookTest is SplitterKit {
    function test_TheTwinPaysTwice() external {
        LateSplitter twin = new LateSplitter();
        TellingToken token = new TellingToken(true);
        HookedPayee payee = new HookedPayee();
        token.mint(address(twin), 100);
        payee.draw(address(twin), token);

        vm.assertEq(token.balanceOf(address(payee)), 100, "both shares");
    }

    function test_TheSplitterPaysOnceIfToldBefore() external {
        _checkPaysOnce(new TellingToken(true));
    }

    function test_TheSplitterPaysOnceIfToldAfter() external {
        _checkPaysOnce(new TellingToken(false));
    }

    function _checkPaysOnce(TellingToken token) private {
        HookedPayee payee = new HookedPayee();
        IRoyaltySplitter splitter = _splitter(address(payee), BOB);
        token.mint(address(splitter), 100);
        payee.draw(address(splitter), token);

        vm.assertEq(token.balanceOf(address(payee)), 50, "its share");
        vm.assertEq(payee.refusal(), abi.encodeWithSignature("ReentrancyGuardReentrantCall()"), "refused in between");
        vm.assertEq(_draw(splitter, token, BOB), 50, "Bob's is there");
    }
}
