// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title The hash of a past block, from whichever source still knows it
library SeedBlockLib {
    /// @dev Blocks that the EIP-2935 history contract remembers.
    uint256 internal constant HISTORY_WINDOW = 8_191;

    /// @dev Deployed by the protocol at the same address on every chain that has EIP-2935.
    address internal constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    /// @dev Zero where no source knows the hash. On a chain without the history contract, or with a stub in its place, the
    /// call reverts or answers short, and that means "not available": it must never pass for a hash.
    function hashOf(uint256 blockNumber) internal view returns (bytes32) {
        bytes32 recent = blockhash(blockNumber);
        if (recent != bytes32(0)) return recent;

        (bool success, bytes memory answer) = HISTORY.staticcall(abi.encode(blockNumber));
        return success && answer.length == 32 ? bytes32(answer) : bytes32(0);
    }
}
