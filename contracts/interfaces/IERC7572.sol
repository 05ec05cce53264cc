// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title ERC-7572: metadata of a whole contract
interface IERC7572 {
    /// @notice Emitted when the answer of {contractURI} changes.
    event ContractURIUpdated();

    /// @notice Where the name, the picture and the description of the collection lie.
    function contractURI() external view returns (string memory);
}
