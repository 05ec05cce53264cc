// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title Votes: works of the collection, wrapped
/// @notice Whoever wraps a work gets the same work here, with one vote, and gets the original back whenever he wants. Who does not vote
/// pays nothing: the collection knows nothing of votes. A wrapped work keeps its rights: its holder pins and attunes it here, it shows
/// and pays what the original shows and pays, and the collection's validator is asked about its transfers. To forge or to burn a work,
/// unwrap it: the holder alone does that, and here the wrapper holds it.
/// @dev Works are wrapped by `depositFor`, for any account, or by `safeTransferFrom` to this contract, for their holder; unwrapped by
/// `withdrawTo`. A plain `transferFrom` to it, or a batch minted to it, strands works, see {recover}.
///
/// Every wrapped work always counts for exactly one account, so the votes of all accounts add up to the wrapped works. An account that
/// named nobody is its own delegate from its first wrapped work on: 22,100 gas once for the slot, and from then on each transfer writes
/// the votes of both sides; OpenZeppelin's default, no votes until `delegate` is called, saves that and loses the votes of those who did
/// not know. Naming address zero is naming oneself.
interface ILoopVotes {
    /// @notice No epoch was published or taken back since the last time.
    error LoopVotesNothingNew();

    /// @notice The epoch was not taken back.
    error LoopVotesEpochStands(uint256 epoch);

    /// @notice Tells marketplaces to read every wrapped work again (ERC-4906), after the collection's newest or shown epoch changed. By
    /// anybody, once for each change.
    function refresh() external;

    /// @notice The same after an epoch was taken back that is not the shown one: works pinned to it show another now. By anybody, once.
    /// @param epoch Its number.
    function refreshVoided(uint256 epoch) external;

    /// @notice Wraps a work that was sent here unwrapped. Whose it was, the chain does not say, so the admin (the DAO) decides.
    /// @param account Who gets it.
    /// @param tokenId A work that this contract holds unwrapped.
    function recover(address account, uint256 tokenId) external;

    /// @notice See {ICreatorTokenLegacy}: the collection's own.
    function getTransferValidator() external view returns (address validator);

    /// @notice See {ICreatorToken}: the collection's own.
    function getTransferValidationFunction() external view returns (bytes4 functionSignature, bool isViewFunction);
}
