// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC1271} from "@openzeppelin/contracts/interfaces/IERC1271.sol";
import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";

/// @title A smart-contract wallet: does what its owner says, takes tokens, and answers for signatures
contract ContractWallet is IERC1271, IERC721Receiver {
    address private immutable OWNER;

    /// @dev What the last token came with.
    bytes public lastData;

    error ContractWalletNotOwner();

    constructor(address owner) {
        OWNER = owner;
    }

    function execute(address target, bytes calldata call) external returns (bytes memory) {
        require(msg.sender == OWNER, ContractWalletNotOwner());

        (bool success, bytes memory answer) = target.call(call);
        if (success) return answer;

        assembly ("memory-safe") {
            revert(add(answer, 0x20), mload(answer))
        }
    }

    function isValidSignature(bytes32, bytes calldata) external pure returns (bytes4) {
        return IERC1271.isValidSignature.selector;
    }

    function onERC721Received(address, address, uint256, bytes calldata data) external returns (bytes4) {
        lastData = data;
        return IERC721Receiver.onERC721Received.selector;
    }
}
