// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopGovernor} from "../../../../contracts/interfaces/ILoopGovernor.sol";
import {DaoKit} from "../../kit/DaoKit.sol";

// given the code of a target is as it was when proposed
// └── it is queued and executed
// given it changed, was removed, or is another delegation
// ├── queueing reverts
// ├── executing reverts, though it was queued before
// └── with the old code back, it goes on
// given a target had no code
// ├── its first wei changes nothing
// └── its first code does
contract CodeTest is DaoKit {
    address private target;
    Proposal private proposal;

    function setUp() public override {
        super.setUp();
        _wrap(ALICE, _works(1, 0, 10));
        target = address(new Bell());
        proposal = _call(target, abi.encodeCall(Bell.ring, ()));
    }

    function test_ExecutesTheCodeThatWasVotedOn() external {
        _pass(proposal);
        _execute(proposal);
        vm.assertEq(Bell(target).rung(), 1, "rung");
    }

    function testFuzz_RevertWhen_ChangedBeforeQueueing(bytes32 salt) external {
        uint256 id = _carry(proposal);
        bytes memory old = target.code;
        bytes32 before = target.codehash;
        vm.etch(target, bytes.concat(old, salt));
        _expectChanged(id, before, target.codehash);
        _queue(proposal);

        vm.etch(target, old);
        _queue(proposal);
    }

    function testFuzz_RevertWhen_ChangedBeforeExecuting(bytes32 salt) external {
        uint256 id = _pass(proposal);
        bytes memory old = target.code;
        bytes32 before = target.codehash;
        vm.etch(target, bytes.concat(old, salt));
        _expectChanged(id, before, target.codehash);
        _execute(proposal);
        vm.etch(target, "");
        _expectChanged(id, before, 0);
        _execute(proposal);

        vm.etch(target, old);
        _execute(proposal);
        vm.assertEq(Bell(target).rung(), 1, "rung once");
    }

    function test_RevertWhen_TheSecondTargetChanged() external {
        Proposal memory p = proposal;
        address second = address(new Bell());
        (p.targets, p.values, p.calls) = (new address[](2), new uint256[](2), new bytes[](2));
        (p.targets[0], p.targets[1]) = (target, second);
        (p.calls[0], p.calls[1]) = (proposal.calls[0], proposal.calls[0]);
        uint256 id = _pass(p);
        bytes32 before = second.codehash;
        vm.etch(second, hex"00");
        vm.expectRevert(
            abi.encodeWithSelector(
                ILoopGovernor.LoopGovernorCodeChanged.selector,
                id,
                second,
                before,
                keccak256(hex"00")
            )
        );
        _execute(p);
        vm.assertEq(Bell(target).rung(), 0, "nor the first one called");
    }

    /// @dev An account that delegates by EIP-7702 has 23 bytes of code that name the other one.
    function test_RevertWhen_TheDelegationChanged() external {
        address wallet = _account("wallet");
        bytes memory first = abi.encodePacked(hex"ef0100", target);
        vm.etch(wallet, first);
        Proposal memory p = _call(wallet, abi.encodeCall(Bell.ring, ()));
        uint256 id = _pass(p);
        vm.assertEq(governor.codeAtProposal(id)[0], keccak256(first), "the delegation is the code");

        bytes memory other = abi.encodePacked(hex"ef0100", address(collection));
        vm.etch(wallet, other);
        vm.expectRevert(
            abi.encodeWithSelector(
                ILoopGovernor.LoopGovernorCodeChanged.selector,
                id,
                wallet,
                keccak256(first),
                keccak256(other)
            )
        );
        _execute(p);
    }

    function test_AWeiIsNoCode() external {
        vm.deal(address(timelock), 1 ether);
        Proposal memory p = _call(_account("payee"), 1 ether, "", "A payment");
        _carryAndQueue(p);
        vm.deal(p.targets[0], 1); // the chain's own hash of the account changes with it
        _later(TIMELOCK_DELAY);
        _execute(p);
        vm.assertEq(p.targets[0].balance, 1 ether + 1, "paid");
    }

    function test_RevertWhen_CodeCame() external {
        vm.deal(address(timelock), 1 ether);
        Proposal memory p = _call(_account("payee"), 1 ether, "", "A payment");
        uint256 id = _pass(p);
        vm.etch(p.targets[0], hex"00");
        vm.expectRevert(
            abi.encodeWithSelector(
                ILoopGovernor.LoopGovernorCodeChanged.selector,
                id,
                p.targets[0],
                0,
                keccak256(hex"00")
            )
        );
        _execute(p);
    }

    function _expectChanged(uint256 id, bytes32 before, bytes32 current) private {
        vm.expectRevert(
            abi.encodeWithSelector(ILoopGovernor.LoopGovernorCodeChanged.selector, id, target, before, current)
        );
    }
}

/// @title Counts how often it is rung
contract Bell {
    uint256 public rung;

    function ring() external {
        ++rung;
    }
}
