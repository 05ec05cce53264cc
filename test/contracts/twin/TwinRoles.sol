// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IAccessControlDefaultAdminRules} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";
import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC5313} from "@openzeppelin/contracts/interfaces/IERC5313.sol";

import {
    ADMIN_ROLE,
    GUARDIAN_ROLE,
    OPERATOR_ROLE,
    PARAMETER_ROLE,
    PUBLISHER_ROLE,
    REGISTRAR_ROLE,
    VOUCHER_ROLE
} from "../../../contracts/access/Roles.sol";
import {ILoopRoles} from "../../../contracts/interfaces/ILoopRoles.sol";

/// @title The book of jobs as a list of who does what
/// @dev Without OpenZeppelin: its rules for the admin are written out.
abstract contract TwinRoles is ILoopRoles, IAccessControlDefaultAdminRules, IERC5313, IERC165 {
    struct Job {
        bytes32 role;
        address account;
    }

    Job[] private _jobs;
    Job[] private _offers;

    address private _nextAdmin;
    uint48 private _nextAdminFrom; // may take over after this time, zero while nobody was named

    uint48 private _delay;
    uint48 private _nextDelay;
    uint48 private _nextDelayFrom; // counts after this time, zero while none was named

    constructor(Jobs memory jobs) {
        require(jobs.admin != address(0), AccessControlInvalidDefaultAdmin(address(0)));
        _delay = jobs.adminDelay;
        _take(ADMIN_ROLE, jobs.admin);
        _take(OPERATOR_ROLE, jobs.operator);
        _take(REGISTRAR_ROLE, jobs.registrar);
        _take(GUARDIAN_ROLE, jobs.guardian);
        _take(PARAMETER_ROLE, jobs.parameterAuthority);
        _take(PUBLISHER_ROLE, jobs.publisher);
        _take(VOUCHER_ROLE, jobs.voucherSigner);
    }

    /* JOBS */

    function grantRole(bytes32 role, address account) external {
        requireRole(ADMIN_ROLE, msg.sender);
        require(role != ADMIN_ROLE, AccessControlEnforcedDefaultAdminRules());

        if (!_has(_offers, role, account)) _offers.push(Job(role, account));
        emit RoleOffered(role, account, msg.sender);
    }

    function acceptRole(bytes32 role) external {
        require(_has(_offers, role, msg.sender), LoopRolesNotOffered(role, msg.sender));

        _take(role, msg.sender);
    }

    /// @dev OpenZeppelin looks at the role first and at the caller then.
    function revokeRole(bytes32 role, address account) external {
        require(role != ADMIN_ROLE, AccessControlEnforcedDefaultAdminRules());
        requireRole(ADMIN_ROLE, msg.sender);

        _lose(role, account);
        _remove(_offers, role, account);
    }

    function renounceRole(bytes32 role, address account) external {
        if (role == ADMIN_ROLE && account == defaultAdmin()) {
            bool announced = _nextAdmin == address(0) && _nextAdminFrom != 0 && _nextAdminFrom < block.timestamp;
            require(announced, AccessControlEnforcedDefaultAdminDelay(_nextAdminFrom));
            _nextAdminFrom = 0;
        }
        require(account == msg.sender, AccessControlBadConfirmation());

        _lose(role, account);
    }

    function _take(bytes32 role, address account) private {
        require(account != address(0), LoopRolesAccountMissing(role));
        for (uint256 i = 0; i < _jobs.length; ++i) {
            require(_jobs[i].account != account, LoopRolesTwoJobs(account, role));
        }

        _jobs.push(Job(role, account));
        _remove(_offers, role, account);
        emit RoleGranted(role, account, msg.sender);
    }

    function _lose(bytes32 role, address account) private {
        if (_remove(_jobs, role, account)) emit RoleRevoked(role, account, msg.sender);
    }

    /* THE ADMIN */

    function beginDefaultAdminTransfer(address newAdmin) external {
        requireRole(ADMIN_ROLE, msg.sender);

        _nameAdmin(newAdmin, uint48(block.timestamp) + defaultAdminDelay());
        emit DefaultAdminTransferScheduled(newAdmin, _nextAdminFrom);
    }

    function cancelDefaultAdminTransfer() external {
        requireRole(ADMIN_ROLE, msg.sender);

        _nameAdmin(address(0), 0);
    }

    function acceptDefaultAdminTransfer() external {
        require(msg.sender == _nextAdmin, AccessControlInvalidDefaultAdmin(msg.sender));
        require(
            _nextAdminFrom != 0 && _nextAdminFrom < block.timestamp,
            AccessControlEnforcedDefaultAdminDelay(_nextAdminFrom)
        );

        _lose(ADMIN_ROLE, defaultAdmin());
        _take(ADMIN_ROLE, msg.sender);
        _nextAdmin = address(0);
        _nextAdminFrom = 0;
    }

    function changeDefaultAdminDelay(uint48 newDelay) external {
        requireRole(ADMIN_ROLE, msg.sender);
        uint48 current = defaultAdminDelay();
        uint48 wait =
            newDelay <= current
                ? current - newDelay
                : newDelay < 5 days
                    ? newDelay
                    : 5 days;

        _nameDelay(newDelay, uint48(block.timestamp) + wait);
        emit DefaultAdminDelayChangeScheduled(newDelay, _nextDelayFrom);
    }

    function rollbackDefaultAdminDelay() external {
        requireRole(ADMIN_ROLE, msg.sender);

        _nameDelay(0, 0);
    }

    function _nameAdmin(address newAdmin, uint48 from) private {
        if (_nextAdminFrom != 0) emit DefaultAdminTransferCanceled();
        _nextAdmin = newAdmin;
        _nextAdminFrom = from;
    }

    function _nameDelay(uint48 newDelay, uint48 from) private {
        if (_nextDelayFrom != 0 && _nextDelayFrom >= block.timestamp) emit DefaultAdminDelayChangeCanceled();
        _delay = defaultAdminDelay();
        _nextDelay = newDelay;
        _nextDelayFrom = from;
    }

    /* READING */

    function hasRole(bytes32 role, address account) public view returns (bool) {
        return _has(_jobs, role, account);
    }

    function requireRole(bytes32 role, address account) public view {
        require(hasRole(role, account), AccessControlUnauthorizedAccount(account, role));
    }

    function isOffered(bytes32 role, address account) external view returns (bool) {
        return _has(_offers, role, account);
    }

    function getRoleAdmin(bytes32) external pure returns (bytes32) {
        return ADMIN_ROLE;
    }

    function defaultAdmin() public view returns (address) {
        for (uint256 i = 0; i < _jobs.length; ++i) if (_jobs[i].role == ADMIN_ROLE) return _jobs[i].account;
        return address(0);
    }

    function owner() external view returns (address) {
        return defaultAdmin();
    }

    function pendingDefaultAdmin() external view returns (address, uint48) {
        return (_nextAdmin, _nextAdminFrom);
    }

    function defaultAdminDelay() public view returns (uint48) {
        return _nextDelayFrom != 0 && _nextDelayFrom < block.timestamp ? _nextDelay : _delay;
    }

    function pendingDefaultAdminDelay() external view returns (uint48, uint48) {
        return _nextDelayFrom != 0 && _nextDelayFrom >= block.timestamp ? (_nextDelay, _nextDelayFrom) : (0, 0);
    }

    function defaultAdminDelayIncreaseWait() external pure returns (uint48) {
        return 5 days;
    }

    function supportsInterface(bytes4 id) external pure returns (bool) {
        return
            id == type(IERC165).interfaceId ||
            id == type(IAccessControl).interfaceId ||
            id == type(IAccessControlDefaultAdminRules).interfaceId;
    }

    /* LISTS */

    function _has(Job[] storage jobs, bytes32 role, address account) private view returns (bool) {
        for (uint256 i = 0; i < jobs.length; ++i) {
            if (jobs[i].role == role && jobs[i].account == account) return true;
        }
        return false;
    }

    function _remove(Job[] storage jobs, bytes32 role, address account) private returns (bool) {
        for (uint256 i = 0; i < jobs.length; ++i) {
            if (jobs[i].role != role || jobs[i].account != account) continue;
            jobs[i] = jobs[jobs.length - 1];
            jobs.pop();
            return true;
        }
        return false;
    }
}
