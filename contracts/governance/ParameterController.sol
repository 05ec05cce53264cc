// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {SignedMath} from "@openzeppelin/contracts/utils/math/SignedMath.sol";

import {Governed} from "../access/Governed.sol";
import {ADMIN_ROLE, GUARDIAN_ROLE, PARAMETER_ROLE, STEWARD_ROLE} from "../access/Roles.sol";
import {ICollectionRoyalty} from "../interfaces/ICollectionRoyalty.sol";
import {ICreatorTokenLegacy} from "../interfaces/ICreatorToken.sol";
import {IEpochs} from "../interfaces/IEpochs.sol";
import {ILoopCollection} from "../interfaces/ILoopCollection.sol";
import {ILoopRoles} from "../interfaces/ILoopRoles.sol";
import {IMarketOracle} from "../interfaces/IMarketOracle.sol";
import {IParameterController} from "../interfaces/IParameterController.sol";
import {ITermsInForce} from "../interfaces/ITermsInForce.sol";
import {ProbeLib} from "../libraries/ProbeLib.sol";
import {Observation, ObservationLib} from "../types/Observation.sol";
import {TermsLib} from "../types/Terms.sol";
import {SlotBook} from "./SlotBook.sol";

/// @title ParameterController
/// @notice See {IParameterController}.
/// @dev Oracle and validator are only ever asked, by STATICCALL. The collection, of our own deployment, is told last, when everything is
/// written here, and calls nobody back. No ether comes in, and there is no call whose target or data a caller chooses.
contract ParameterController is SlotBook, Governed {
    ILoopCollection public immutable COLLECTION;
    address public immutable WRAPPER;

    address private _receiver;
    uint40 private _grantExpiry;
    bool private _frozen;
    Breaker private _breaker;

    constructor(Settings memory settings) Governed(settings.registry) SlotBook(settings.values, settings.limits) {
        COLLECTION = settings.collection;
        WRAPPER = settings.wrapper;
        _setReceiver(settings.royaltyReceiver);
        _setGrant(settings.grantExpiry);
        _setBreaker(settings.breaker);
    }

    /* THE STEWARD */

    /// @inheritdoc IParameterController
    function move(Slot slot, uint64 value, bytes32 reasons, uint256 round) external onlyRole(STEWARD_ROLE) {
        require(!_frozen, ParameterControllerFrozen());
        require(block.timestamp < _grantExpiry, ParameterControllerGrantExpired(_grantExpiry));
        _requireReasons(reasons);
        _requireSoundRound(round);
        uint256 old = valueOf(slot);
        _move(slot, value);

        _put(slot, old, reasons);
    }

    /// @dev Of a field that was not observed nobody can say that it is ordinary.
    function _requireSoundRound(uint256 round) private view {
        IMarketOracle oracle = IEpochs(address(COLLECTION)).oracle();
        uint256 latest = address(oracle) == address(0) ? 0 : oracle.latestRound();
        require(round == latest, ParameterControllerOtherRound(round, latest));
        require(latest != 0, ParameterControllerOracleStale(0));

        IMarketOracle.Round memory info = oracle.roundAt(latest);
        Breaker memory limits = _breaker;
        require(block.timestamp <= info.time + limits.staleAfter, ParameterControllerOracleStale(info.time));
        Observation observation = Observation.wrap(info.observation);
        require(
            observation.has(ObservationLib.CHANGE) &&
                observation.has(ObservationLib.VOLATILITY) &&
                SignedMath.abs(observation.change()) <= limits.maxChange &&
                observation.volatility() <= limits.maxVolatility,
            ParameterControllerOracleOdd(info.observation)
        );
    }

    /* THE GUARDIAN */

    /// @inheritdoc IParameterController
    function freeze() external onlyRole(GUARDIAN_ROLE) {
        _frozen = true;

        emit Frozen(msg.sender);
    }

    /* THE DAO */

    /// @inheritdoc IParameterController
    function govern(Slot slot, uint64 value, bytes32 reasons) external onlyRole(ADMIN_ROLE) {
        _requireReasons(reasons);
        uint256 old = valueOf(slot);
        _set(slot, value);

        _put(slot, old, reasons);
    }

    /// @inheritdoc IParameterController
    function setLimits(Slot slot, Limits calldata limits) external onlyRole(ADMIN_ROLE) {
        uint256 old = valueOf(slot);
        _limit(slot, limits);

        if (valueOf(slot) != old) _put(slot, old, bytes32(0));
    }

    /// @inheritdoc IParameterController
    function setGrant(uint40 expiry) external onlyRole(ADMIN_ROLE) {
        _setGrant(expiry);
    }

    /// @inheritdoc IParameterController
    function setBreaker(Breaker calldata newBreaker) external onlyRole(ADMIN_ROLE) {
        _setBreaker(newBreaker);
    }

    /// @inheritdoc IParameterController
    function unfreeze() external onlyRole(ADMIN_ROLE) {
        _frozen = false;

        emit Unfrozen(msg.sender);
    }

    /// @inheritdoc IParameterController
    function setRoyaltyReceiver(address receiver) external onlyRole(ADMIN_ROLE) {
        _setReceiver(receiver);
        _putRoyalty();
    }

    /// @inheritdoc IParameterController
    function offerRoyalty(address receiver, uint256 bps, bool offered) external onlyRole(ADMIN_ROLE) {
        ICollectionRoyalty(address(COLLECTION)).offerRoyalty(receiver, bps, offered);
    }

    /// @inheritdoc IParameterController
    function setWorksPerDay(uint256 limit) external onlyRole(ADMIN_ROLE) {
        COLLECTION.setWorksPerDay(limit);
    }

    /// @inheritdoc IParameterController
    function setForge(bytes32 recipe, bytes32 conditions) external onlyRole(ADMIN_ROLE) {
        _putForge(recipe, conditions);
    }

    /// @inheritdoc IParameterController
    function setTransferValidator(address validator) external onlyRole(ADMIN_ROLE) {
        require(
            validator == address(0) || ProbeLib.letsWrap(validator, WRAPPER),
            ParameterControllerValidatorBlocks(validator)
        );

        ICreatorTokenLegacy(address(COLLECTION)).setTransferValidator(validator);
    }

    /* ANYBODY */

    /// @inheritdoc IParameterController
    function takeOffice() external {
        ILoopRoles(address(REGISTRY)).acceptRole(PARAMETER_ROLE);

        _putRoyalty();
        _putTerms();
        _putBurnCount();
    }

    /* VALUES */

    function _requireReasons(bytes32 reasons) private pure {
        require(reasons != bytes32(0), ParameterControllerReasonsMissing());
    }

    /// @dev Says what changed, and tells the collection.
    function _put(Slot slot, uint256 old, bytes32 reasons) private {
        emit ParameterChanged(slot, msg.sender, old, valueOf(slot), reasons);

        if (slot == Slot.Royalty) _putRoyalty();
        else if (slot == Slot.BurnCount) _putBurnCount();
        else if (slot != Slot.MintPrice) _putTerms();
    }

    function _putRoyalty() private {
        ICollectionRoyalty(address(COLLECTION)).setRoyalty(_receiver, valueOf(Slot.Royalty));
    }

    function _putTerms() private {
        ITermsInForce(address(COLLECTION)).setTermsInForce(
            uint16(valueOf(Slot.GuardThreshold)),
            uint16(valueOf(Slot.OddsSensitivity)),
            uint32(valueOf(Slot.EpochCadence))
        );
    }

    function _putBurnCount() private {
        ILoopCollection.ForgeTerms memory terms = COLLECTION.forgeTerms();
        if (terms.recipe != bytes32(0)) _putForge(terms.recipe, terms.conditions);
    }

    /// @dev A forge without a recipe burns nothing, and one that opens goes by the terms in force.
    function _putForge(bytes32 recipe, bytes32 conditions) private {
        bool isOpen = recipe != bytes32(0);

        COLLECTION.setForgeTerms(
            ILoopCollection.ForgeTerms({
                recipe: recipe,
                conditions: isOpen
                    ? TermsLib.withParameters(conditions, valueOf(Slot.GuardThreshold), valueOf(Slot.OddsSensitivity))
                    : conditions,
                parents: isOpen ? valueOf(Slot.BurnCount) : 0
            })
        );
    }

    /* SETTINGS */

    function _setReceiver(address receiver) private {
        require(receiver != address(0), ParameterControllerReceiverMissing());
        _receiver = receiver;

        emit ReceiverChanged(receiver);
    }

    function _setGrant(uint40 expiry) private {
        _grantExpiry = expiry;

        emit GrantChanged(expiry);
    }

    function _setBreaker(Breaker memory newBreaker) private {
        _breaker = newBreaker;

        emit BreakerChanged(newBreaker);
    }

    /* READING */

    /// @inheritdoc IParameterController
    function grantExpiry() external view returns (uint256 expiry) {
        return _grantExpiry;
    }

    /// @inheritdoc IParameterController
    function frozen() external view returns (bool stopped) {
        return _frozen;
    }

    /// @inheritdoc IParameterController
    function breaker() external view returns (Breaker memory current) {
        return _breaker;
    }

    /// @inheritdoc IParameterController
    function royaltyReceiver() external view returns (address receiver) {
        return _receiver;
    }
}
