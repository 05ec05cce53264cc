// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "./ILoopCollection.sol";
import {IRecipeRegistry} from "./IRecipeRegistry.sol";

/// @title The box in which the steward moves parameters
/// @notice The collection's parameter authority. The DAO (the admin of the registry's book) sets each parameter and the limits in which
/// the steward may move it: a little at a time, slowly, while the market is observed and sound, with reasons, until the grant expires.
/// The guardian stops the steward in one transaction and can do nothing else here.
/// @dev Six slots, in the order of {Slot}. Amounts are whole numbers in each slot's own unit. Limits, per slot:
///
/// value in [low, high] within [0, cap]; a move is at most `step`; moves are at least `delay` seconds apart; the sum of |moves| is a
/// leaky bucket of size `budget` that empties at budget / window: within any T seconds it is at most budget + floor(budget * T / window).
interface IParameterController {
    /// @dev Royalty in bps; BurnCount in works (0: forging stays closed; never 1); MintPrice in gwei; EpochCadence in seconds between epochs (0: any);
    /// GuardThreshold and OddsSensitivity in bps, as in an observation's parameters.
    enum Slot {
        Royalty,
        BurnCount,
        MintPrice,
        EpochCadence,
        GuardThreshold,
        OddsSensitivity
    }

    /// @param low The least value.
    /// @param high The largest value, at most the slot's cap.
    /// @param step The largest single move; zero lets the steward move nothing here.
    /// @param budget The largest sum of moves that a window takes up.
    /// @param delay From one move to the next, at least, seconds; not zero.
    /// @param window In which a full budget is won back, seconds; not zero.
    struct Limits {
        uint64 low;
        uint64 high;
        uint64 step;
        uint64 budget;
        uint32 delay;
        uint32 window;
    }

    /// @param value In force.
    /// @param limits Set by the DAO.
    /// @param cap Constant: no vote moves beyond it.
    /// @param spent Of the budget, now.
    /// @param movedAt The steward's last move, unix seconds; zero if none.
    struct SlotInfo {
        uint64 value;
        Limits limits;
        uint64 cap;
        uint64 spent;
        uint40 movedAt;
    }

    /// @notice What the steward may not act on: a round that is older, or stranger, or does not say its change and its volatility.
    /// @param staleAfter Age of the newest round from which it is stale, seconds.
    /// @param maxChange Of `change`, up or down, bps.
    /// @param maxVolatility Of `volatility`, bps.
    struct Breaker {
        uint32 staleAfter;
        uint16 maxChange;
        uint16 maxVolatility;
    }

    /// @param registry The book of the jobs.
    /// @param collection Whose parameters these are.
    /// @param wrapper Wraps works into votes: no validator may keep works out of it, or in it.
    /// @param royaltyReceiver Receives the royalty, not zero.
    /// @param values Of the slots, in their order, each within its limits; in force once this contract took office.
    /// @param limits Of the slots, in their order.
    /// @param breaker What the steward may not act on.
    /// @param grantExpiry Until when the steward may act, unix seconds.
    struct Settings {
        IRecipeRegistry registry;
        ILoopCollection collection;
        address wrapper;
        address royaltyReceiver;
        uint64[6] values;
        Limits[6] limits;
        Breaker breaker;
        uint40 grantExpiry;
    }

    /// @notice Emitted at every change, whoever made it. `reasons` is the SHA-256 of their canonical JSON, published as a raw block; zero
    /// where new limits moved the value, which are its reasons.
    event ParameterChanged(
        Slot indexed slot,
        address indexed by,
        uint256 oldValue,
        uint256 newValue,
        bytes32 indexed reasons
    );

    /// @notice Emitted when the DAO sets a slot's limits.
    event LimitsChanged(Slot indexed slot, Limits limits);

    /// @notice Emitted when the DAO sets until when the steward may act, unix seconds; a past time ends the grant.
    event GrantChanged(uint256 expiry);

    /// @notice Emitted when the DAO sets what the steward may not act on.
    event BreakerChanged(Breaker breaker);

    /// @notice Emitted when royalties are paid to somebody else.
    event ReceiverChanged(address indexed receiver);

    /// @notice Emitted when the guardian stops the steward, and when the DAO lets it go on.
    event Frozen(address indexed by);
    event Unfrozen(address indexed by);

    /// @notice The guardian has stopped the steward.
    error ParameterControllerFrozen();

    /// @notice The grant ended at `expiry`, unix seconds.
    error ParameterControllerGrantExpired(uint256 expiry);

    /// @notice The newest round is `latest`, not the one that the decision rests on; without any it is zero.
    error ParameterControllerOtherRound(uint256 round, uint256 latest);

    /// @notice The newest round was accepted too long ago, or there is none.
    error ParameterControllerOracleStale(uint256 acceptedAt);

    /// @notice The newest round is too unlike an ordinary day for anybody but the DAO to act on, or leaves out by what it is judged.
    error ParameterControllerOracleOdd(bytes32 observation);

    /// @notice The value is outside [low, high].
    error ParameterControllerOutOfBounds(Slot slot, uint256 value, uint256 low, uint256 high);

    /// @notice The value is the one in force.
    error ParameterControllerUnchanged(Slot slot, uint256 value);

    /// @notice The move is longer than the largest step.
    error ParameterControllerStepTooLong(Slot slot, uint256 move, uint256 step);

    /// @notice The last move was too recent; the next may be at `earliest`, unix seconds.
    error ParameterControllerTooSoon(Slot slot, uint256 earliest);

    /// @notice The move is more than what is left of the budget now.
    error ParameterControllerBudgetSpent(Slot slot, uint256 move, uint256 left);

    /// @notice Limits must be ordered, within the cap, with a delay and a window.
    error ParameterControllerInvalidLimits(Slot slot, Limits limits);

    /// @notice A change needs reasons.
    error ParameterControllerReasonsMissing();

    /// @notice The validator would keep a holder from wrapping or unwrapping, so from voting or leaving.
    error ParameterControllerValidatorBlocks(address validator);

    /// @notice Royalties need somebody to receive them.
    error ParameterControllerReceiverMissing();

    /* THE STEWARD */

    /// @notice Moves one slot within its limits. By the steward.
    /// @param slot The slot.
    /// @param value The new value.
    /// @param reasons SHA-256 of their canonical JSON, not zero.
    /// @param round The newest round: a decision made on an older one is refused.
    function move(Slot slot, uint64 value, bytes32 reasons, uint256 round) external;

    /* THE GUARDIAN */

    /// @notice Stops the steward until the DAO unfreezes. By the guardian.
    function freeze() external;

    /* THE DAO */

    /// @notice Sets one slot anywhere within its bounds. By the admin.
    /// @param slot The slot.
    /// @param value The new value.
    /// @param reasons SHA-256 of their canonical JSON, not zero.
    function govern(Slot slot, uint64 value, bytes32 reasons) external;

    /// @notice Sets a slot's limits; a value that they leave outside moves to the nearest bound at once, and what the steward has spent of the
    /// budget stays spent. By the admin.
    function setLimits(Slot slot, Limits calldata limits) external;

    /// @notice Sets until when the steward may act, unix seconds. By the admin.
    function setGrant(uint40 expiry) external;

    /// @notice Sets what the steward may not act on. By the admin.
    function setBreaker(Breaker calldata breaker) external;

    /// @notice Lets a frozen steward go on. By the admin.
    function unfreeze() external;

    /// @notice Pays royalties to somebody else. By the admin.
    function setRoyaltyReceiver(address receiver) external;

    /// @notice See {ICollectionRoyalty-offerRoyalty}. By the admin.
    function offerRoyalty(address receiver, uint256 bps, bool offered) external;

    /// @notice See {ILoopCollection-setWorksPerDay}. By the admin.
    function setWorksPerDay(uint256 limit) external;

    /// @notice Opens forging with this recipe, or closes it with recipe zero. How many works it burns is the slot's, and so are guard
    /// threshold and odds sensitivity, whatever the conditions say. By the admin.
    function setForge(bytes32 recipe, bytes32 conditions) external;

    /// @notice Names who is asked before transfers; one that keeps the wrapper from wrapping or unwrapping is refused, as far as asking it
    /// tells (contracts/libraries/ProbeLib.sol). By the admin.
    function setTransferValidator(address validator) external;

    /* ANYBODY */

    /// @notice Accepts the parameter authority that the admin offered to this contract, and puts every slot in force.
    function takeOffice() external;

    /* READING */

    /// @notice The value in force.
    function valueOf(Slot slot) external view returns (uint256 value);

    /// @notice Everything about a slot, the budget as it stands now.
    function slotOf(Slot slot) external view returns (SlotInfo memory info);

    /// @notice Until when the steward may act, unix seconds.
    function grantExpiry() external view returns (uint256 expiry);

    /// @notice Whether the guardian has stopped the steward.
    function frozen() external view returns (bool stopped);

    /// @notice What the steward may not act on.
    function breaker() external view returns (Breaker memory current);

    /// @notice Who receives royalties.
    function royaltyReceiver() external view returns (address receiver);

    /// @notice Who wraps works into votes, and is asked about for a new validator.
    function WRAPPER() external view returns (address wrapper);

    /// @notice The collection whose parameters these are.
    function COLLECTION() external view returns (ILoopCollection collection);
}
