// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {PARAMETER_ROLE, STEWARD_ROLE} from "../../../contracts/access/Roles.sol";
import {ILoopRoles} from "../../../contracts/interfaces/ILoopRoles.sol";
import {IParameterController} from "../../../contracts/interfaces/IParameterController.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {OracleKit} from "./OracleKit.sol";

/// @title A controller in office, a steward with a grant, and a sound round
/// @dev The DAO is the admin of the book.
abstract contract ControllerKit is OracleKit {
    uint256 internal constant SLOTS = 6;
    uint40 internal constant EXPIRY = uint40(NOW + 1_000 days);
    bytes32 internal constant REASONS = keccak256("reasons");

    IParameterController.Slot internal constant ROYALTY = IParameterController.Slot.Royalty;
    IParameterController.Slot internal constant BURN_COUNT = IParameterController.Slot.BurnCount;
    IParameterController.Slot internal constant MINT_PRICE = IParameterController.Slot.MintPrice;
    IParameterController.Slot internal constant CADENCE = IParameterController.Slot.EpochCadence;
    IParameterController.Slot internal constant GUARD = IParameterController.Slot.GuardThreshold;
    IParameterController.Slot internal constant ODDS = IParameterController.Slot.OddsSensitivity;

    address internal immutable STEWARD = _account("steward");
    address internal immutable WRAPPER = _account("wrapper");

    IParameterController internal controller;

    function setUp() public virtual override {
        super.setUp();
        _found(_controllerSettings());
    }

    /// @dev Deploys a controller, which takes office from whoever has it.
    function _found(IParameterController.Settings memory settings) internal {
        controller = IParameterController(_deploy("ParameterController", abi.encode(settings)));
        _takeFromHolder(PARAMETER_ROLE, PARAMETERS);
        vm.prank(ADMIN);
        IAccessControl(address(registry)).grantRole(PARAMETER_ROLE, address(controller));
        controller.takeOffice();
        _takeFromHolder(STEWARD_ROLE, STEWARD);
        vm.prank(ADMIN);
        IAccessControl(address(registry)).grantRole(STEWARD_ROLE, STEWARD);
        vm.prank(STEWARD);
        ILoopRoles(address(registry)).acceptRole(STEWARD_ROLE);
        _observe();
    }

    function _takeFromHolder(bytes32 role, address holder) private {
        vm.prank(ADMIN);
        IAccessControl(address(registry)).revokeRole(role, holder);
    }

    function _controllerSettings() internal view returns (IParameterController.Settings memory settings) {
        settings.registry = registry;
        settings.collection = collection;
        settings.wrapper = WRAPPER;
        settings.royaltyReceiver = TREASURY;
        settings.values = [uint64(500), 3, 50_000_000, 1 days, 5_000, 10_000];
        settings.limits = _defaultLimits();
        settings.breaker = IParameterController.Breaker(2 days, 3_000, 4_000);
        settings.grantExpiry = EXPIRY;
    }

    /// @dev Those that a deployment starts with.
    function _defaultLimits() internal pure returns (IParameterController.Limits[6] memory limits) {
        limits[0] = IParameterController.Limits(0, 1_000, 50, 150, 1 days, 30 days);
        limits[1] = IParameterController.Limits(2, 6, 1, 2, 7 days, 30 days);
        limits[2] = IParameterController.Limits(0, 10_000_000_000, 5_000_000, 20_000_000, 1 days, 30 days);
        limits[3] = IParameterController.Limits(1 hours, 14 days, 6 hours, 2 days, 1 days, 30 days);
        limits[4] = IParameterController.Limits(4_000, 7_000, 250, 750, 1 days, 30 days);
        limits[5] = IParameterController.Limits(5_000, 20_000, 1_000, 3_000, 1 days, 30 days);
    }

    /* STEPS */

    /// @dev A round of an ordinary day, now.
    function _observe() internal returns (uint256 round) {
        return _bring(_pack(_market(block.timestamp)));
    }

    /// @dev By the steward, on the newest round.
    function _move(IParameterController.Slot slot, uint256 value) internal {
        uint256 round = oracle.latestRound();
        vm.prank(STEWARD);
        controller.move(slot, uint64(value), REASONS, round);
    }

    function _refuseMove(IParameterController.Slot slot, uint256 value, bytes memory refusal) internal {
        uint256 round = oracle.latestRound();
        vm.expectRevert(refusal);
        vm.prank(STEWARD);
        controller.move(slot, uint64(value), REASONS, round);
    }

    function _govern(IParameterController.Slot slot, uint256 value) internal {
        vm.prank(ADMIN);
        controller.govern(slot, uint64(value), REASONS);
    }

    function _setLimits(IParameterController.Slot slot, IParameterController.Limits memory limits) internal {
        vm.prank(ADMIN);
        controller.setLimits(slot, limits);
    }

    function _limitsOf(IParameterController.Slot slot) internal view returns (IParameterController.Limits memory) {
        return controller.slotOf(slot).limits;
    }

    /// @dev Lets time pass, and the market be observed then.
    function _wait(uint256 duration) internal {
        vm.warp(block.timestamp + duration);
        _observe();
    }

    function _freeze() internal {
        vm.prank(GUARDIAN);
        controller.freeze();
    }

    function _unauthorized(address account, bytes32 role) internal pure returns (bytes memory) {
        return abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, account, role);
    }

    /// @dev Conditions with the parameters that are in force.
    function _conditions() internal view returns (bytes32) {
        uint256 parameters = (controller.valueOf(GUARD) << 24) | (controller.valueOf(ODDS) << 8);
        return bytes32((uint256(CONDITIONS) & ~(uint256(type(uint32).max) << 8)) | parameters);
    }

    function _length(uint256 from, uint256 to) internal pure returns (uint256) {
        return from < to ? to - from : from - to;
    }
}
