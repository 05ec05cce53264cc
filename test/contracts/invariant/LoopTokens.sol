// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IAttunement} from "../../../contracts/interfaces/IAttunement.sol";
import {IERC7160} from "../../../contracts/interfaces/IERC7160.sol";
import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {LoopForging} from "./LoopForging.sol";
import {OneTransferValidator} from "./LoopNotes.sol";

/// @title What holders do with their works
abstract contract LoopTokens is LoopForging {
    function transfer(uint256 pick, uint256 actor) external counted {
        uint256 tokenId = _free(pick);
        if (tokenId == 0) return;

        address owner = ownerNote[tokenId];
        _transfer(owner, owner, _actor(actor), tokenId);
        _worked();
    }

    function transferByApproved(uint256 pick, uint256 actor, uint256 spender) external counted {
        uint256 tokenId = _free(pick);
        if (tokenId == 0) return;

        address owner = ownerNote[tokenId];
        if (spender % 2 == 0) {
            vm.prank(owner);
            COLLECTION.approve(STRANGER, tokenId);
            _transfer(STRANGER, owner, _actor(actor), tokenId);
        } else {
            vm.prank(owner);
            COLLECTION.setApprovalForAll(STRANGER, true);
            _transfer(STRANGER, owner, _actor(actor), tokenId);
            vm.prank(owner);
            COLLECTION.setApprovalForAll(STRANGER, false);
        }
        _worked();
    }

    function approve(uint256 pick, uint256 spender) external counted {
        if (_free(pick) == 0) return;
        uint256 tokenId = live[pick % live.length]; // locked ones too: approving moves nothing

        vm.prank(ownerNote[tokenId]);
        COLLECTION.approve(_actor(spender), tokenId);
        approvedNote[tokenId] = _actor(spender);
        _worked();
    }

    /// @dev 22: the validator lets no question of a burn pass, so none may be asked.
    function burn(uint256 pick) external counted {
        uint256 tokenId = _free(pick);
        if (tokenId == 0) return;

        VALIDATOR.expectNone();
        vm.prank(ownerNote[tokenId]);
        COLLECTION.burn(tokenId);
        _noteBurned(tokenId, 0);
        _worked();
    }

    /* MUST REVERT */

    function moveByStrangerMustRevert(uint256 pick, uint256 actor) external counted {
        uint256 tokenId = _free(pick);
        if (tokenId == 0) return;
        address owner = ownerNote[tokenId];
        address caller = _actor(actor);
        if (caller == owner || caller == approvedNote[tokenId]) caller = STRANGER;

        bytes memory expected = abi.encodeWithSelector(
            IERC721Errors.ERC721InsufficientApproval.selector,
            caller,
            tokenId
        );
        bytes memory call = abi.encodeCall(IERC721.transferFrom, (owner, caller, tokenId));
        _refused(address(COLLECTION), caller, call, expected, "23, moved by a stranger");
        call = abi.encodeCall(ILoopCollection.burn, (tokenId));
        _refused(address(COLLECTION), caller, call, expected, "23, burned by a stranger");
        _worked();
    }

    function moveRefusedMustRevert(uint256 pick, uint256 actor) external counted {
        uint256 tokenId = _free(pick);
        if (tokenId == 0) return;
        address owner = ownerNote[tokenId];
        address to = _actor(actor);
        _setValidator(address(VALIDATOR));

        VALIDATOR.expectNone();
        bytes memory expected = abi.encodeWithSelector(
            OneTransferValidator.TransferRefused.selector,
            owner,
            owner,
            to,
            tokenId
        );
        bytes memory call = abi.encodeCall(IERC721.transferFrom, (owner, to, tokenId));
        _refused(address(COLLECTION), owner, call, expected, "22, moved though refused");
        _worked();
    }

    function useBurnedMustRevert(uint256 pick, uint256 actor) external counted {
        if (burned.length == 0) {
            uint256 fresh = _free(pick);
            if (fresh == 0) return;
            vm.prank(ownerNote[fresh]);
            COLLECTION.burn(fresh);
            _noteBurned(fresh, 0);
        }
        uint256 tokenId = burned[pick % burned.length];
        address caller = _actor(actor);

        bytes memory expected = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId);
        bytes memory call = abi.encodeCall(IERC721.transferFrom, (caller, caller, tokenId));
        _refused(address(COLLECTION), caller, call, expected, "7, burned work moved");
        call = abi.encodeCall(ILoopCollection.burn, (tokenId));
        _refused(address(COLLECTION), caller, call, expected, "7, burned work burned");
        call = abi.encodeCall(IERC721.approve, (STRANGER, tokenId));
        _refused(address(COLLECTION), caller, call, expected, "7, burned work approved");
        call = abi.encodeCall(IERC7160.pinTokenURI, (tokenId, 0));
        _refused(address(COLLECTION), caller, call, expected, "42, burned work pinned");
        call = abi.encodeCall(IAttunement.attune, (tokenId, pick % 8));
        _refused(address(COLLECTION), caller, call, expected, "44, burned work attuned");
        _worked();
    }

    /* DOING */

    /// @dev 22: a validator that is set lets exactly this transfer pass, so it must be asked with exactly these words.
    function _transfer(address caller, address from, address to, uint256 tokenId) private {
        VALIDATOR.expectOnly(caller, from, to, tokenId);
        vm.prank(caller);
        COLLECTION.transferFrom(from, to, tokenId);
        _noteMoved(tokenId, to);
    }

    function _setValidator(address validator) internal {
        vm.prank(PARAMETERS);
        COLLECTION.setTransferValidator(validator);
        validatorNote = validator;
    }

    /// @dev A work that can move; mints one if there is none. Zero if the supply is at its end.
    function _free(uint256 pick) internal returns (uint256 tokenId) {
        tokenId = _findFree(pick);
        if (tokenId != 0) return tokenId;

        uint256 batch = _openFor(_actor(pick), 1, pick);
        if (batch == 0) return 0;
        _seal(batch);
        return batch * 1_000_000;
    }
}
