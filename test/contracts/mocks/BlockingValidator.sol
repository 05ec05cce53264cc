// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ITransferValidator} from "../../../contracts/interfaces/ICreatorToken.sol";

/// @title Blocks listed operators, but never an owner
/// @dev The rule of the validators that enforce royalties, with one storage read a transfer.
contract BlockingValidator is ITransferValidator {
    mapping(address operator => bool) private _blocked;

    error BlockingValidatorRefuses(address operator, address from, address to, uint256 tokenId);

    function refuse(address operator) external {
        _blocked[operator] = true;
    }

    function validateTransfer(address caller, address from, address to, uint256 tokenId) external view {
        if (caller != from && _blocked[caller]) revert BlockingValidatorRefuses(caller, from, to, tokenId);
    }
}
