// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// The dials of a work, see {IAttunement}: four signed bytes, each from -8 to 8.
//
//   bit 255                     32 31    24 23    16 15     8 7      0
//       +-------------------------+--------+--------+--------+--------+
//       |            0            | dial 3 | dial 2 | dial 1 | dial 0 |
//       +-------------------------+--------+--------+--------+--------+
//                   224               8        8        8        8
type Dials is uint256;

using DialsLib for Dials global;

/// @title Reading and turning the dials of a work
library DialsLib {
    uint256 internal constant ACTS = 8;
    int256 private constant END = 8;

    /// @dev The dial that an act turns, as it stands. The caller has bounded `act` by {ACTS}.
    function turnedBy(Dials dials, uint256 act) internal pure returns (int256 dial) {
        return int8(uint8(Dials.unwrap(dials) >> _shift(act)));
    }

    /// @dev Whether the act would turn its dial past its end.
    function isAtEnd(Dials dials, uint256 act) internal pure returns (bool) {
        return dials.turnedBy(act) == (act % 2 == 1 ? END : -END);
    }

    /// @dev The dials after an act, odd acts turn up and even ones down. The caller has asked {isAtEnd}.
    function afterAct(Dials dials, uint256 act) internal pure returns (Dials) {
        int256 dial = dials.turnedBy(act) + (act % 2 == 1 ? int256(1) : -1);
        uint256 kept = Dials.unwrap(dials) & ~(uint256(0xff) << _shift(act));

        return Dials.wrap(kept | (uint256(uint8(int8(dial))) << _shift(act)));
    }

    function _shift(uint256 act) private pure returns (uint256) {
        return 8 * (act / 2);
    }
}
