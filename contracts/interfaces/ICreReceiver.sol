// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketAdapter} from "./IMarketAdapter.sol";

/// @title Chainlink CRE as a market
/// @notice Takes the report of one workflow from one forwarder. A report is one packed observation. What is stale, repeated or
/// malformed is discarded and not reverted: the forwarder would try again.
/// @dev The evidence of {IMarketAdapter-Brought} is `keccak256(report)`.
interface ICreReceiver is IMarketAdapter {
    /// @notice The forwarder, the workflow's owner or its name is zero: with no forwarder anybody could report.
    error CreReceiverInvalidConfiguration();

    /// @notice Only the forwarder delivers.
    error CreReceiverUnauthorizedForwarder(address caller);

    /// @notice The report is another workflow's, or tells none.
    error CreReceiverUnknownWorkflow(address owner, bytes10 name);

    /// @notice The report is not one word. Only ever told by {IMarketAdapter-Discarded}.
    error CreReceiverMalformedReport(uint256 length);

    /// @notice Whose reports are taken.
    /// @return forwarder Chainlink's contract on this chain.
    /// @return owner The workflow's owner.
    /// @return name The first ten hex digits of the SHA-256 of the workflow's name, as bytes of text.
    function source() external view returns (address forwarder, address owner, bytes10 name);
}
