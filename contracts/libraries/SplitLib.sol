// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title What is due to one payee
library SplitLib {
    /// @dev floor(received * shares / total) - drawn. Splitting what was received first keeps the product inside 256 bits:
    /// received = whole * total + rest, and the first part needs no rounding.
    function due(uint256 received, uint256 drawn, uint256 shares, uint256 total) internal pure returns (uint256) {
        uint256 share = (received / total) * shares + ((received % total) * shares) / total;

        return share > drawn ? share - drawn : 0;
    }
}
