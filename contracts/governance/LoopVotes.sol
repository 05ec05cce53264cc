// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC5313} from "@openzeppelin/contracts/interfaces/IERC5313.sol";
import {IERC6372} from "@openzeppelin/contracts/interfaces/IERC6372.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {ERC721, IERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721Votes} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Votes.sol";
import {ERC721Wrapper} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Wrapper.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {Time} from "@openzeppelin/contracts/utils/types/Time.sol";

import {Governed} from "../access/Governed.sol";
import {ADMIN_ROLE} from "../access/Roles.sol";
import {IAttunement} from "../interfaces/IAttunement.sol";
import {ICreatorToken, ICreatorTokenLegacy, ITransferValidator} from "../interfaces/ICreatorToken.sol";
import {IEpochs} from "../interfaces/IEpochs.sol";
import {IERC7160} from "../interfaces/IERC7160.sol";
import {IERC7572} from "../interfaces/IERC7572.sol";
import {ILoopVotes} from "../interfaces/ILoopVotes.sol";

/// @title LoopVotes
/// @notice See {ILoopVotes}.
/// @dev The collection calls nobody back but by `safeTransferFrom`, where the work has moved already; so what is held and what is
/// wrapped agree whenever somebody else's code runs.
contract LoopVotes is
    ILoopVotes,
    ERC721Wrapper,
    ERC721Votes,
    Governed,
    IERC2981,
    IERC4906,
    IERC5313,
    IERC7160,
    IERC7572,
    IAttunement
{
    address private immutable _COLLECTION;

    /// @dev What {refresh} told of last: epochs ever published, and the one shown.
    uint128 private _count;
    uint128 private _shown;
    mapping(uint256 epoch => bool) private _told;

    constructor(
        address collection,
        string memory name,
        string memory symbol
    )
        ERC721(name, symbol)
        EIP712("LoopVotes", "1")
        ERC721Wrapper(IERC721(collection))
        Governed(Governed(collection).REGISTRY())
    {
        _COLLECTION = collection;
        (uint256 count, uint256 shown, ) = IEpochs(collection).epochs();
        (_count, _shown) = (uint128(count), uint128(shown));
    }

    /* WRAPPING */

    /// @inheritdoc ILoopVotes
    function recover(address account, uint256 tokenId) external onlyRole(ADMIN_ROLE) {
        _recover(account, tokenId);
    }

    /// @dev As the collection: its validator is asked once the caller is known to be allowed, about moves and not about wrapping and
    /// unwrapping, which the collection asks about itself. Nothing is wrapped for the wrapper, where nobody could unwrap it.
    function _update(
        address to,
        uint256 tokenId,
        address auth
    ) internal override(ERC721, ERC721Votes) returns (address from) {
        require(to != address(this), ERC721InvalidReceiver(to));
        from = _ownerOf(tokenId);
        if (auth != address(0)) _checkAuthorized(from, auth, tokenId);
        if (from != address(0) && to != address(0)) _askValidator(from, to, tokenId);
        if (to != address(0) && delegates(to) == address(0)) _delegate(to, to);

        super._update(to, tokenId, auth);
    }

    function _increaseBalance(address account, uint128 amount) internal override(ERC721, ERC721Votes) {
        super._increaseBalance(account, amount);
    }

    function _askValidator(address from, address to, uint256 tokenId) private view {
        address validator = getTransferValidator();
        if (validator != address(0)) ITransferValidator(validator).validateTransfer(_msgSender(), from, to, tokenId);
    }

    /* VOTES */

    /// @dev Naming nobody would take a vote from everybody.
    function _delegate(address account, address delegatee) internal override {
        super._delegate(account, delegatee == address(0) ? account : delegatee);
    }

    /// @inheritdoc IERC6372
    function clock() public view override returns (uint48) {
        return Time.timestamp();
    }

    /// @inheritdoc IERC6372
    // solhint-disable-next-line func-name-mixedcase
    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    /* RIGHTS OF THE HOLDER */

    /// @inheritdoc IERC7160
    function pinTokenURI(uint256 tokenId, uint256 index) external {
        _requireHeld(tokenId);
        IERC7160(_COLLECTION).pinTokenURI(tokenId, index);

        emit TokenUriPinned(tokenId, index);
        emit MetadataUpdate(tokenId);
    }

    /// @inheritdoc IERC7160
    function unpinTokenURI(uint256 tokenId) external {
        _requireHeld(tokenId);
        IERC7160(_COLLECTION).unpinTokenURI(tokenId);

        emit TokenUriUnpinned(tokenId);
        emit MetadataUpdate(tokenId);
    }

    /// @inheritdoc IAttunement
    /// @dev In the collection's own event the wrapper is who turned the dial; here it is who asked for it.
    function attune(uint256 tokenId, uint256 act) external {
        _checkAuthorized(_ownerOf(tokenId), _msgSender(), tokenId);
        IAttunement(_COLLECTION).attune(tokenId, act);

        emit Attuned(tokenId, _msgSender(), act, attunementOf(tokenId));
        emit MetadataUpdate(tokenId);
    }

    /// @dev As the collection: pinning is the holder's alone.
    function _requireHeld(uint256 tokenId) private view {
        address holder = _requireOwned(tokenId);
        require(holder == _msgSender(), ERC721IncorrectOwner(_msgSender(), tokenId, holder));
    }

    /* TELLING */

    /// @inheritdoc ILoopVotes
    function refresh() external {
        (uint256 count, uint256 shown, ) = IEpochs(_COLLECTION).epochs();
        require(count != _count || shown != _shown, LoopVotesNothingNew());

        (_count, _shown) = (uint128(count), uint128(shown));

        emit BatchMetadataUpdate(0, type(uint256).max);
    }

    /// @inheritdoc ILoopVotes
    function refreshVoided(uint256 epoch) external {
        require(IEpochs(_COLLECTION).epochAt(epoch).voided, LoopVotesEpochStands(epoch));
        require(!_told[epoch], LoopVotesNothingNew());

        _told[epoch] = true;

        emit BatchMetadataUpdate(0, type(uint256).max);
    }

    /* WHAT THE ORIGINAL ANSWERS */

    /// @inheritdoc ERC721
    function tokenURI(uint256 tokenId) public view override returns (string memory) {
        _requireOwned(tokenId);

        return IERC721Metadata(_COLLECTION).tokenURI(tokenId);
    }

    /// @inheritdoc IERC7160
    function tokenURIs(uint256 tokenId) external view returns (uint256 index, string[] memory uris, bool pinned) {
        _requireOwned(tokenId);

        return IERC7160(_COLLECTION).tokenURIs(tokenId);
    }

    /// @inheritdoc IERC7160
    function hasPinnedTokenURI(uint256 tokenId) external view returns (bool pinned) {
        _requireOwned(tokenId);

        return IERC7160(_COLLECTION).hasPinnedTokenURI(tokenId);
    }

    /// @inheritdoc IAttunement
    function attunementOf(uint256 tokenId) public view returns (uint256 attunement) {
        _requireOwned(tokenId);

        return IAttunement(_COLLECTION).attunementOf(tokenId);
    }

    /// @inheritdoc IERC2981
    function royaltyInfo(
        uint256 tokenId,
        uint256 salePrice
    ) external view returns (address receiver, uint256 royaltyAmount) {
        return IERC2981(_COLLECTION).royaltyInfo(tokenId, salePrice);
    }

    /// @inheritdoc ILoopVotes
    function getTransferValidator() public view returns (address validator) {
        return ICreatorTokenLegacy(_COLLECTION).getTransferValidator();
    }

    /// @inheritdoc ILoopVotes
    function getTransferValidationFunction() external view returns (bytes4 functionSignature, bool isViewFunction) {
        return ICreatorToken(_COLLECTION).getTransferValidationFunction();
    }

    /// @inheritdoc IERC5313
    function owner() external view returns (address) {
        return IERC5313(_COLLECTION).owner();
    }

    /// @inheritdoc IERC7572
    function contractURI() external view returns (string memory) {
        return IERC7572(_COLLECTION).contractURI();
    }

    /// @inheritdoc IERC165
    function supportsInterface(bytes4 interfaceId) public view override(ERC721, IERC165) returns (bool) {
        return
            interfaceId == bytes4(0x49064906) || // ERC-4906 fixes this id: its interface has events only
            interfaceId == type(IERC2981).interfaceId ||
            interfaceId == type(IERC5313).interfaceId ||
            interfaceId == type(IERC6372).interfaceId ||
            interfaceId == type(IERC7160).interfaceId ||
            interfaceId == type(IERC7572).interfaceId ||
            interfaceId == type(IAttunement).interfaceId ||
            interfaceId == type(ILoopVotes).interfaceId ||
            interfaceId == type(IVotes).interfaceId ||
            super.supportsInterface(interfaceId);
    }
}
