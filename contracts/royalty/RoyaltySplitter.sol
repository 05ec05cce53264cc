// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Address} from "@openzeppelin/contracts/utils/Address.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";

import {IRoyaltySplitter} from "../interfaces/IRoyaltySplitter.sol";
import {SplitLib} from "../libraries/SplitLib.sol";

/// @title RoyaltySplitter
/// @notice See {IRoyaltySplitter}.
/// @dev OpenZeppelin gave its PaymentSplitter up with 5.0; this one differs in that only a payee draws, and names where to,
/// so that a payee whose account refuses ether is not stuck.
contract RoyaltySplitter is IRoyaltySplitter, ReentrancyGuardTransient {
    using SafeERC20 for IERC20;

    uint256 private constant MAX_PAYEES = 32;
    uint256 private constant MAX_SHARES = 1_000_000; // of one payee

    address[] private _payees;
    mapping(address payee => uint256) private _shares;
    uint256 public immutable totalShares;

    uint256 private _released;
    mapping(address payee => uint256) private _releasedTo;
    mapping(IERC20 token => uint256) private _tokenReleased;
    mapping(IERC20 token => mapping(address payee => uint256)) private _tokenReleasedTo;

    constructor(address[] memory accounts, uint256[] memory shares) {
        uint256 count = accounts.length;
        require(
            count != 0 && count <= MAX_PAYEES && shares.length == count,
            RoyaltySplitterPayeesOutOfRange(count, shares.length, MAX_PAYEES)
        );

        uint256 total = 0;
        for (uint256 i = 0; i < count; ++i) {
            address payee = accounts[i];
            uint256 share = shares[i];
            require(
                payee != address(0) && _shares[payee] == 0 && share != 0 && share <= MAX_SHARES,
                RoyaltySplitterInvalidPayee(payee, share, MAX_SHARES)
            );
            _shares[payee] = share;
            total += share;
        }
        _payees = accounts;
        totalShares = total;
    }

    /// @dev No event: ether that is forced in could emit none, so none can be relied on.
    receive() external payable {}

    /* DRAWING */

    /// @inheritdoc IRoyaltySplitter
    function release(address payable to) external returns (uint256 amount) {
        amount = releasable(msg.sender);
        _requireDrawable(amount, to);

        _released += amount;
        _releasedTo[msg.sender] += amount;

        emit Released(msg.sender, to, amount);
        Address.sendValue(to, amount);
    }

    /// @inheritdoc IRoyaltySplitter
    /// @dev Guarded, because a token that calls its recipient before it moves a balance still shows the old one meanwhile.
    function release(IERC20 token, address to) external nonReentrant returns (uint256 amount) {
        amount = releasable(token, msg.sender);
        _requireDrawable(amount, to);

        _tokenReleased[token] += amount;
        _tokenReleasedTo[token][msg.sender] += amount;

        emit TokenReleased(token, msg.sender, to, amount);
        token.safeTransfer(to, amount);
    }

    function _requireDrawable(uint256 amount, address to) private view {
        require(to != address(0), RoyaltySplitterReceiverMissing());
        require(amount != 0, RoyaltySplitterNothingDue(msg.sender));
    }

    /* READING */

    /// @inheritdoc IRoyaltySplitter
    function payees() external view returns (address[] memory) {
        return _payees;
    }

    /// @inheritdoc IRoyaltySplitter
    function sharesOf(address payee) external view returns (uint256 shares) {
        return _shares[payee];
    }

    /// @inheritdoc IRoyaltySplitter
    function releasable(address payee) public view returns (uint256 amount) {
        return SplitLib.due(address(this).balance + _released, _releasedTo[payee], _shares[payee], totalShares);
    }

    /// @inheritdoc IRoyaltySplitter
    function releasable(IERC20 token, address payee) public view returns (uint256 amount) {
        uint256 held = token.balanceOf(address(this));
        uint256 due = SplitLib.due(
            held + _tokenReleased[token],
            _tokenReleasedTo[token][payee],
            _shares[payee],
            totalShares
        );

        return due < held ? due : held;
    }
}
