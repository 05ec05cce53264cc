// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

/// @title RollupFees
/// @notice Stands in for the GasPriceOracle of the OP stack, which no chain has that can be run here: the same questions, answered
/// by a price for each byte instead of one for the chain below. It keeps nothing, so its code can be put at the oracle's address.
contract RollupFees {
    uint256 public constant WEI_PER_BYTE = 50 gwei;
    uint256 public constant WEI_PER_GAS = 3;
    uint256 private constant SIGNATURE = 68; // bytes, which the oracle adds as well

    function getL1Fee(bytes calldata data) external pure returns (uint256 fee) {
        return (data.length + SIGNATURE) * WEI_PER_BYTE;
    }

    function getOperatorFee(uint256 gasUsed) external pure returns (uint256 fee) {
        return gasUsed * WEI_PER_GAS;
    }
}
