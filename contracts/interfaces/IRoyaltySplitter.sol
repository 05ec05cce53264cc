// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title Royalties of several artists, each drawing his own
/// @notice Whatever comes in, ether or tokens, belongs to the payees by their shares, which never change. Nobody is paid
/// unless he draws, so one payee who cannot receive holds nobody up; and nobody else, no admin either, can draw.
/// @dev Ether that is forced in counts as income like any other. Tokens that change balances by themselves (rebasing, or
/// a fee on transfer) are shared by what the contract holds; a balance that shrinks leaves the last to draw short.
interface IRoyaltySplitter {
    /// @notice Emitted when a payee's ether was sent.
    event Released(address indexed payee, address indexed to, uint256 amount);

    /// @notice Emitted when a payee's tokens were sent.
    event TokenReleased(IERC20 indexed token, address indexed payee, address indexed to, uint256 amount);

    /// @notice There are 1 to `max` payees, and as many shares.
    error RoyaltySplitterPayeesOutOfRange(uint256 payees, uint256 shares, uint256 max);

    /// @notice The payee is zero or was named before, or his share is zero or above `max`.
    error RoyaltySplitterInvalidPayee(address payee, uint256 shares, uint256 max);

    /// @notice Nobody can draw to zero.
    error RoyaltySplitterReceiverMissing();

    /// @notice The account is no payee, or has drawn all that has come in for it.
    error RoyaltySplitterNothingDue(address payee);

    /// @notice The payees, in the order in which they were named.
    /// @return payees 1 to 32 accounts.
    function payees() external view returns (address[] memory);

    /// @notice Shares of an account.
    /// @param payee An account.
    /// @return shares Zero for nobody.
    function sharesOf(address payee) external view returns (uint256 shares);

    /// @notice All shares together.
    /// @return shares More than zero.
    function totalShares() external view returns (uint256 shares);

    /// @notice Ether that an account may draw now.
    /// @param payee An account.
    /// @return amount wei, rounded down.
    function releasable(address payee) external view returns (uint256 amount);

    /// @notice Tokens that an account may draw now.
    /// @param token An ERC-20 token.
    /// @param payee An account.
    /// @return amount Units of the token, rounded down.
    function releasable(IERC20 token, address payee) external view returns (uint256 amount);

    /// @notice Sends the caller's ether.
    /// @param to Receiver, not zero.
    /// @return amount wei sent.
    function release(address payable to) external returns (uint256 amount);

    /// @notice Sends the caller's tokens.
    /// @param token An ERC-20 token.
    /// @param to Receiver, not zero.
    /// @return amount Units of the token sent.
    function release(IERC20 token, address to) external returns (uint256 amount);
}
