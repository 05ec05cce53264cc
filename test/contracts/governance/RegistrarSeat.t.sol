// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {REGISTRAR_ROLE} from "../../../contracts/access/Roles.sol";
import {IDatasetRegistry} from "../../../contracts/interfaces/IDatasetRegistry.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";
import {IRegistrarSeat} from "../../../contracts/interfaces/IRegistrarSeat.sol";
import {LoopKit} from "../kit/LoopKit.sol";

// constructor
// └── when the owner is zero
//     └── it reverts
// takeOffice
// ├── by anybody, once the admin offered the job
// └── when it was not offered
//     └── it reverts
// register, registerWithDataset, revoke, registerDataset, revokeDataset
// ├── by the owner, happen in the registry, which answers with the number
// ├── when the registry refuses, revert with its error
// └── when the caller is not the owner
//     └── they revert
contract RegistrarSeatTest is LoopKit {
    bytes32 private constant NEW = keccak256("new recipe");
    bytes32 private constant DATASET = keccak256("dataset");

    address private immutable OWNER = _account("timelock");

    IRegistrarSeat private seat;

    function setUp() public override {
        super.setUp();
        seat = IRegistrarSeat(_deploy("RegistrarSeat", abi.encode(registry, OWNER)));
        _offer();
        seat.takeOffice();
    }

    function test_RevertWhen_NobodyOwnsIt() external {
        vm.expectRevert(abi.encodeWithSelector(IRegistrarSeat.RegistrarSeatOwnerMissing.selector));
        this.deploySeat(address(0));
    }

    /// @dev Outside, so that its revert is one of a call.
    function deploySeat(address owner) external {
        _deploy("RegistrarSeat", abi.encode(registry, owner));
    }

    function test_TakesOffice() external {
        vm.assertTrue(IAccessControl(address(registry)).hasRole(REGISTRAR_ROLE, address(seat)), "registrar");
        vm.assertEq(seat.OWNER(), OWNER, "owner");
        vm.assertEq(address(seat.REGISTRY()), address(registry), "registry");

        seat = IRegistrarSeat(_deploy("RegistrarSeat", abi.encode(registry, OWNER)));
        vm.expectRevert(abi.encodeWithSignature("LoopRolesNotOffered(bytes32,address)", REGISTRAR_ROLE, address(seat)));
        seat.takeOffice();
    }

    function test_DoesTheRegistrarsWork() external {
        vm.prank(OWNER);
        vm.assertEq(seat.registerDataset(DATASET), 1, "dataset");
        vm.prank(OWNER);
        vm.assertEq(seat.registerWithDataset(NEW, DATASET), 2, "recipe of it");
        vm.prank(OWNER);
        vm.assertEq(seat.register(keccak256("third")), 3, "recipe of none");
        vm.assertEq(registry.datasetOf(NEW), DATASET, "tied");

        vm.prank(OWNER);
        seat.revoke(RECIPE);
        vm.assertTrue(registry.isRevoked(RECIPE), "revoked");
        vm.prank(OWNER);
        seat.revokeDataset(DATASET);
        vm.assertTrue(registry.isRevoked(NEW), "with its dataset");
    }

    function test_RevertWhen_TheRegistryRefuses() external {
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryAlreadyRegistered.selector, RECIPE, 1));
        vm.prank(OWNER);
        seat.register(RECIPE);
        vm.expectRevert(abi.encodeWithSelector(IDatasetRegistry.DatasetRegistryUnknown.selector, DATASET));
        vm.prank(OWNER);
        seat.revokeDataset(DATASET);
    }

    function testFuzz_RevertWhen_TheCallerIsNotTheOwner(address caller) external {
        vm.assume(caller != OWNER);
        _expectUnauthorized(caller);
        seat.register(NEW);
        _expectUnauthorized(caller);
        seat.registerWithDataset(NEW, DATASET);
        _expectUnauthorized(caller);
        seat.revoke(RECIPE);
        _expectUnauthorized(caller);
        seat.registerDataset(DATASET);
        _expectUnauthorized(caller);
        seat.revokeDataset(DATASET);
    }

    function _offer() private {
        IAccessControl jobs = IAccessControl(address(registry));
        vm.prank(ADMIN);
        jobs.revokeRole(REGISTRAR_ROLE, REGISTRAR);
        vm.prank(ADMIN);
        jobs.grantRole(REGISTRAR_ROLE, address(seat));
    }

    function _expectUnauthorized(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(IRegistrarSeat.RegistrarSeatUnauthorized.selector, caller));
        vm.prank(caller);
    }
}
