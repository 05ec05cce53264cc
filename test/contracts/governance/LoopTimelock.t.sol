// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {ILoopTimelock} from "../../../contracts/interfaces/ILoopTimelock.sol";
import {DaoKit} from "../kit/DaoKit.sol";
import {Vm} from "../kit/Vm.sol";

// constructor, updateDelay
// ├── when the delay is not 1 to 30 days
// │   └── it reverts
// └── a vote alone moves the delay
// appoint
// ├── the governor proposes, cancels and executes; nobody else ever had a role
// ├── when the caller is not the founder, or it was done
// │   └── it reverts
// └── when the governor acts through another timelock
//     └── it reverts
// schedule, execute, executeBatch
// └── when the caller is not the governor
//     └── it reverts, whatever was carried
// takeOffice
// ├── by anybody, once the delay of the admin's handing over has passed
// └── when nothing was offered, or it is too early
//     └── it reverts
contract LoopTimelockTest is DaoKit {
    function setUp() public override {
        super.setUp();
        _wrap(ALICE, _works(1, 0, 10));
    }

    /* THE DELAY */

    function testFuzz_RevertWhen_TheDelayIsOutOfRange(uint256 delay) external {
        vm.assume(delay < 1 days || delay > 30 days);
        vm.expectRevert(_outOfRange(delay));
        this.deployTimelock(delay);
        vm.expectRevert(_outOfRange(delay));
        vm.prank(address(timelock));
        timelock.updateDelay(delay);
    }

    /// @dev Outside, so that its revert is one of a call.
    function deployTimelock(uint256 delay) external {
        _deploy("LoopTimelock", abi.encode(registry, delay, FOUNDER));
    }

    function test_AVoteMovesTheDelay() external {
        Proposal memory p = _call(address(timelock), abi.encodeCall(timelock.updateDelay, (3 days)));
        _pass(p);
        _execute(p);
        vm.assertEq(timelock.getMinDelay(), 3 days, "moved");

        vm.expectRevert(abi.encodeWithSignature("TimelockUnauthorizedCaller(address)", FOUNDER));
        vm.prank(FOUNDER);
        timelock.updateDelay(4 days);
    }

    function _outOfRange(uint256 delay) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ILoopTimelock.LoopTimelockDelayOutOfRange.selector, delay, 1 days, 30 days);
    }

    /* THE GOVERNOR */

    function test_GivesRolesToTheGovernorAlone() external {
        vm.recordLogs();
        timelock = _deployTimelock();
        governor = _deployGovernor(_daoSettings());
        vm.prank(FOUNDER);
        timelock.appoint(address(governor));

        bytes32[] memory given = new bytes32[](4);
        (given[0], given[1], given[2], given[3]) = (bytes32(0), PROPOSER_ROLE, CANCELLER_ROLE, EXECUTOR_ROLE);
        uint256 seen = 0;
        Grant[] memory logs = _grants();
        for (uint256 i = 0; i < logs.length; ++i) {
            vm.assertEq(logs[i].role, given[i], "role");
            vm.assertEq(logs[i].account, i == 0 ? address(timelock) : address(governor), "account");
            ++seen;
        }
        vm.assertEq(seen, 4, "itself, and the governor three times");
        vm.assertEq(timelock.governor(), address(governor), "known");
    }

    function test_RevertWhen_AppointedByAnotherOrTwice() external {
        _expectMayNot(FOUNDER);
        timelock.appoint(address(governor));

        timelock = _deployTimelock();
        governor = _deployGovernor(_daoSettings());
        _expectMayNot(STRANGER);
        timelock.appoint(address(governor));
    }

    function test_RevertWhen_TheGovernorIsOfAnotherTimelock() external {
        timelock = _deployTimelock();
        vm.expectRevert(abi.encodeWithSelector(ILoopTimelock.LoopTimelockForeignGovernor.selector, address(governor)));
        vm.prank(FOUNDER);
        timelock.appoint(address(governor));
    }

    function _expectMayNot(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(ILoopTimelock.LoopTimelockMayNotAppoint.selector, caller));
        vm.prank(caller);
    }

    /* NO WAY BY THE GOVERNOR'S CHECKS */

    function testFuzz_RevertWhen_AnotherActs(address caller) external {
        vm.assume(caller != address(governor));
        Proposal memory p = _call(address(timelock), abi.encodeCall(timelock.updateDelay, (3 days)));
        _pass(p);
        bytes32 salt = bytes32(bytes20(address(governor))) ^ _hash(p);

        _expectUnauthorized(caller, EXECUTOR_ROLE);
        timelock.executeBatch(p.targets, p.values, p.calls, 0, salt);
        _expectUnauthorized(caller, EXECUTOR_ROLE);
        timelock.execute(p.targets[0], 0, p.calls[0], 0, salt);
        _expectUnauthorized(caller, PROPOSER_ROLE);
        timelock.schedule(p.targets[0], 0, p.calls[0], 0, salt, 3 days);
    }

    function _expectUnauthorized(address caller, bytes32 role) private {
        vm.expectRevert(abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, caller, role));
        vm.prank(caller);
    }

    /* THE ADMIN'S JOB */

    function test_TakesOffice() external {
        _handOver();
        IAccessControl jobs = IAccessControl(address(registry));
        vm.assertTrue(jobs.hasRole(0, address(timelock)), "admin");
        vm.assertTrue(!jobs.hasRole(0, ADMIN), "and nobody else");
        vm.assertEq(collection.owner(), address(timelock), "owner of the page");
    }

    function test_RevertWhen_NothingIsOfferedOrTooEarly() external {
        vm.expectRevert(abi.encodeWithSignature("AccessControlInvalidDefaultAdmin(address)", address(timelock)));
        timelock.takeOffice();

        vm.prank(ADMIN);
        (bool began, ) = address(registry).call(
            abi.encodeWithSignature("beginDefaultAdminTransfer(address)", timelock)
        );
        vm.assertTrue(began, "began");
        uint256 schedule = block.timestamp + ADMIN_DELAY;
        vm.warp(schedule);
        vm.expectRevert(abi.encodeWithSignature("AccessControlEnforcedDefaultAdminDelay(uint48)", uint48(schedule)));
        timelock.takeOffice();
    }

    /* HELPERS */

    struct Grant {
        bytes32 role;
        address account;
    }

    /// @dev The roles that were given since the recording began, in order.
    function _grants() private returns (Grant[] memory grants) {
        bytes32 granted = keccak256("RoleGranted(bytes32,address,address)");
        uint256 count = 0;
        grants = new Grant[](4);
        Vm.Log[] memory logs = vm.getRecordedLogs();
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] != granted) continue;
            grants[count++] = Grant(logs[i].topics[1], address(uint160(uint256(logs[i].topics[2]))));
        }
    }
}
