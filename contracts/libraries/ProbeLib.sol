// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ITransferValidator} from "../interfaces/ICreatorToken.sol";

/// @title Whether a transfer validator would let works into a wrapper and out again
/// @notice Four questions, as the collection would ask them: into the wrapper and out of it, each moved by the wrapper, for a holder without
/// code and for one with.
/// @dev What the answers cannot promise: that the validator answers the same tomorrow, or to a holder or work that was not asked about, or to
/// the collection, since it sees who asks; nor that it answers the same to who only asks. So it is no proof against a malicious validator, but
/// it finds the list that was meant for marketplaces and stops wrappers. Votes lie in the wrapper, so who is locked in can still vote the
/// validator away; and burning asks no validator.
library ProbeLib {
    /// @dev The first work there is.
    uint256 private constant WORK = 1_000_000;

    /// @dev A validator without code answers nothing, and the collection refuses it.
    function letsWrap(address validator, address wrapper) internal view returns (bool) {
        if (validator.code.length == 0) return true;
        address[2] memory holders = [address(uint160(uint256(keccak256("a holder without code")))), address(this)];
        for (uint256 i = 0; i < holders.length; ++i) {
            if (!_lets(validator, wrapper, holders[i], wrapper)) return false;
            if (!_lets(validator, wrapper, wrapper, holders[i])) return false;
        }
        return true;
    }

    function _lets(address validator, address caller, address from, address to) private view returns (bool) {
        try ITransferValidator(validator).validateTransfer(caller, from, to, WORK) {
            return true;
        } catch {
            return false;
        }
    }
}
