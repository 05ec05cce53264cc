// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// What openings and epochs must keep to: one word, zero until the parameter authority first sets it.
//
//   bit 255      65    64   63     32 31     16 15        0
//       +----------+--------+---------+---------+-----------+
//       |    0     | isSet  | cadence |  odds   |   guard   |
//       +----------+--------+---------+---------+-----------+
//           191        1        32        16         16
//
// guard    guard threshold of every opening, bps
// odds     odds sensitivity of every opening, bps
// cadence  seconds from one epoch to the next, at least; zero for any
// isSet    so that a guard threshold of zero is one that was meant
//
// In conditions (Observation.sol) both parameters lie side by side as well: guard at bit 24, odds at bit 8.
type Terms is uint256;

using TermsLib for Terms global;

/// @title Reading and writing the terms in force
library TermsLib {
    uint256 private constant ODDS_AT = 16;
    uint256 private constant CADENCE_AT = 32;
    uint256 private constant SET_AT = 64;

    uint256 private constant GUARD_IN_CONDITIONS = 24;
    uint256 private constant ODDS_IN_CONDITIONS = 8;
    uint256 private constant PARAMETERS = uint256(type(uint32).max) << ODDS_IN_CONDITIONS;

    function pack(uint16 guard_, uint16 odds_, uint32 cadence_) internal pure returns (Terms) {
        return
            Terms.wrap(guard_ | (uint256(odds_) << ODDS_AT) | (uint256(cadence_) << CADENCE_AT) | (1 << SET_AT));
    }

    function isSet(Terms terms) internal pure returns (bool) {
        return Terms.unwrap(terms) >> SET_AT != 0;
    }

    function guard(Terms terms) internal pure returns (uint256) {
        return uint16(Terms.unwrap(terms));
    }

    function odds(Terms terms) internal pure returns (uint256) {
        return uint16(Terms.unwrap(terms) >> ODDS_AT);
    }

    function cadence(Terms terms) internal pure returns (uint256) {
        return uint32(Terms.unwrap(terms) >> CADENCE_AT);
    }

    /// @dev The conditions with these parameters in place of theirs.
    function applied(Terms terms, bytes32 conditions) internal pure returns (bytes32) {
        return withParameters(conditions, terms.guard(), terms.odds());
    }

    /// @dev Terms that were never set allow any conditions.
    function allow(Terms terms, bytes32 conditions) internal pure returns (bool) {
        return !terms.isSet() || terms.applied(conditions) == conditions;
    }

    /// @dev The caller has bounded both parameters to 16 bits.
    function withParameters(bytes32 conditions, uint256 guard_, uint256 odds_) internal pure returns (bytes32) {
        uint256 parameters = (guard_ << GUARD_IN_CONDITIONS) | (odds_ << ODDS_IN_CONDITIONS);

        return bytes32((uint256(conditions) & ~PARAMETERS) | parameters);
    }
}
