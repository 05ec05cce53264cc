// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {DaoKit} from "./DaoKit.sol";

/// @dev Vulnerable on purpose: what was decided may be done, and done again.
contract WillingExecutor {
    mapping(bytes32 id => bool) public decided;

    function decide(address target, bytes calldata call) external {
        decided[keccak256(abi.encode(target, call))] = true;
    }

    function execute(address target, bytes calldata call) external {
        require(decided[keccak256(abi.encode(target, call))], "not decided");
        (bool success, ) = target.call(call);
        require(success, "failed");
    }
}

contract Purse {
    uint256 public paid;

    function pay() external {
        ++paid;
    }
}

/// @dev Executes the proposal again from within.
contract Again {
    address private _governor;
    bytes private _call;
    uint256 public times;
    bytes public refusal;

    function prepare(address governor, bytes calldata call) external {
        (_governor, _call) = (governor, call);
    }

    function act() external {
        ++times;
        (, refusal) = _governor.call(_call);
    }
}

// A grant is paid, and its proposer executes it again: afterwards, or from within the call.
contract ExecutedTwiceTest is DaoKit {
    function test_TheTwinPaysTwice() external {
        WillingExecutor twin = new WillingExecutor();
        Purse purse = new Purse();
        twin.decide(address(purse), abi.encodeCall(purse.pay, ()));
        twin.execute(address(purse), abi.encodeCall(purse.pay, ()));
        twin.execute(address(purse), abi.encodeCall(purse.pay, ()));

        vm.assertEq(purse.paid(), 2, "paid twice");
    }

    function test_TheGovernorPaysOnce() external {
        Purse purse = new Purse();
        Proposal memory grant = _draft(address(purse), abi.encodeCall(purse.pay, ()));
        _pass(governor, ALICE, grant);

        vm.expectRevert(_unexpectedState(grant, IGovernor.ProposalState.Executed, IGovernor.ProposalState.Queued));
        _execute(governor, grant);
        vm.expectRevert(_unexpectedState(grant, IGovernor.ProposalState.Executed, IGovernor.ProposalState.Succeeded));
        _queue(governor, grant);
        vm.assertEq(purse.paid(), 1, "once");
    }

    function test_TheGovernorPaysOnceFromWithin() external {
        Again again = new Again();
        Proposal memory grant = _draft(address(again), abi.encodeCall(again.act, ()));
        bytes32 hash = keccak256(bytes(grant.description));
        again.prepare(
            address(governor),
            abi.encodeCall(governor.execute, (grant.targets, grant.values, grant.calls, hash))
        );
        _pass(governor, ALICE, grant);

        vm.assertEq(again.times(), 1, "once");
        vm.assertEq(
            again.refusal(),
            _unexpectedState(grant, IGovernor.ProposalState.Executed, IGovernor.ProposalState.Queued),
            "it counts as executed before it is"
        );
    }
}
