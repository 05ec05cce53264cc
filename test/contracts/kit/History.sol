// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @dev Where EIP-2935 puts the history contract.
address constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

/// @dev Its code, byte for byte as in the EIP. It refuses a block that is not 1 to 8,191 blocks old.
bytes constant HISTORY_CODE =
    hex"3373fffffffffffffffffffffffffffffffffffffffe14604657602036036042575f35600143038111604257611fff81430311604257611fff9006545f5260205ff35b5f5ffd5b5f35611fff60014303065500";

/// @dev The place of a block in its ring.
function historySlot(uint256 blockNumber) pure returns (bytes32) {
    return bytes32(blockNumber % 8_191);
}
