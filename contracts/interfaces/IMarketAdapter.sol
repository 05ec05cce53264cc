// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {IMarketOracle} from "./IMarketOracle.sol";

/// @title Who brings rounds
/// @notice One vendor, or one group of reporters, in front of one oracle. The oracle decides what it accepts; an adapter
/// makes sure that what it brings is what its vendor said.
interface IMarketAdapter is IERC165 {
    /// @notice Emitted when the oracle accepted what the adapter brought.
    /// @param round Number of the round.
    /// @param evidence Hash of what the observation rests on; each adapter says of what.
    event Brought(uint256 indexed round, bytes32 indexed evidence);

    /// @notice Emitted when something a vendor delivered was dropped: a delivery must not revert, or the vendor tries again.
    /// @param evidence Hash of what was delivered.
    /// @param reason The error that it would have been, ABI-encoded.
    event Discarded(bytes32 indexed evidence, bytes reason);

    /// @notice No contract is where the oracle should be.
    error MarketAdapterOracleMissing(address oracle);

    /// @notice Whose rounds it brings.
    function ORACLE() external view returns (IMarketOracle);

    /// @notice Which adapter it is: "signed-reporters", "data-feeds", "cre" or "functions", padded with zeros.
    function kind() external view returns (bytes32 name);
}
