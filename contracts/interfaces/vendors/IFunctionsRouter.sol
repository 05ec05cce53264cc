// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title The part of Chainlink's Functions router that is called here
/// @dev https://docs.chain.link/chainlink-functions/api-reference. The public network was shut down in 2026.
interface IFunctionsRouter {
    /// @notice Sends a request, paid by a subscription.
    /// @param subscriptionId Whose LINK pays.
    /// @param data CBOR of the request: source, arguments, secrets.
    /// @param dataVersion 1.
    /// @param callbackGasLimit For {IFunctionsClient-handleOracleFulfillment}; at most 300,000.
    /// @param donId Which oracle network.
    function sendRequest(
        uint64 subscriptionId,
        bytes calldata data,
        uint16 dataVersion,
        uint32 callbackGasLimit,
        bytes32 donId
    ) external returns (bytes32 requestId);
}

/// @title What the router calls back
interface IFunctionsClient {
    /// @notice Takes the answer to a request.
    /// @param requestId From {IFunctionsRouter-sendRequest}.
    /// @param response What the script returned, at most 256 bytes; empty on an error.
    /// @param err What went wrong; empty on success.
    function handleOracleFulfillment(bytes32 requestId, bytes memory response, bytes memory err) external;
}
