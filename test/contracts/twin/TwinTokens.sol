// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {ITransferValidator} from "../../../contracts/interfaces/ICreatorToken.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";
import {BatchStatus} from "../../../contracts/types/BatchStatus.sol";
import {ICollection} from "../kit/ICollection.sol";

/// @title Tokens with an owner each, balances counted when they are asked for
abstract contract TwinTokens is ICollection, IERC721Errors {
    uint256 internal constant IDS_PER_BATCH = 1_000_000;

    IRecipeRegistry public immutable REGISTRY;
    string public name;
    string public symbol;

    Batch[] internal _batches; // by number, the one at 0 is nobody's
    uint256[] internal _minted;
    mapping(uint256 tokenId => address) internal _owners;
    mapping(uint256 tokenId => address) internal _approved;
    mapping(uint256 tokenId => uint256) internal _lockedFor;
    mapping(address holder => mapping(address operator => bool)) public isApprovedForAll;
    address internal _validator;

    constructor(Settings memory settings) {
        REGISTRY = settings.registry;
        name = settings.name;
        symbol = settings.symbol;
        _batches.push();
    }

    /* READING */

    function batchOf(uint256 batch) public view returns (Batch memory info) {
        if (batch < _batches.length) info = _batches[batch];
    }

    function balanceOf(address holder) external view returns (uint256 held) {
        require(holder != address(0), ERC721InvalidOwner(address(0)));
        for (uint256 i = 0; i < _minted.length; ++i) if (_owners[_minted[i]] == holder) held += 1;
    }

    function ownerOf(uint256 tokenId) public view returns (address holder) {
        holder = _owners[tokenId];
        require(holder != address(0), ERC721NonexistentToken(tokenId));
    }

    function getApproved(uint256 tokenId) external view returns (address) {
        ownerOf(tokenId);
        return _approved[tokenId];
    }

    function lockOf(uint256 tokenId) public view returns (uint256 child) {
        ownerOf(tokenId);
        child = _lockedFor[tokenId];
        if (batchOf(child).status == BatchStatus.Abandoned) child = 0;
    }

    function getTransferValidator() external view returns (address) {
        return _validator;
    }

    function getTransferValidationFunction() external pure returns (bytes4, bool) {
        return (bytes4(keccak256("validateTransfer(address,address,address,uint256)")), true);
    }

    /* MOVING */

    function transferFrom(address from, address to, uint256 tokenId) public {
        require(to != address(0), ERC721InvalidReceiver(address(0)));
        address holder = _requireMovable(tokenId);
        if (_validator != address(0)) {
            ITransferValidator(_validator).validateTransfer(msg.sender, holder, to, tokenId);
        }
        require(holder == from, ERC721IncorrectOwner(from, tokenId, holder));

        _move(tokenId, to);
    }

    function safeTransferFrom(address from, address to, uint256 tokenId) external {
        safeTransferFrom(from, to, tokenId, "");
    }

    function safeTransferFrom(address from, address to, uint256 tokenId, bytes memory data) public {
        transferFrom(from, to, tokenId);
        if (to.code.length == 0) return;

        bytes4 answer = IERC721Receiver(to).onERC721Received(msg.sender, from, tokenId, data);
        require(answer == IERC721Receiver.onERC721Received.selector, ERC721InvalidReceiver(to));
    }

    function burn(uint256 tokenId) external {
        _requireMovable(tokenId);
        _move(tokenId, address(0));
    }

    function approve(address to, uint256 tokenId) external {
        address holder = ownerOf(tokenId);
        require(msg.sender == holder || isApprovedForAll[holder][msg.sender], ERC721InvalidApprover(msg.sender));

        _approved[tokenId] = to;
        emit Approval(holder, to, tokenId);
    }

    function setApprovalForAll(address operator, bool approved) external {
        require(operator != address(0), ERC721InvalidOperator(address(0)));

        isApprovedForAll[msg.sender][operator] = approved;
        emit ApprovalForAll(msg.sender, operator, approved);
    }

    function _requireMay(uint256 tokenId) internal view returns (address holder) {
        holder = ownerOf(tokenId);
        bool may = msg.sender == holder || isApprovedForAll[holder][msg.sender] || _approved[tokenId] == msg.sender;
        require(may, ERC721InsufficientApproval(msg.sender, tokenId));
    }

    function _requireMovable(uint256 tokenId) private view returns (address holder) {
        holder = _requireMay(tokenId);
        require(lockOf(tokenId) == 0, ERC721BatchTokenLocked(tokenId, _lockedFor[tokenId]));
    }

    function _move(uint256 tokenId, address to) internal {
        emit Transfer(_owners[tokenId], to, tokenId);
        _owners[tokenId] = to;
        delete _approved[tokenId];
        delete _lockedFor[tokenId];
    }

    function _mint(address to, uint256 tokenId) internal {
        _minted.push(tokenId);
        _owners[tokenId] = to;
        emit Transfer(address(0), to, tokenId);
    }

    function _lock(uint256 tokenId, address holder, uint256 child) internal {
        address actual = ownerOf(tokenId);
        require(actual == holder, ERC721IncorrectOwner(holder, tokenId, actual));
        require(lockOf(tokenId) == 0, ERC721BatchTokenLocked(tokenId, _lockedFor[tokenId]));

        _lockedFor[tokenId] = child;
        emit Locked(tokenId, child);
    }

    /* METADATA */

    /// @dev CIDv1 written bit by bit: five bits a letter, zeros at the end.
    function _uriIn(bytes32 root, uint256 tokenId, bool inBatch) internal pure returns (string memory) {
        bytes memory cid = abi.encodePacked(hex"01701220", root);
        bytes memory text = new bytes(58);
        for (uint256 letter = 0; letter < 58; ++letter) {
            uint256 value = 0;
            for (uint256 bit = letter * 5; bit < letter * 5 + 5; ++bit) {
                value = value * 2 + (bit < 288 ? (uint8(cid[bit / 8]) >> (7 - (bit % 8))) % 2 : 0);
            }
            text[letter] = bytes("abcdefghijklmnopqrstuvwxyz234567")[value];
        }

        string memory folder = inBatch ? string.concat("/", Strings.toString(tokenId / IDS_PER_BATCH)) : "";
        return string.concat("ipfs://b", string(text), folder, "/", Strings.toString(tokenId), ".json");
    }
}
