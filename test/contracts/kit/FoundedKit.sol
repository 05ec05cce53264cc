// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {PARAMETER_ROLE, REGISTRAR_ROLE, STEWARD_ROLE} from "../../../contracts/access/Roles.sol";
import {IFoundingProof} from "../../../contracts/interfaces/IFoundingProof.sol";
import {IParameterController} from "../../../contracts/interfaces/IParameterController.sol";
import {IRegistrarSeat} from "../../../contracts/interfaces/IRegistrarSeat.sol";
import {DaoKit} from "./DaoKit.sol";

/// @title A DAO in office: admin, parameter authority and registrar; a steward; works of ALICE's and BOB's wrapped
abstract contract FoundedKit is DaoKit {
    address internal immutable STEWARD = _account("steward");

    IParameterController internal controller;
    IRegistrarSeat internal seat;

    function setUp() public virtual override {
        super.setUp();
        controller = IParameterController(_deploy("ParameterController", abi.encode(_controllerSettings())));
        seat = IRegistrarSeat(_deploy("RegistrarSeat", abi.encode(registry, timelock)));
        _dismiss(PARAMETER_ROLE, PARAMETERS);
        _offer(PARAMETER_ROLE, address(controller));
        _dismiss(REGISTRAR_ROLE, REGISTRAR);
        _offer(REGISTRAR_ROLE, address(seat));
        _offer(STEWARD_ROLE, STEWARD);
        controller.takeOffice();
        seat.takeOffice();
        vm.prank(STEWARD);
        registry.acceptRole(STEWARD_ROLE);
        _handOver();
        _wrap(ALICE, _works(1, 0, 10));
        _wrap(BOB, _works(2, 0, 10));
    }

    function _controllerSettings() internal view returns (IParameterController.Settings memory settings) {
        settings.registry = registry;
        settings.collection = collection;
        settings.wrapper = address(votes);
        settings.royaltyReceiver = TREASURY;
        settings.values = [uint64(500), 2, 0, 1 days, 5_000, 10_000];
        settings.limits = [
            IParameterController.Limits(0, 1_000, 50, 150, 1 days, 30 days),
            IParameterController.Limits(0, 6, 1, 2, 7 days, 30 days),
            IParameterController.Limits(0, 10_000_000_000, 5_000_000, 20_000_000, 1 days, 30 days),
            IParameterController.Limits(1 hours, 14 days, 6 hours, 2 days, 1 days, 30 days),
            IParameterController.Limits(4_000, 7_000, 250, 750, 1 days, 30 days),
            IParameterController.Limits(5_000, 20_000, 1_000, 3_000, 1 days, 30 days)
        ];
        settings.breaker = IParameterController.Breaker(2 days, 3_000, 4_000);
        settings.grantExpiry = uint40(NOW + 1_000 days);
    }

    function _offer(bytes32 role, address account) internal {
        vm.prank(ADMIN);
        IAccessControl(address(registry)).grantRole(role, account);
    }

    function _dismiss(bytes32 role, address account) internal {
        vm.prank(ADMIN);
        IAccessControl(address(registry)).revokeRole(role, account);
    }

    /// @dev Who founded and who governed before must have nothing left.
    function _founding() internal view returns (IFoundingProof.Founding memory dao) {
        dao.leavers = new address[](4);
        (dao.leavers[0], dao.leavers[1], dao.leavers[2], dao.leavers[3]) = (FOUNDER, ADMIN, PARAMETERS, REGISTRAR);
        dao.registry = address(registry);
        dao.collection = address(collection);
        dao.timelock = address(timelock);
        dao.governor = address(governor);
        dao.votes = address(votes);
        dao.controller = address(controller);
        dao.registrarSeat = address(seat);
    }
}
