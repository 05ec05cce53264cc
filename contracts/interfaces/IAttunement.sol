// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title Holders steer how their works evolve
/// @notice An act turns one of a work's four dials by one, up or down, within -8 to 8. The next epochs are computed from
/// the dials as they stood at the end of the block in which their round was accepted.
/// @dev Dials: 0 temper (serene to restless), 1 warmth (cool to warm), 2 distance (far to near), 3 response (aloof to eager:
/// how far the market moves the work). Act = 2 * dial + 1 to turn it up, 2 * dial to turn it down.
interface IAttunement {
    /// @notice Emitted at every act, with all dials after it.
    /// @param attunement Four signed bytes, dial 0 in the lowest, the rest of the word zero.
    event Attuned(uint256 indexed tokenId, address indexed by, uint256 act, uint256 attunement);

    /// @notice There are eight acts, 0 to 7.
    error AttunementUnknownAct(uint256 act);

    /// @notice The dial stands at its end.
    error AttunementAtEnd(uint256 tokenId, uint256 act);

    /// @notice Turns a dial. By the holder, or whom the holder approved.
    /// @param tokenId The work.
    /// @param act 0 to 7.
    function attune(uint256 tokenId, uint256 act) external;

    /// @notice The dials of a work.
    /// @param tokenId A work that exists.
    /// @return attunement As in {Attuned}; zero if nobody ever turned one.
    function attunementOf(uint256 tokenId) external view returns (uint256 attunement);
}
