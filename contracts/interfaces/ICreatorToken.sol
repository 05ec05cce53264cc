// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title The older half of ERC-721C, whose id some marketplaces still ask for
interface ICreatorTokenLegacy {
    /// @notice Emitted when the validator changes, and by the constructor.
    event TransferValidatorUpdated(address oldValidator, address newValidator);

    /// @notice Who is asked before a transfer; zero = nobody.
    function getTransferValidator() external view returns (address validator);

    /// @notice Names who is asked before each transfer from now on.
    /// @param validator A contract, or zero for nobody.
    function setTransferValidator(address validator) external;
}

/// @title ERC-721C: a collection whose transfers a validator may refuse, so that marketplaces honour royalties
/// @notice Limit Break's standard; OpenSea and others read it to tell whether royalties are enforced.
interface ICreatorToken is ICreatorTokenLegacy {
    /// @notice The validator is neither zero nor a contract.
    error CreatorTokenInvalidValidator(address validator);

    /// @notice Which function of the validator is called, and that it is a view.
    function getTransferValidationFunction() external view returns (bytes4 functionSignature, bool isViewFunction);
}

/// @title What a validator answers with: nothing, or a revert
interface ITransferValidator {
    /// @param caller Who moves the token.
    /// @param from Its holder.
    /// @param to Its next holder.
    /// @param tokenId The token.
    function validateTransfer(address caller, address from, address to, uint256 tokenId) external view;
}
