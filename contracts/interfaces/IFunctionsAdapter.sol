// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketAdapter} from "./IMarketAdapter.sol";

/// @title Chainlink Functions as a market
/// @notice Anybody may send the one request whose hash was fixed at construction; the answer is one packed observation. The
/// public network was shut down in 2026: this adapter is for networks that run the router themselves.
/// @dev The evidence of {IMarketAdapter-Brought} is the request id. The callback never reverts, whatever it is given.
interface IFunctionsAdapter is IMarketAdapter {
    /// @notice Emitted when a request was sent.
    event Requested(bytes32 indexed requestId);

    /// @notice Zero stands where a router, a request, a network or an interval is needed, or the gas of the callback is out of
    /// 100,000 to 300,000.
    error FunctionsInvalidConfiguration();

    /// @notice Not the request that this adapter was made for.
    error FunctionsOtherRequest(bytes32 requestHash, bytes32 expected);

    /// @notice The last request may still be answered, or is too young: each costs its subscription LINK.
    error FunctionsTooSoon(uint256 earliest);

    /// @notice Only the router calls back.
    error FunctionsUnauthorizedRouter(address caller);

    /// @notice No answer is awaited to this. Only ever told by {IMarketAdapter-Discarded}.
    error FunctionsUnknownRequest(bytes32 requestId);

    /// @notice The answer is an error, of which the first 256 bytes are told, or not one word. Only ever told by
    /// {IMarketAdapter-Discarded}.
    error FunctionsMalformedResponse(uint256 length, bytes err);

    /// @notice Sends the request.
    /// @param data CBOR whose hash was fixed.
    function request(bytes calldata data) external returns (bytes32 requestId);

    /// @notice What was fixed at construction.
    /// @return router Where requests go.
    /// @return subscriptionId Whose LINK pays.
    /// @return donId Which oracle network.
    /// @return requestHash Of the CBOR.
    /// @return leastInterval From one request to the next, seconds.
    function configuration()
        external
        view
        returns (address router, uint64 subscriptionId, bytes32 donId, bytes32 requestHash, uint256 leastInterval);

    /// @notice What is awaited.
    /// @return requestId The request that may still be answered, zero for none.
    /// @return sentAt When the last one was sent, answered or not, unix seconds.
    function pending() external view returns (bytes32 requestId, uint256 sentAt);
}
