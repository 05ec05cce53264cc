// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

/// @title What Chainlink's CRE calls
/// @dev https://docs.chain.link/cre, "Building consumer contracts". The forwarder asks by ERC-165 before it delivers.
interface IReceiver is IERC165 {
    /// @notice Takes a report that the DON signed and the forwarder checked.
    /// @param metadata Workflow id (32 bytes), workflow name (10), workflow owner (20), and in production a report id (2).
    /// @param report What the workflow encoded.
    function onReport(bytes calldata metadata, bytes calldata report) external;
}
