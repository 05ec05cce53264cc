// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Governed} from "../access/Governed.sol";
import {PARAMETER_ROLE} from "../access/Roles.sol";
import {ITermsInForce} from "../interfaces/ITermsInForce.sol";
import {Terms, TermsLib} from "../types/Terms.sol";

/// @title TermsKeeper
/// @notice See {ITermsInForce}.
/// @dev One cold read at an opening, and at an epoch where there is a cadence, of which the list of epochs keeps one bit; no write.
/// When the last epoch was, its own word says.
abstract contract TermsKeeper is ITermsInForce, Governed {
    Terms private _termsInForce;

    /// @inheritdoc ITermsInForce
    function setTermsInForce(
        uint16 guardThreshold,
        uint16 oddsSensitivity,
        uint32 cadence
    ) external onlyRole(PARAMETER_ROLE) {
        Terms terms = TermsLib.pack(guardThreshold, oddsSensitivity, cadence);
        _termsInForce = terms;

        emit TermsInForceChanged(guardThreshold, oddsSensitivity, cadence);
        _afterTermsChanged(terms);
    }

    /// @inheritdoc ITermsInForce
    function termsInForce() external view returns (TermsInForce memory terms) {
        Terms current = _termsInForce;

        terms = TermsInForce({
            isSet: current.isSet(),
            guardThreshold: uint16(current.guard()),
            oddsSensitivity: uint16(current.odds()),
            cadence: uint32(current.cadence())
        });
    }

    /// @dev What stands on the terms before follows.
    function _afterTermsChanged(Terms terms) internal virtual;

    function _requireInForce(bytes32 conditions) internal view {
        Terms terms = _termsInForce;
        require(terms.allow(conditions), TermsNotInForce(conditions, terms.applied(conditions)));
    }

    /// @dev In seconds; zero for any.
    function _cadence() internal view returns (uint256) {
        return _termsInForce.cadence();
    }
}
