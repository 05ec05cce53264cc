// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IAccessControlDefaultAdminRules} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";

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
import {RolesKit} from "../kit/RolesKit.sol";
import {Progress} from "./Progress.sol";

/// @title The book of jobs
interface IBook is ILoopRoles, IAccessControl, IAccessControlDefaultAdminRules {}

/// @title Jobs offered, taken, left and taken away, and what must hold after each step
contract RolesHandler is Progress, RolesKit {
    IBook private immutable BOOK;
    address private immutable DEPLOYER;

    bytes32[7] private _roles = [
        ADMIN_ROLE,
        OPERATOR_ROLE,
        REGISTRAR_ROLE,
        GUARDIAN_ROLE,
        PARAMETER_ROLE,
        PUBLISHER_ROLE,
        VOUCHER_ROLE
    ];
    address[] private _accounts;

    /// @dev The number of an account's job in `_roles` plus one, zero for none.
    mapping(address account => uint256) private _job;
    mapping(bytes32 role => mapping(address account => bool)) private _offered;
    address private _admin;

    constructor(IBook book, address deployer) {
        BOOK = book;
        DEPLOYER = deployer;
        _admin = ADMIN;
        address[7] memory holders = [ADMIN, OPERATOR, REGISTRAR, GUARDIAN, PARAMETERS, PUBLISHER, VOUCHER_SIGNER];
        for (uint256 i = 0; i < 7; ++i) {
            _accounts.push(holders[i]);
            _job[holders[i]] = i + 1;
        }
        for (uint160 i = 0; i < 5; ++i) _accounts.push(address(0x40000 + i));
    }

    function actions() public pure override returns (bytes4[] memory selectors) {
        selectors = new bytes4[](11);
        selectors[0] = this.offer.selector;
        selectors[1] = this.accept.selector;
        selectors[2] = this.revoke.selector;
        selectors[3] = this.renounce.selector;
        selectors[4] = this.handOver.selector;
        selectors[5] = this.acceptUnofferedMustRevert.selector;
        selectors[6] = this.acceptSecondMustRevert.selector;
        selectors[7] = this.handOverEarlyMustRevert.selector;
        selectors[8] = this.handOverToTheEmployedMustRevert.selector;
        selectors[9] = this.actAsAdminMustRevert.selector;
        selectors[10] = this.moveAdminByRolesMustRevert.selector;
    }

    /* HANDING OVER */

    function offer(uint256 role, uint256 account) external counted {
        _offer(_role(role), _account(account));
        _worked();
    }

    function accept(uint256 role, uint256 account) external counted {
        address taker = _account(account);
        if (_job[taker] == 1) return;
        if (_job[taker] != 0) _fire(taker);
        if (!_offered[_role(role)][taker]) _offer(_role(role), taker);

        vm.prank(taker);
        BOOK.acceptRole(_role(role));
        _job[taker] = _number(role) + 1;
        delete _offered[_role(role)][taker];
        _worked();
    }

    /// @dev Whoever has a job loses it; whoever was offered one is offered it no longer.
    function revoke(uint256 role, uint256 account) external counted {
        address taker = _account(account);
        if (_job[taker] > 1) {
            _fire(taker);
        } else {
            _offer(_role(role), taker);
            vm.prank(_admin);
            BOOK.revokeRole(_role(role), taker);
            delete _offered[_role(role)][taker];
        }
        _worked();
    }

    function renounce(uint256 pick) external counted {
        address taker = _account(pick);
        for (uint256 i = 0; i < _accounts.length && _job[taker] < 2; ++i) {
            taker = _account((pick % _accounts.length) + i);
        }
        if (_job[taker] < 2) return;

        vm.prank(taker);
        BOOK.renounceRole(_roles[_job[taker] - 1], taker);
        delete _job[taker];
        _worked();
    }

    function handOver(uint256 pick) external counted {
        address next = _account(pick);
        if (next == _admin) return;
        if (_job[next] != 0) _fire(next);

        vm.prank(_admin);
        BOOK.beginDefaultAdminTransfer(next);
        vm.warp(block.timestamp + ADMIN_DELAY + 1);
        vm.prank(next);
        BOOK.acceptDefaultAdminTransfer();
        delete _job[_admin];
        _job[next] = 1;
        _admin = next;
        _worked();
    }

    /* MUST REVERT */

    function acceptUnofferedMustRevert(uint256 role, uint256 account) external counted {
        address taker = _account(account);
        if (_offered[_role(role)][taker]) return;

        bytes memory expected = abi.encodeWithSelector(ILoopRoles.LoopRolesNotOffered.selector, _role(role), taker);
        _refusedAccepting(taker, _role(role), expected, "26, took a job that was not offered");
        _worked();
    }

    function acceptSecondMustRevert(uint256 role, uint256 account) external counted {
        address taker = _account(account);
        for (uint256 i = 0; i < _accounts.length && _job[taker] == 0; ++i) {
            taker = _account((account % _accounts.length) + i); // the admin at last
        }
        _offer(_role(role), taker);

        bytes memory expected = abi.encodeWithSelector(ILoopRoles.LoopRolesTwoJobs.selector, taker, _role(role));
        _refusedAccepting(taker, _role(role), expected, "25, took a second job");
        _worked();
    }

    function handOverEarlyMustRevert(uint256 pick, uint256 time) external counted {
        address next = _account(pick);
        vm.prank(_admin);
        BOOK.beginDefaultAdminTransfer(next);
        uint256 schedule = block.timestamp + ADMIN_DELAY;
        vm.warp(block.timestamp + (time % (ADMIN_DELAY + 1)));

        bytes memory call = abi.encodeCall(IAccessControlDefaultAdminRules.acceptDefaultAdminTransfer, ());
        bytes memory expected = abi.encodeWithSelector(
            IAccessControlDefaultAdminRules.AccessControlEnforcedDefaultAdminDelay.selector,
            schedule
        );
        _refused(address(BOOK), next, call, expected, "28, took over before the delay");
        expected = abi.encodeWithSelector(
            IAccessControlDefaultAdminRules.AccessControlInvalidDefaultAdmin.selector,
            STRANGER
        );
        _refused(address(BOOK), STRANGER, call, expected, "28, a stranger took over");
        vm.prank(_admin);
        BOOK.cancelDefaultAdminTransfer();
        vm.warp(schedule + 1);
        expected = abi.encodeWithSelector(
            IAccessControlDefaultAdminRules.AccessControlInvalidDefaultAdmin.selector,
            next
        );
        _refused(address(BOOK), next, call, expected, "28, took over after it was called off");
        _worked();
    }

    function handOverToTheEmployedMustRevert(uint256 pick) external counted {
        address next = _account(pick);
        if (_job[next] < 2) {
            if (next == _admin) return;
            bytes32 role = _roles[1 + (pick % 6)];
            _offer(role, next);
            vm.prank(next);
            BOOK.acceptRole(role);
            _job[next] = 2 + (pick % 6);
            delete _offered[role][next];
        }
        vm.prank(_admin);
        BOOK.beginDefaultAdminTransfer(next);
        vm.warp(block.timestamp + ADMIN_DELAY + 1);

        bytes memory call = abi.encodeCall(IAccessControlDefaultAdminRules.acceptDefaultAdminTransfer, ());
        bytes memory expected = abi.encodeWithSelector(ILoopRoles.LoopRolesTwoJobs.selector, next, ADMIN_ROLE);
        _refused(address(BOOK), next, call, expected, "25, admin with another job");
        vm.prank(_admin);
        BOOK.cancelDefaultAdminTransfer();
        _worked();
    }

    function actAsAdminMustRevert(uint256 role, uint256 account) external counted {
        address caller = _account(account);
        if (caller == _admin) caller = STRANGER;

        bytes memory expected = abi.encodeWithSelector(
            IAccessControl.AccessControlUnauthorizedAccount.selector,
            caller,
            ADMIN_ROLE
        );
        bytes memory call = abi.encodeCall(IAccessControl.grantRole, (_role(role), caller));
        _refused(address(BOOK), caller, call, expected, "24, offered without the right");
        call = abi.encodeCall(IAccessControl.revokeRole, (_role(role), _account(role)));
        _refused(address(BOOK), caller, call, expected, "24, revoked without the right");
        call = abi.encodeCall(IAccessControlDefaultAdminRules.beginDefaultAdminTransfer, (caller));
        _refused(address(BOOK), caller, call, expected, "28, began to hand over without the right");
        _worked();
    }

    function moveAdminByRolesMustRevert(uint256 pick) external counted {
        bytes memory expected = abi.encodeWithSelector(
            IAccessControlDefaultAdminRules.AccessControlEnforcedDefaultAdminRules.selector
        );
        bytes memory call = abi.encodeCall(IAccessControl.grantRole, (ADMIN_ROLE, _account(pick)));
        _refused(address(BOOK), _admin, call, expected, "28, a second admin");
        call = abi.encodeCall(IAccessControl.revokeRole, (ADMIN_ROLE, _admin));
        _refused(address(BOOK), _admin, call, expected, "28, no admin");
        _worked();
    }

    /* CHECKING */

    /// @notice After every step: one account and one job, or the admin.
    function checkStep() external view {
        if (turn % 8 == 0) _checkAdmin();
        else _checkJob(_account(turn / 8), (turn % 8) - 1);
    }

    /// @notice At the end of a run: all accounts.
    function checkAll() external view {
        for (uint256 i = 0; i < _accounts.length; ++i) _check(_accounts[i]);
        _checkAdmin();
        address[4] memory nobodies = [DEPLOYER, address(this), STRANGER, address(0)];
        for (uint256 i = 0; i < 4; ++i) {
            for (uint256 r = 0; r < 7; ++r) _holds(!BOOK.hasRole(_roles[r], nobodies[i]), "29, a nobody has a job");
        }
    }

    function _check(address account) private view {
        uint256 jobs = 0;
        for (uint256 i = 0; i < 7; ++i) if (_checkJob(account, i)) jobs += 1;
        _holds(jobs < 2, "25, two jobs");
    }

    function _checkJob(address account, uint256 i) private view returns (bool has) {
        has = BOOK.hasRole(_roles[i], account);
        _holds(has == (_job[account] == i + 1), "26 and 27, a job that was not taken, or not taken away");
        _holds(BOOK.isOffered(_roles[i], account) == _offered[_roles[i]][account], "26, offer");
    }

    function _checkAdmin() private view {
        _holds(BOOK.defaultAdmin() == _admin && BOOK.hasRole(ADMIN_ROLE, _admin), "28, admin");
        _holds(BOOK.defaultAdminDelay() == ADMIN_DELAY, "28, delay");
    }

    /* DOING */

    function _offer(bytes32 role, address account) private {
        vm.prank(_admin);
        BOOK.grantRole(role, account);
        _offered[role][account] = true;
    }

    /// @dev 27: from this very call on the account has no job.
    function _fire(address account) private {
        bytes32 role = _roles[_job[account] - 1];
        vm.prank(_admin);
        BOOK.revokeRole(role, account);
        delete _job[account];
        delete _offered[role][account];

        bytes memory expected = abi.encodeWithSelector(
            IAccessControl.AccessControlUnauthorizedAccount.selector,
            account,
            role
        );
        bytes memory call = abi.encodeCall(ILoopRoles.requireRole, (role, account));
        _refused(address(BOOK), account, call, expected, "27, kept a job that was taken away");
    }

    function _refusedAccepting(address taker, bytes32 role, bytes memory expected, string memory reason) private {
        _refused(address(BOOK), taker, abi.encodeCall(ILoopRoles.acceptRole, (role)), expected, reason);
    }

    /* PICKING */

    function _account(uint256 pick) private view returns (address) {
        return _accounts[pick % _accounts.length];
    }

    /// @dev Not the admin's, which is handed over by other rules.
    function _number(uint256 pick) private pure returns (uint256) {
        return 1 + (pick % 6);
    }

    function _role(uint256 pick) private view returns (bytes32) {
        return _roles[_number(pick)];
    }
}
