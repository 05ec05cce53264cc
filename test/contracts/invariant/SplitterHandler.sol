// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

import {IRoyaltySplitter} from "../../../contracts/interfaces/IRoyaltySplitter.sol";
import {Progress} from "./Progress.sol";

/// @title Money that anyone may print
contract PrintedERC20 is ERC20 {
    constructor() ERC20("Printed", "PRINT") {}

    function print(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// @title Royalties that come in and are drawn, in ether and in a token, and what must hold after each step
contract SplitterHandler is Progress {
    uint256 private constant PAYEES = 5;

    IRoyaltySplitter private immutable SPLITTER;
    PrintedERC20 private immutable TOKEN;
    uint256 private immutable TOTAL;

    address[] private _payees;
    uint256[] private _shares;

    /// @dev What came in and what each has drawn, ether under false and tokens under true.
    mapping(bool inTokens => uint256) private _received;
    mapping(bool inTokens => uint256[PAYEES]) private _drawn;

    constructor(IRoyaltySplitter splitter, uint256[] memory shares) {
        SPLITTER = splitter;
        TOKEN = new PrintedERC20();
        TOTAL = splitter.totalShares();
        _payees = splitter.payees();
        _shares = shares;
    }

    function actions() public pure override returns (bytes4[] memory selectors) {
        selectors = new bytes4[](9);
        selectors[0] = this.pay.selector;
        selectors[1] = this.forceIn.selector;
        selectors[2] = this.payTokens.selector;
        selectors[3] = this.draw.selector;
        selectors[4] = this.drawTokens.selector;
        selectors[5] = this.drawTwiceMustRevert.selector;
        selectors[6] = this.drawToNobodyMustRevert.selector;
        selectors[7] = this.drawByStrangerMustRevert.selector;
        selectors[8] = this.drawToRefuserMustRevert.selector;
    }

    /* PAYING */

    function pay(uint256 amount) external counted {
        _pay(_amount(amount));
        _worked();
    }

    function forceIn(uint256 amount) external counted {
        amount = _amount(amount);
        vm.deal(address(SPLITTER), address(SPLITTER).balance + amount); // as a block's fees or a dying contract would
        _received[false] += amount;
        _worked();
    }

    function payTokens(uint256 amount) external counted {
        _payTokens(_amount(amount));
        _worked();
    }

    /* DRAWING */

    function draw(uint256 pick, uint256 to) external counted {
        uint256 i = _payeeWithEther(pick);
        address payable receiver = payable(address(uint160(0x10000 + (to % 3))));
        uint256[PAYEES] memory before = _dues(false);
        uint256 balance = receiver.balance;

        vm.prank(_payees[i]);
        uint256 amount = SPLITTER.release(receiver);
        _drawn[false][i] += amount;
        _holds(receiver.balance - balance == amount, "31, sent something else");
        _checkOthers(before, i, amount, false);
        _worked();
    }

    function drawTokens(uint256 pick, uint256 to) external counted {
        uint256 i = _payeeWithTokens(pick);
        address receiver = address(uint160(0x10000 + (to % 3)));
        uint256[PAYEES] memory before = _dues(true);
        uint256 balance = TOKEN.balanceOf(receiver);

        vm.prank(_payees[i]);
        uint256 amount = SPLITTER.release(IERC20(TOKEN), receiver);
        _drawn[true][i] += amount;
        _holds(TOKEN.balanceOf(receiver) - balance == amount, "31, sent something else");
        _checkOthers(before, i, amount, true);
        _worked();
    }

    /* MUST REVERT */

    function drawTwiceMustRevert(uint256 pick) external counted {
        uint256 i = _payeeWithEther(pick);
        vm.prank(_payees[i]);
        _drawn[false][i] += SPLITTER.release(payable(_payees[i]));
        i = _payeeWithTokens(pick);
        vm.prank(_payees[i]);
        _drawn[true][i] += SPLITTER.release(IERC20(TOKEN), _payees[i]);

        bytes memory expected = abi.encodeWithSelector(IRoyaltySplitter.RoyaltySplitterNothingDue.selector, _payees[i]);
        _refusedTokens(_payees[i], _payees[i], expected, "33, tokens drawn twice");
        i = 0;
        while (i < PAYEES && SPLITTER.releasable(_payees[i]) != 0) ++i;
        expected = abi.encodeWithSelector(IRoyaltySplitter.RoyaltySplitterNothingDue.selector, _payees[i]);
        _refusedEther(_payees[i], _payees[i], expected, "33, ether drawn twice");
        _worked();
    }

    function drawToNobodyMustRevert(uint256 pick) external counted {
        bytes memory expected = abi.encodeWithSelector(IRoyaltySplitter.RoyaltySplitterReceiverMissing.selector);
        _refusedEther(_payees[pick % PAYEES], address(0), expected, "31, ether to nobody");
        _refusedTokens(_payees[pick % PAYEES], address(0), expected, "31, tokens to nobody");
        _worked();
    }

    function drawByStrangerMustRevert(uint256 pick) external counted {
        address stranger = address(uint160(0x20000 + (pick % 1_000)));
        bytes memory expected = abi.encodeWithSelector(IRoyaltySplitter.RoyaltySplitterNothingDue.selector, stranger);
        _refusedEther(stranger, stranger, expected, "35, ether drawn by a stranger");
        _refusedTokens(stranger, stranger, expected, "35, tokens drawn by a stranger");
        _worked();
    }

    /// @dev A receiver that refuses ether, this contract, keeps its payee's money where it is, and nobody else's.
    function drawToRefuserMustRevert(uint256 pick) external counted {
        uint256 i = _payeeWithEther(pick);
        _refusedEther(_payees[i], address(this), abi.encodeWithSignature("FailedCall()"), "31, ether to a refuser");
        _worked();
    }

    /* CHECKING */

    /// @notice After every step.
    function checkStep() external view {
        _check(turn % 2 == 0);
    }

    /// @notice At the end of a run.
    function checkAll() external view {
        _check(false);
        _check(true);
    }

    function _check(bool inTokens) private view {
        uint256 drawn = 0;
        uint256 due = 0;
        for (uint256 i = 0; i < PAYEES; ++i) {
            uint256 own = _due(i, inTokens);
            _holds(own + _drawn[inTokens][i] == (_received[inTokens] * _shares[i]) / TOTAL, "33, not his floor share");
            _holds(SPLITTER.sharesOf(_payees[i]) == _shares[i], "36, shares changed");
            drawn += _drawn[inTokens][i];
            due += own;
        }
        uint256 held = inTokens ? TOKEN.balanceOf(address(SPLITTER)) : address(SPLITTER).balance;

        _holds(drawn + held == _received[inTokens], "31, drawn and held are not what came in");
        _holds(due <= held, "32, owes more than it holds");
        _holds(held - due < PAYEES, "34, more than roundings left over");
        _holds(SPLITTER.totalShares() == TOTAL, "36, shares changed");
    }

    function _checkOthers(uint256[PAYEES] memory before, uint256 drawer, uint256 amount, bool inTokens) private view {
        _holds(before[drawer] == amount && _due(drawer, inTokens) == 0, "33, drew something else");
        for (uint256 i = 0; i < PAYEES; ++i) {
            if (i != drawer) _holds(_due(i, inTokens) == before[i], "35, a draw changed another's due");
        }
    }

    /* DOING */

    function _pay(uint256 amount) private {
        vm.deal(address(this), amount);
        (bool success, ) = address(SPLITTER).call{value: amount}("");
        _holds(success, "31, refused ether");
        _received[false] += amount;
    }

    function _payTokens(uint256 amount) private {
        TOKEN.print(address(SPLITTER), amount);
        _received[true] += amount;
    }

    /// @dev A payee to whom something is due; pays first if it is nothing.
    function _payeeWithEther(uint256 pick) private returns (uint256 i) {
        i = pick % PAYEES;
        if (_due(i, false) == 0) _pay(1 + TOTAL + (pick % 1_000));
    }

    function _payeeWithTokens(uint256 pick) private returns (uint256 i) {
        i = pick % PAYEES;
        if (_due(i, true) == 0) _payTokens(1 + TOTAL + (pick % 1_000));
    }

    /// @dev From a few wei, where roundings show, to more than there is ether.
    function _amount(uint256 amount) private pure returns (uint256) {
        return (amount >> 8) % 10 ** (1 + (amount % 27));
    }

    function _dues(bool inTokens) private view returns (uint256[PAYEES] memory dues) {
        for (uint256 i = 0; i < PAYEES; ++i) dues[i] = _due(i, inTokens);
    }

    function _due(uint256 i, bool inTokens) private view returns (uint256) {
        return inTokens ? SPLITTER.releasable(IERC20(TOKEN), _payees[i]) : SPLITTER.releasable(_payees[i]);
    }

    function _refusedEther(address payee, address to, bytes memory expected, string memory reason) private {
        bytes memory call = abi.encodeWithSignature("release(address)", to);
        _refused(address(SPLITTER), payee, call, expected, reason);
    }

    function _refusedTokens(address payee, address to, bytes memory expected, string memory reason) private {
        bytes memory call = abi.encodeWithSignature("release(address,address)", TOKEN, to);
        _refused(address(SPLITTER), payee, call, expected, reason);
    }
}
