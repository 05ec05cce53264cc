// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {IERC721Batch} from "../interfaces/IERC721Batch.sol";
import {BatchHead} from "../types/BatchHead.sol";
import {BatchStatus} from "../types/BatchStatus.sol";
import {TokenWord} from "../types/TokenWord.sol";

/// @title ERC721Batch
/// @notice OpenZeppelin's ERC721 for tokens that come to be in batches: one head for the whole batch, one word for each
/// token from its first move on.
/// @dev The rules, the errors and the events of a move stay OpenZeppelin's. What changes is where owners, balances and
/// approvals are kept, so `_owners`, `_balances` and `_tokenApprovals` of the base stay empty. `_update` and `_approve`
/// are therefore written anew, without `super`, line by line after the originals of 5.7.0; a differential test holds the
/// two together.
abstract contract ERC721Batch is ERC721, IERC721Batch {
    /// @dev Token id = batch * IDS_PER_BATCH + index.
    uint256 internal constant IDS_PER_BATCH = 1_000_000;

    mapping(uint256 batch => BatchHead) internal _heads;
    mapping(uint256 tokenId => TokenWord) private _words;
    mapping(address owner => uint256) private _held;

    /// @dev An approval is filed under the transfer count it was given at, so a move ends it without touching it.
    mapping(uint256 tokenId => mapping(uint256 transfers => address)) private _approved;

    /* OWNERS */

    /// @inheritdoc ERC721
    function balanceOf(address owner) public view override returns (uint256) {
        require(owner != address(0), ERC721InvalidOwner(address(0)));

        return _held[owner];
    }

    function _ownerOf(uint256 tokenId) internal view override returns (address) {
        return _ownerIn(_words[tokenId], tokenId);
    }

    /// @dev A written word is the whole truth: a burned token has no owner and never falls back to its batch.
    function _ownerIn(TokenWord word, uint256 tokenId) private view returns (address) {
        if (word.isWritten()) return word.owner();

        return _heads[tokenId / IDS_PER_BATCH].holderAt(tokenId % IDS_PER_BATCH);
    }

    function _batchOf(uint256 tokenId) internal pure virtual returns (uint256) {
        return tokenId / IDS_PER_BATCH;
    }

    /* MINTING */

    /// @dev Puts the sealed head of a batch in place, which is what makes its tokens exist. One event for each token, as
    /// ERC-721 asks; no callback, see {ILoopCollection}.
    function _mintBatch(uint256 batch, BatchHead head) internal {
        address to = head.recipient();
        uint256 count = head.count();
        uint256 first = batch * IDS_PER_BATCH;
        uint256 end = first + count;

        _heads[batch] = head;
        _held[to] += count;

        for (uint256 tokenId = first; tokenId < end; ++tokenId) {
            emit Transfer(address(0), to, tokenId);
        }
    }

    /// @dev The base would count into its own empty mapping.
    function _increaseBalance(address account, uint128 value) internal override {
        _held[account] += value;
    }

    /* MOVING */

    /// @dev As the base, with own words and balances, with nothing to clear, and with two questions more.
    function _update(address to, uint256 tokenId, address auth) internal override returns (address from) {
        TokenWord word = _words[tokenId];
        from = _ownerIn(word, tokenId);
        if (auth != address(0)) _checkAuthorized(from, auth, tokenId);
        _requireFree(word, tokenId);
        if (from != address(0) && to != address(0)) _beforeTransfer(from, to, tokenId);

        if (from != address(0)) _held[from] -= 1;
        if (to != address(0)) _held[to] += 1;
        _words[tokenId] = word.moved(to);

        emit Transfer(from, to, tokenId);
    }

    /// @dev A last word before a token goes from one holder to another; not asked when one is minted or burned.
    function _beforeTransfer(address from, address to, uint256 tokenId) internal view virtual;

    /* LOCKS */

    /// @dev Locks a token of `holder`'s until the child is sealed, which burns it, or abandoned, which frees it.
    function _lock(uint256 tokenId, address holder, uint256 child) internal {
        TokenWord word = _requireHeld(tokenId, holder);
        _requireFree(word, tokenId);

        _words[tokenId] = word.lockedFor(holder, child);

        emit Locked(tokenId, child);
    }

    /// @dev Burns a token for the child that it is locked for. Its holder agreed when he locked it and is not asked again.
    function _burnLocked(uint256 tokenId, uint256 child) internal {
        TokenWord word = _words[tokenId];
        require(word.lock() == child, ERC721BatchTokenNotLocked(tokenId, child));
        address from = word.owner();

        _held[from] -= 1;
        _words[tokenId] = word.moved(address(0));

        emit Transfer(from, address(0), tokenId);
    }

    /// @dev A lock holds while its child may still come, and needs no unlocking: abandoning the child voids it.
    function _requireFree(TokenWord word, uint256 tokenId) private view {
        uint256 child = word.lock();
        if (child == 0 || _heads[child].status() == BatchStatus.Abandoned) return;

        revert ERC721BatchTokenLocked(tokenId, child);
    }

    /// @inheritdoc IERC721Batch
    function lockOf(uint256 tokenId) external view returns (uint256 child) {
        _requireOwned(tokenId);

        child = _words[tokenId].lock();
        if (_heads[child].status() == BatchStatus.Abandoned) child = 0;
    }

    /// @dev The word of a token that must be `holder`'s.
    function _requireHeld(uint256 tokenId, address holder) internal view returns (TokenWord word) {
        word = _words[tokenId];
        address from = _ownerIn(word, tokenId);
        require(from != address(0), ERC721NonexistentToken(tokenId));
        require(from == holder, ERC721IncorrectOwner(holder, tokenId, from));
    }

    /* PINS */

    /// @dev Writes the pin of a token of `holder`'s, at most 16 bits; `word` is its word. It ends with burning, not with a move.
    function _setPin(uint256 tokenId, TokenWord word, address holder, uint256 newPin) internal {
        _words[tokenId] = word.pinnedTo(holder, newPin);
    }

    function _pinOf(uint256 tokenId) internal view returns (uint256) {
        return _words[tokenId].pin();
    }

    /* APPROVALS */

    function _getApproved(uint256 tokenId) internal view override returns (address) {
        return _approved[tokenId][_words[tokenId].transfers()];
    }

    /// @dev As the base, filed under the transfer count.
    function _approve(address to, uint256 tokenId, address auth, bool emitEvent) internal override {
        if (emitEvent || auth != address(0)) {
            address owner = _requireOwned(tokenId);
            require(auth == address(0) || owner == auth || isApprovedForAll(owner, auth), ERC721InvalidApprover(auth));

            if (emitEvent) emit Approval(owner, to, tokenId);
        }

        _approved[tokenId][_words[tokenId].transfers()] = to;
    }
}
