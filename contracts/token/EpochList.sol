// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {ADMIN_ROLE, GUARDIAN_ROLE, PUBLISHER_ROLE} from "../access/Roles.sol";
import {IEpochs} from "../interfaces/IEpochs.sol";
import {IERC7496} from "../interfaces/IERC7496.sol";
import {IMarketOracle} from "../interfaces/IMarketOracle.sol";
import {EpochBook, EpochBookLib} from "../types/EpochBook.sol";
import {EpochWord, EpochWordLib} from "../types/EpochWord.sol";
import {Terms} from "../types/Terms.sol";
import {EPOCH_TRAIT} from "../types/TraitKeys.sol";
import {TermsKeeper} from "./TermsKeeper.sol";

/// @title EpochList
/// @notice The epochs of the whole collection, see {IEpochs}: published, taken back, looked up.
/// @dev Publishing writes two fresh slots, whatever the size of the collection. Which epochs were voided is a bitmap, so
/// that publishing writes nothing there and the newest sound epoch below a voided one is found 256 at a time.
abstract contract EpochList is IEpochs, IERC4906, TermsKeeper {
    /// @dev The greatest number of 16 bits is a pin's name for genesis.
    uint256 private constant MAX_EPOCHS = type(uint16).max - 1;
    uint256 private constant BITS = 256;

    EpochBook private _book;
    mapping(uint256 epoch => EpochWord) private _epochs;
    mapping(uint256 epoch => bytes32) private _epochRoots;
    mapping(uint256 place => uint256 bits) private _voided;

    /* PUBLISHING */

    /// @inheritdoc IEpochs
    function evolve(bytes32 root, uint256 round) external onlyRole(PUBLISHER_ROLE) returns (uint256 epoch) {
        EpochBook book = _book;
        require(root != bytes32(0), EpochRootMissing());
        require(book.count() != MAX_EPOCHS, EpochsExhausted());
        require(round > book.lastRound(), EpochRoundNotNewer(round, book.lastRound()));
        require(round <= EpochBookLib.MAX_ROUND, SafeCast.SafeCastOverflowedUintDowncast(31, round));
        if (book.isPaced()) _requireCadence(book.count());
        uint256 covered = _coveredBy(book, round);

        book = book.afterEpoch(round, covered);
        epoch = book.count();
        _book = book;
        _epochs[epoch] = EpochWordLib.published(round, covered, block.timestamp);
        _epochRoots[epoch] = root;

        emit Evolved(epoch, round, root, book.oracle(), covered);
        _emitAllChanged();
    }

    /// @dev What an epoch of this round covers, in the oracle's words. The round must lie in an earlier block, because acts
    /// may still follow in this one.
    function _coveredBy(EpochBook book, uint256 round) private view returns (uint256 covered) {
        uint256 acceptedIn;
        require(book.oracle() != address(0), EpochOracleMissing());
        (acceptedIn, covered) = IMarketOracle(book.oracle()).acceptedAt(round);
        require(acceptedIn < block.number, EpochTooEarly(round, acceptedIn));
        require(covered >= book.covered(), EpochCoversLess(covered, book.covered()));

        return SafeCast.toUint32(covered);
    }

    /// @dev Voided epochs count: the one that replaces a false one waits as well.
    function _requireCadence(uint256 last) private view {
        if (last == 0) return;
        uint256 earliest = _epochs[last].time() + _cadence();
        require(block.timestamp >= earliest, EpochBeforeCadence(earliest));
    }

    /// @inheritdoc TermsKeeper
    function _afterTermsChanged(Terms terms) internal virtual override {
        EpochBook book = _book;
        bool paced = terms.cadence() != 0;

        if (paced != book.isPaced()) _book = book.withPace(paced);
    }

    /* TAKING BACK */

    /// @inheritdoc IEpochs
    function voidEpoch(uint256 epoch) external {
        IAccessControl jobs = IAccessControl(address(REGISTRY));
        require(
            jobs.hasRole(GUARDIAN_ROLE, msg.sender) || jobs.hasRole(ADMIN_ROLE, msg.sender),
            EpochUnauthorizedVoider(msg.sender)
        );
        _requireSound(epoch);

        EpochBook book = _book;
        _voided[epoch / BITS] |= 1 << (epoch % BITS);
        if (epoch == book.shown()) {
            book = book.withShown(_newestSoundBelow(epoch));
            _book = book;
        }

        emit EpochVoided(epoch, msg.sender, book.shown());
        _emitAllChanged();
    }

    /// @dev Zero, which is genesis and never voided, ends the search.
    function _newestSoundBelow(uint256 epoch) private view returns (uint256) {
        uint256 place = epoch / BITS;
        uint256 sound = ~_voided[place] & ((1 << (epoch % BITS)) - 1);
        while (sound == 0) sound = ~_voided[--place];

        return place * BITS + Math.log2(sound);
    }

    /* THE ORACLE */

    /// @inheritdoc IEpochs
    function oracle() external view returns (IMarketOracle current) {
        return IMarketOracle(_book.oracle());
    }

    /// @inheritdoc IEpochs
    function setOracle(IMarketOracle newOracle) external onlyRole(ADMIN_ROLE) {
        EpochBook book = _book;
        _book = book.withOracle(address(newOracle));

        emit OracleChanged(book.oracle(), address(newOracle));
    }

    /* READING */

    /// @inheritdoc IEpochs
    function epochs() external view returns (uint256 count, uint256 shown, uint256 lastRound) {
        EpochBook book = _book;

        return (book.count(), book.shown(), book.lastRound());
    }

    /// @inheritdoc IEpochs
    function epochAt(uint256 epoch) external view returns (Epoch memory info) {
        EpochWord word = _requirePublished(epoch);

        info = Epoch({
            root: _epochRoots[epoch],
            round: word.round(),
            covered: word.covered(),
            time: word.time(),
            voided: _isVoided(epoch)
        });
    }

    function _newest() internal view returns (uint256 epoch) {
        return _book.count();
    }

    /// @dev The newest sound epoch, zero for genesis.
    function _shown() internal view returns (uint256 epoch) {
        return _book.shown();
    }

    function _epochRoot(uint256 epoch) internal view returns (bytes32) {
        return _epochRoots[epoch];
    }

    /// @dev Whether an epoch covers the batch with this seal ordinal; genesis, epoch 0, is not asked about.
    function _covers(uint256 epoch, uint256 ordinal) internal view returns (bool) {
        return ordinal <= _epochs[epoch].covered();
    }

    function _isVoided(uint256 epoch) internal view returns (bool) {
        return (_voided[epoch / BITS] >> (epoch % BITS)) & 1 == 1;
    }

    function _requireSound(uint256 epoch) internal view {
        _requirePublished(epoch);
        require(!_isVoided(epoch), EpochIsVoided(epoch));
    }

    function _requirePublished(uint256 epoch) private view returns (EpochWord word) {
        word = _epochs[epoch];
        require(word.isPublished(), EpochUnknown(epoch));
    }

    /// @dev Which works show something else now only the views can say, so the events name all that ever may be.
    function _emitAllChanged() private {
        emit BatchMetadataUpdate(0, type(uint256).max);
        emit IERC7496.TraitUpdatedRange(EPOCH_TRAIT, 0, type(uint256).max);
    }
}
