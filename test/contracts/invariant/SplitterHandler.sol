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
    mapping(bool inTokens => uint256) private _drawnByAll;

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
        _draw(_payeeWithEther(pick), to, false);
        _worked();
    }

    function drawTokens(uint256 pick, uint256 to) external counted {
        _draw(_payeeWithTokens(pick), to, true);
        _worked();
    }

    function _draw(uint256 i, uint256 to, bool inTokens) private {
        address receiver = address(uint160(0x10000 + (to % 3)));
        uint256 other = (i + 1 + (to % (PAYEES - 1))) % PAYEES;
        uint256 before = _due(i, inTokens);
        uint256 otherBefore = _due(other, inTokens);
        uint256 balance = inTokens ? TOKEN.balanceOf(receiver) : receiver.balance;

        uint256 amount = _release(i, receiver, inTokens);
        balance = (inTokens ? TOKEN.balanceOf(receiver) : receiver.balance) - balance;
        _holds(balance == amount, "31, sent something else");
        _holds(before == amount && _due(i, inTokens) == 0, "33, drew something else");
        _holds(_due(other, inTokens) == otherBefore, "35, a draw changed another's due");
    }

    function _release(uint256 i, address to, bool inTokens) private returns (uint256 amount) {
        vm.prank(_payees[i]);
        amount = inTokens ? SPLITTER.release(IERC20(TOKEN), to) : SPLITTER.release(payable(to));
        _drawn[inTokens][i] += amount;
        _drawnByAll[inTokens] += amount;
    }

    /* MUST REVERT */

    function drawTwiceMustRevert(uint256 pick) external counted {
        uint256 i = _payeeWithEther(pick);
        _release(i, _payees[i], false);
        bytes memory expected = abi.encodeWithSelector(IRoyaltySplitter.RoyaltySplitterNothingDue.selector, _payees[i]);
        _refusedEther(_payees[i], _payees[i], expected, "33, ether drawn twice");

        i = _payeeWithTokens(pick);
        _release(i, _payees[i], true);
        _refusedTokens(_payees[i], _payees[i], expected, "33, tokens drawn twice");
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

    /// @notice After every step: the sums and one payee, in ether or in tokens.
    function checkStep() external view {
        bool inTokens = turn % 2 == 0;
        _checkSums(inTokens);
        _checkPayee((turn / 2) % PAYEES, inTokens);
    }

    /// @notice At the end of a run: everything.
    function checkAll() external view {
        _checkAll(false);
        _checkAll(true);
        _holds(SPLITTER.totalShares() == TOTAL, "36, shares changed");
    }

    function _checkAll(bool inTokens) private view {
        uint256 due = 0;
        for (uint256 i = 0; i < PAYEES; ++i) due += _checkPayee(i, inTokens);
        uint256 held = _checkSums(inTokens);

        _holds(due <= held, "32, owes more than it holds");
        _holds(held - due < PAYEES, "34, more than roundings left over");
    }

    function _checkSums(bool inTokens) private view returns (uint256 held) {
        held = inTokens ? TOKEN.balanceOf(address(SPLITTER)) : address(SPLITTER).balance;
        _holds(_drawnByAll[inTokens] + held == _received[inTokens], "31, drawn and held are not what came in");
    }

    function _checkPayee(uint256 i, bool inTokens) private view returns (uint256 due) {
        due = _due(i, inTokens);
        _holds(due + _drawn[inTokens][i] == (_received[inTokens] * _shares[i]) / TOTAL, "33, not his floor share");
        _holds(SPLITTER.sharesOf(_payees[i]) == _shares[i], "36, shares changed");
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
