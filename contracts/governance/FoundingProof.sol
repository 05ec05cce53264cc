// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IAccessControlDefaultAdminRules} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";
import {IERC5313} from "@openzeppelin/contracts/interfaces/IERC5313.sol";

import {
    ADMIN_ROLE,
    GUARDIAN_ROLE,
    OPERATOR_ROLE,
    PARAMETER_ROLE,
    PUBLISHER_ROLE,
    REGISTRAR_ROLE,
    STEWARD_ROLE,
    VOUCHER_ROLE
} from "../access/Roles.sol";
import {IFoundingProof} from "../interfaces/IFoundingProof.sol";
import {ILoopRoles} from "../interfaces/ILoopRoles.sol";
import {ILoopTimelock} from "../interfaces/ILoopTimelock.sol";
import {IRegistrarSeat} from "../interfaces/IRegistrarSeat.sol";
import {LoopGovernor} from "./LoopGovernor.sol";
import {LoopVotes} from "./LoopVotes.sol";
import {ParameterController} from "./ParameterController.sol";

/// @title FoundingProof
/// @notice See {IFoundingProof}.
contract FoundingProof is IFoundingProof {
    bytes32 private constant PROPOSER_ROLE = keccak256("PROPOSER_ROLE");
    bytes32 private constant CANCELLER_ROLE = keccak256("CANCELLER_ROLE");
    bytes32 private constant EXECUTOR_ROLE = keccak256("EXECUTOR_ROLE");

    constructor(Founding memory dao) {
        _requireOffices(dao);
        _requireRoles(dao);
        _requireNothing(msg.sender, dao);
        for (uint256 i = 0; i < dao.leavers.length; ++i) _requireNothing(dao.leavers[i], dao);
        // An account of zero in one of these is everybody.
        _requireNoTimelockRole(address(0), dao.timelock);

        emit Founded(dao.timelock, dao.governor, dao.leavers);
    }

    /* WHO HAS WHICH OFFICE */

    function _requireOffices(Founding memory dao) private view {
        IAccessControlDefaultAdminRules jobs = IAccessControlDefaultAdminRules(dao.registry);
        (address pending, ) = jobs.pendingDefaultAdmin();
        LoopGovernor governor = LoopGovernor(payable(dao.governor));
        IRegistrarSeat seat = IRegistrarSeat(dao.registrarSeat);
        LoopVotes votes = LoopVotes(dao.votes);
        ParameterController controller = ParameterController(dao.controller);

        _requireIs("admin", jobs.defaultAdmin(), dao.timelock);
        _requireIs("pending admin", pending, address(0));
        _requireIs("owner of the collection", IERC5313(dao.collection).owner(), dao.timelock);
        _requireIs("governor of the timelock", ILoopTimelock(dao.timelock).governor(), dao.governor);
        _requireIs("timelock of the governor", governor.timelock(), dao.timelock);
        _requireIs("votes of the governor", address(governor.token()), dao.votes);
        _requireIs("collection of the governor", address(governor.COLLECTION()), dao.collection);
        _requireIs("collection of the votes", address(votes.underlying()), dao.collection);
        _requireIs("registry of the votes", address(votes.REGISTRY()), dao.registry);
        _requireIs("owner of the registrar's seat", seat.OWNER(), dao.timelock);
        _requireIs("registry of the registrar's seat", address(seat.REGISTRY()), dao.registry);
        _requireIs("registry of the controller", address(controller.REGISTRY()), dao.registry);
        _requireIs("collection of the controller", address(controller.COLLECTION()), dao.collection);
        _requireIs("wrapper of the controller", controller.WRAPPER(), dao.votes);
    }

    function _requireIs(string memory office, address holder, address expected) private pure {
        require(holder == expected, FoundingProofOfficeElsewhere(office, holder, expected));
    }

    function _requireRoles(Founding memory dao) private view {
        _requireRole(dao.controller, PARAMETER_ROLE, "PARAMETER_ROLE", dao.registry);
        _requireRole(dao.registrarSeat, REGISTRAR_ROLE, "REGISTRAR_ROLE", dao.registry);
        _requireRole(dao.governor, PROPOSER_ROLE, "PROPOSER_ROLE", dao.timelock);
        _requireRole(dao.governor, CANCELLER_ROLE, "CANCELLER_ROLE", dao.timelock);
        _requireRole(dao.governor, EXECUTOR_ROLE, "EXECUTOR_ROLE", dao.timelock);
        _requireRole(dao.timelock, ADMIN_ROLE, "DEFAULT_ADMIN_ROLE", dao.timelock);
    }

    function _requireRole(address account, bytes32 role, string memory name, address where) private view {
        require(IAccessControl(where).hasRole(role, account), FoundingProofRoleMissing(account, name, where));
    }

    /* WHO HAS NOTHING */

    /// @dev Votes, governor, controller and seat give powers to the registry's jobs, the timelock or holders alone.
    function _requireNothing(address account, Founding memory dao) private view {
        _requireNoJob(account, ADMIN_ROLE, "DEFAULT_ADMIN_ROLE", dao.registry);
        _requireNoJob(account, OPERATOR_ROLE, "OPERATOR_ROLE", dao.registry);
        _requireNoJob(account, REGISTRAR_ROLE, "REGISTRAR_ROLE", dao.registry);
        _requireNoJob(account, GUARDIAN_ROLE, "GUARDIAN_ROLE", dao.registry);
        _requireNoJob(account, PARAMETER_ROLE, "PARAMETER_ROLE", dao.registry);
        _requireNoJob(account, PUBLISHER_ROLE, "PUBLISHER_ROLE", dao.registry);
        _requireNoJob(account, VOUCHER_ROLE, "VOUCHER_ROLE", dao.registry);
        _requireNoJob(account, STEWARD_ROLE, "STEWARD_ROLE", dao.registry);
        _requireNoTimelockRole(account, dao.timelock);
    }

    function _requireNoTimelockRole(address account, address timelock) private view {
        _requireNoRole(account, ADMIN_ROLE, "DEFAULT_ADMIN_ROLE", timelock);
        _requireNoRole(account, PROPOSER_ROLE, "PROPOSER_ROLE", timelock);
        _requireNoRole(account, CANCELLER_ROLE, "CANCELLER_ROLE", timelock);
        _requireNoRole(account, EXECUTOR_ROLE, "EXECUTOR_ROLE", timelock);
    }

    /// @dev An offer can be accepted at any time, so it counts as the job.
    function _requireNoJob(address account, bytes32 role, string memory name, address registry) private view {
        _requireNoRole(account, role, name, registry);
        require(!ILoopRoles(registry).isOffered(role, account), FoundingProofKeeps(account, name, registry));
    }

    function _requireNoRole(address account, bytes32 role, string memory name, address where) private view {
        require(!IAccessControl(where).hasRole(role, account), FoundingProofKeeps(account, name, where));
    }
}
