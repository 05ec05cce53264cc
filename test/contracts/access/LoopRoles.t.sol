// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControlDefaultAdminRules} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";
import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";

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

// constructor
// ├── it gives each job to its account, and to nobody else
// ├── when a job has no account
// │   └── it reverts
// └── when an account has two jobs, any two of them
//     └── it reverts
// grantRole
// ├── when the caller is not the admin
// │   └── it reverts
// ├── when the job is the admin's
// │   └── it reverts: OpenZeppelin's rules hand that one over
// └── it only offers, and emits RoleOffered
// acceptRole
// ├── when the job was not offered, was offered to another, was withdrawn or taken already
// │   └── it reverts
// ├── given the account has a job, the same one included
// │   └── it reverts
// └── it gives the job and uses the offer up
// revokeRole, renounceRole
// ├── when the caller is not the admin, or renounces for another
// │   └── it reverts
// ├── it takes the job at once and withdraws its offer
// └── the account may then take another job
// the admin's own job
// ├── when the delay has not passed
// │   └── it reverts
// ├── when the next admin has another job
// │   └── it reverts
// ├── it passes to the next once he accepts, and never to two
// └── it can be cancelled
// requireRole
// └── it reverts unless the account has the job
// supportsInterface
// └── it names access control, with the admin's rules
contract LoopRolesTest is RolesKit {
    uint256 private constant NOW = 1_800_000_000;

    IBook private book;

    function setUp() external {
        vm.warp(NOW);
        book = IBook(_deploy("RecipeRegistry", abi.encode(_jobs())));
    }

    /* CONSTRUCTION */

    function testFuzz_GivesEachJobToItsAccountOnly(address other) external view {
        bytes32[7] memory roles = _roles();
        address[7] memory accounts = _accounts();
        for (uint256 i = 0; i < 7; ++i) {
            for (uint256 j = 0; j < 7; ++j) {
                vm.assertTrue(book.hasRole(roles[i], accounts[j]) == (i == j), "a job for each account, and no other");
            }
            vm.assertTrue(book.hasRole(roles[i], other) == (other == accounts[i]), "nobody else");
        }
        vm.assertEq(book.defaultAdmin(), ADMIN, "admin");
        vm.assertEq(book.defaultAdminDelay(), ADMIN_DELAY, "delay");
    }

    function test_RevertWhen_AJobHasNoAccount() external {
        bytes32[7] memory roles = _roles();
        for (uint256 i = 1; i < 7; ++i) {
            _refuse(
                _with(i, address(0)),
                abi.encodeWithSelector(ILoopRoles.LoopRolesAccountMissing.selector, roles[i])
            );
        }
        _refuse(
            _with(0, address(0)),
            abi.encodeWithSelector(
                IAccessControlDefaultAdminRules.AccessControlInvalidDefaultAdmin.selector,
                address(0)
            )
        );
    }

    function test_RevertWhen_AnAccountHasTwoJobs() external {
        bytes32[7] memory roles = _roles();
        address[7] memory accounts = _accounts();
        for (uint256 i = 0; i < 7; ++i) {
            for (uint256 j = i + 1; j < 7; ++j) {
                _refuse(
                    _with(j, accounts[i]),
                    abi.encodeWithSelector(ILoopRoles.LoopRolesTwoJobs.selector, accounts[i], roles[j])
                );
            }
        }
    }

    /* OFFERING */

    function testFuzz_RevertWhen_CallerIsNotAdmin(address caller) external {
        vm.assume(caller != ADMIN);
        bytes32[7] memory roles = _roles();
        address[7] memory accounts = _accounts();
        accounts[0] = caller;
        for (uint256 i = 0; i < 7; ++i) {
            for (uint256 j = 1; j < 7; ++j) {
                _expectUnauthorized(accounts[i], ADMIN_ROLE);
                vm.prank(accounts[i]);
                book.grantRole(roles[j], STRANGER);
                _expectUnauthorized(accounts[i], ADMIN_ROLE);
                vm.prank(accounts[i]);
                book.revokeRole(roles[j], accounts[j]);
            }
        }
    }

    function test_RevertWhen_TheAdminsJobIsOfferedOrTaken() external {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControlDefaultAdminRules.AccessControlEnforcedDefaultAdminRules.selector)
        );
        vm.prank(ADMIN);
        book.grantRole(ADMIN_ROLE, STRANGER);
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControlDefaultAdminRules.AccessControlEnforcedDefaultAdminRules.selector)
        );
        vm.prank(ADMIN);
        book.revokeRole(ADMIN_ROLE, ADMIN);
    }

    function testFuzz_OnlyOffers(uint256 job, address account) external {
        bytes32 role = _job(job);
        vm.assume(account != _accounts()[_bound(job, 1, 6)]);

        vm.expectEmit(address(book));
        emit ILoopRoles.RoleOffered(role, account, ADMIN);
        _offer(role, account);

        vm.assertTrue(book.isOffered(role, account), "offered");
        vm.assertTrue(!book.hasRole(role, account), "not given");
    }

    /* ACCEPTING */

    function testFuzz_RevertWhen_NothingWasOffered(bytes32 role, address account) external {
        _expectNotOffered(role, account);
        vm.prank(account);
        book.acceptRole(role);
    }

    function testFuzz_RevertWhen_AnotherJobOrAccountWasOffered(uint256 job, uint256 other) external {
        bytes32 role = _job(job);
        bytes32 wrong = _roles()[_bound(other, 0, 6)];
        vm.assume(wrong != role);
        _offer(role, STRANGER);

        _expectNotOffered(wrong, STRANGER);
        vm.prank(STRANGER);
        book.acceptRole(wrong);
        _expectNotOffered(role, address(this));
        book.acceptRole(role);
    }

    function test_RevertGiven_OfferWasWithdrawn() external {
        _offer(OPERATOR_ROLE, STRANGER);
        vm.prank(ADMIN);
        book.revokeRole(OPERATOR_ROLE, STRANGER);

        vm.assertTrue(!book.isOffered(OPERATOR_ROLE, STRANGER), "withdrawn");
        _expectNotOffered(OPERATOR_ROLE, STRANGER);
        vm.prank(STRANGER);
        book.acceptRole(OPERATOR_ROLE);
    }

    function testFuzz_RevertGiven_AccountHasAJob(uint256 job, uint256 holder) external {
        bytes32 role = _job(job);
        address account = _accounts()[_bound(holder, 0, 6)];
        _offer(role, account);

        _expectTwoJobs(account, role);
        vm.prank(account);
        book.acceptRole(role);
        vm.assertTrue(book.isOffered(role, account), "the offer stands for when he has given his job up");
    }

    function testFuzz_GivesTheJobOnce(uint256 job, address account) external {
        bytes32 role = _job(job);
        vm.assume(account != address(0) && !_isEmployed(account));
        _offer(role, account);

        vm.expectEmit(address(book));
        emit IAccessControl.RoleGranted(role, account, account);
        vm.prank(account);
        book.acceptRole(role);

        vm.assertTrue(book.hasRole(role, account), "given");
        vm.assertTrue(!book.isOffered(role, account), "used up");
        book.requireRole(role, account);
        _expectNotOffered(role, account);
        vm.prank(account);
        book.acceptRole(role);
    }

    /* TAKING AWAY */

    function testFuzz_RevokesAtOnceAndFreesTheAccount(uint256 job, uint256 next) external {
        uint256 index = _bound(job, 1, 6);
        address account = _accounts()[index];
        bytes32 role = _roles()[index];

        vm.expectEmit(address(book));
        emit IAccessControl.RoleRevoked(role, account, ADMIN);
        vm.prank(ADMIN);
        book.revokeRole(role, account);

        _expectUnauthorized(account, role);
        book.requireRole(role, account);
        _take(_job(next), account);
    }

    function testFuzz_RenouncesAndFreesTheAccount(uint256 job, uint256 next) external {
        uint256 index = _bound(job, 1, 6);
        address account = _accounts()[index];
        bytes32 role = _roles()[index];

        vm.expectRevert(abi.encodeWithSelector(IAccessControl.AccessControlBadConfirmation.selector));
        vm.prank(STRANGER);
        book.renounceRole(role, account);
        vm.prank(account);
        book.renounceRole(role, account);

        vm.assertTrue(!book.hasRole(role, account), "given up");
        _take(_job(next), account);
    }

    /// @dev Revoking what an account has not got must not free it for a second job.
    function testFuzz_RevokingAnotherJobFreesNobody(uint256 job, uint256 holder) external {
        uint256 index = _bound(holder, 1, 6);
        address account = _accounts()[index];
        bytes32 other = _job(job);
        vm.assume(other != _roles()[index]);

        vm.prank(ADMIN);
        book.revokeRole(other, account);
        vm.prank(account);
        book.renounceRole(other, account);
        _offer(other, account);
        _expectTwoJobs(account, other);
        vm.prank(account);
        book.acceptRole(other);
    }

    /* THE ADMIN */

    function testFuzz_AdminPassesInTwoStepsAfterTheDelay(address next, uint256 wait) external {
        vm.assume(next != address(0) && !_isEmployed(next));
        vm.prank(ADMIN);
        book.beginDefaultAdminTransfer(next);
        uint48 schedule = uint48(NOW) + ADMIN_DELAY;

        vm.warp(_bound(wait, NOW, schedule));
        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessControlDefaultAdminRules.AccessControlEnforcedDefaultAdminDelay.selector,
                schedule
            )
        );
        vm.prank(next);
        book.acceptDefaultAdminTransfer();

        vm.warp(schedule + 1);
        vm.prank(next);
        book.acceptDefaultAdminTransfer();
        vm.assertEq(book.defaultAdmin(), next, "the next one");
        vm.assertTrue(!book.hasRole(ADMIN_ROLE, ADMIN), "and no longer the old one");
        _expectUnauthorized(ADMIN, ADMIN_ROLE);
        vm.prank(ADMIN);
        book.grantRole(OPERATOR_ROLE, STRANGER);
    }

    function testFuzz_RevertWhen_TheNextAdminHasAJob(uint256 job) external {
        address next = _accounts()[_bound(job, 1, 6)];
        vm.prank(ADMIN);
        book.beginDefaultAdminTransfer(next);
        vm.warp(NOW + ADMIN_DELAY + 1);

        _expectTwoJobs(next, ADMIN_ROLE);
        vm.prank(next);
        book.acceptDefaultAdminTransfer();
        vm.assertEq(book.defaultAdmin(), ADMIN, "the old one stays");
    }

    function test_RevertWhen_AnotherAccepts() external {
        vm.prank(ADMIN);
        book.beginDefaultAdminTransfer(STRANGER);
        vm.warp(NOW + ADMIN_DELAY + 1);

        vm.expectRevert(
            abi.encodeWithSelector(IAccessControlDefaultAdminRules.AccessControlInvalidDefaultAdmin.selector, OPERATOR)
        );
        vm.prank(OPERATOR);
        book.acceptDefaultAdminTransfer();
    }

    function test_AdminCancels() external {
        vm.prank(ADMIN);
        book.beginDefaultAdminTransfer(STRANGER);
        vm.prank(ADMIN);
        book.cancelDefaultAdminTransfer();
        vm.warp(NOW + ADMIN_DELAY + 1);

        vm.expectRevert(
            abi.encodeWithSelector(IAccessControlDefaultAdminRules.AccessControlInvalidDefaultAdmin.selector, STRANGER)
        );
        vm.prank(STRANGER);
        book.acceptDefaultAdminTransfer();
    }

    function test_TheOldAdminMayTakeAJob() external {
        vm.prank(ADMIN);
        book.beginDefaultAdminTransfer(STRANGER);
        vm.warp(NOW + ADMIN_DELAY + 1);
        vm.prank(STRANGER);
        book.acceptDefaultAdminTransfer();

        vm.prank(STRANGER);
        book.grantRole(GUARDIAN_ROLE, ADMIN);
        vm.prank(ADMIN);
        book.acceptRole(GUARDIAN_ROLE);
        vm.assertTrue(book.hasRole(GUARDIAN_ROLE, ADMIN), "a guardian now");
    }

    /* ASKING */

    function testFuzz_RequireRole(bytes32 role, address account) external {
        vm.assume(!book.hasRole(role, account));
        _expectUnauthorized(account, role);
        book.requireRole(role, account);
        book.requireRole(OPERATOR_ROLE, OPERATOR);
    }

    function test_SupportsAccessControlsInterfaces() external view {
        IERC165 asked = IERC165(address(book));
        vm.assertTrue(asked.supportsInterface(type(IERC165).interfaceId), "ERC-165");
        vm.assertTrue(asked.supportsInterface(type(IAccessControl).interfaceId), "access control");
        vm.assertTrue(asked.supportsInterface(type(IAccessControlDefaultAdminRules).interfaceId), "with admin rules");
        vm.assertTrue(!asked.supportsInterface(0xffffffff), "ERC-165 forbids this one");
    }

    /* HELPERS */

    /// @dev An external step, so that the revert has a call to end.
    function deploy(ILoopRoles.Jobs calldata jobs) external {
        _deploy("RecipeRegistry", abi.encode(jobs));
    }

    function _refuse(ILoopRoles.Jobs memory jobs, bytes memory refusal) private {
        vm.expectRevert(refusal);
        this.deploy(jobs);
    }

    function _offer(bytes32 role, address account) private {
        vm.prank(ADMIN);
        book.grantRole(role, account);
    }

    function _take(bytes32 role, address account) private {
        _offer(role, account);
        vm.prank(account);
        book.acceptRole(role);
        vm.assertTrue(book.hasRole(role, account), "taken");
    }

    function _roles() private pure returns (bytes32[7] memory) {
        return [ADMIN_ROLE, OPERATOR_ROLE, REGISTRAR_ROLE, GUARDIAN_ROLE, PARAMETER_ROLE, PUBLISHER_ROLE, VOUCHER_ROLE];
    }

    function _accounts() private view returns (address[7] memory) {
        return [ADMIN, OPERATOR, REGISTRAR, GUARDIAN, PARAMETERS, PUBLISHER, VOUCHER_SIGNER];
    }

    /// @dev Any job but the admin's.
    function _job(uint256 index) private pure returns (bytes32) {
        return _roles()[_bound(index, 1, 6)];
    }

    function _isEmployed(address account) private view returns (bool employed) {
        address[7] memory accounts = _accounts();
        for (uint256 i = 0; i < 7; ++i) employed = employed || accounts[i] == account;
    }

    function _with(uint256 index, address account) private view returns (ILoopRoles.Jobs memory jobs) {
        jobs = _jobs();
        if (index == 0) jobs.admin = account;
        if (index == 1) jobs.operator = account;
        if (index == 2) jobs.registrar = account;
        if (index == 3) jobs.guardian = account;
        if (index == 4) jobs.parameterAuthority = account;
        if (index == 5) jobs.publisher = account;
        if (index == 6) jobs.voucherSigner = account;
    }

    function _expectUnauthorized(address account, bytes32 role) private {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, account, role)
        );
    }

    function _expectNotOffered(bytes32 role, address account) private {
        vm.expectRevert(abi.encodeWithSelector(ILoopRoles.LoopRolesNotOffered.selector, role, account));
    }

    function _expectTwoJobs(address account, bytes32 role) private {
        vm.expectRevert(abi.encodeWithSelector(ILoopRoles.LoopRolesTwoJobs.selector, account, role));
    }
}

/// @title All that the book of jobs answers
interface IBook is ILoopRoles, IAccessControlDefaultAdminRules {}
