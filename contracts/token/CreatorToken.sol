// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Governed} from "../access/Governed.sol";
import {PARAMETER_ROLE} from "../access/Roles.sol";
import {ICreatorToken, ICreatorTokenLegacy, ITransferValidator} from "../interfaces/ICreatorToken.sol";
import {ERC721Batch} from "./ERC721Batch.sol";

/// @title CreatorToken
/// @notice ERC-721C, see {ICreatorToken}: off until the parameter authority names a validator.
/// @dev The validator is asked by STATICCALL and before anything changes, so it can refuse and nothing else. It is not
/// asked about burning, nor about forging, which moves nothing: no validator can keep works locked.
abstract contract CreatorToken is ICreatorToken, ERC721Batch, Governed {
    address private _validator;

    constructor() {
        emit TransferValidatorUpdated(address(0), address(0));
    }

    /// @inheritdoc ICreatorTokenLegacy
    function getTransferValidator() external view returns (address validator) {
        return _validator;
    }

    /// @inheritdoc ICreatorToken
    function getTransferValidationFunction() external pure returns (bytes4 functionSignature, bool isViewFunction) {
        return (ITransferValidator.validateTransfer.selector, true);
    }

    /// @inheritdoc ICreatorTokenLegacy
    function setTransferValidator(address validator) external onlyRole(PARAMETER_ROLE) {
        require(validator == address(0) || validator.code.length != 0, CreatorTokenInvalidValidator(validator));

        emit TransferValidatorUpdated(_validator, validator);
        _validator = validator;
    }

    function _beforeTransfer(address from, address to, uint256 tokenId) internal view virtual override {
        address validator = _validator;
        if (validator != address(0)) ITransferValidator(validator).validateTransfer(_msgSender(), from, to, tokenId);
    }
}
