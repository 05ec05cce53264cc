// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {AccessControlDefaultAdminRules} from "@openzeppelin/contracts/access/extensions/AccessControlDefaultAdminRules.sol";

import {ILoopRoles} from "../interfaces/ILoopRoles.sol";
import {GUARDIAN_ROLE, OPERATOR_ROLE, PARAMETER_ROLE, PUBLISHER_ROLE, REGISTRAR_ROLE, VOUCHER_ROLE} from "./Roles.sol";

/// @title LoopRoles
/// @notice See {ILoopRoles}.
abstract contract LoopRoles is ILoopRoles, AccessControlDefaultAdminRules {
    mapping(address account => bool) private _employed;
    mapping(bytes32 role => mapping(address account => bool)) private _offers;

    constructor(Jobs memory jobs) AccessControlDefaultAdminRules(jobs.adminDelay, jobs.admin) {
        _grantRole(OPERATOR_ROLE, jobs.operator);
        _grantRole(REGISTRAR_ROLE, jobs.registrar);
        _grantRole(GUARDIAN_ROLE, jobs.guardian);
        _grantRole(PARAMETER_ROLE, jobs.parameterAuthority);
        _grantRole(PUBLISHER_ROLE, jobs.publisher);
        _grantRole(VOUCHER_ROLE, jobs.voucherSigner);
    }

    /* HANDING OVER */

    /// @notice Offers a job; the account has it once it accepts. The admin's own job goes by OpenZeppelin's rules instead.
    /// @param role The job.
    /// @param account Who may accept it.
    function grantRole(
        bytes32 role,
        address account
    ) public override(AccessControlDefaultAdminRules) onlyRole(getRoleAdmin(role)) {
        if (role == DEFAULT_ADMIN_ROLE) revert AccessControlEnforcedDefaultAdminRules();

        _offers[role][account] = true;

        emit RoleOffered(role, account, msg.sender);
    }

    /// @inheritdoc ILoopRoles
    function acceptRole(bytes32 role) external {
        require(_offers[role][msg.sender], LoopRolesNotOffered(role, msg.sender));

        _grantRole(role, msg.sender);
    }

    /// @notice Takes a job away at once, and withdraws its offer.
    /// @param role The job.
    /// @param account Who has it, or was offered it.
    function revokeRole(bytes32 role, address account) public override(AccessControlDefaultAdminRules) {
        super.revokeRole(role, account);
        delete _offers[role][account];
    }

    /// @dev The one way to a job, so the one place that keeps an account from having two.
    function _grantRole(bytes32 role, address account) internal override returns (bool granted) {
        require(account != address(0), LoopRolesAccountMissing(role));
        require(!_employed[account], LoopRolesTwoJobs(account, role));
        _employed[account] = true;
        delete _offers[role][account];

        return super._grantRole(role, account);
    }

    function _revokeRole(bytes32 role, address account) internal override returns (bool revoked) {
        revoked = super._revokeRole(role, account);
        if (revoked) delete _employed[account];
    }

    /* READING */

    /// @inheritdoc ILoopRoles
    function isOffered(bytes32 role, address account) external view returns (bool offered) {
        return _offers[role][account];
    }

    /// @inheritdoc ILoopRoles
    function requireRole(bytes32 role, address account) public view {
        _checkRole(role, account);
    }
}
