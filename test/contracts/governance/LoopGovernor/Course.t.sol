// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {ILoopGovernor} from "../../../../contracts/interfaces/ILoopGovernor.sol";
import {REGISTRAR_ROLE} from "../../../../contracts/access/Roles.sol";
import {IRegistrarSeat} from "../../../../contracts/interfaces/IRegistrarSeat.sol";
import {DaoKit} from "../../kit/DaoKit.sol";

// a proposal, from wrapping to what it changes
// ├── it is pending, active, succeeded, queued, executed, at the seconds it should be
// ├── it changes the collection and registers a recipe, with the admin's and the registrar's job
// ├── when it is executed before its time, or twice
// │   └── it reverts
// └── those who wrapped get their works back, before it happens if they want
// execute
// └── a call that reverts lets none of the others happen
// relay, updateTimelock
// └── revert, also by vote
contract CourseTest is DaoKit {
    IRegistrarSeat private seat;

    function setUp() public override {
        super.setUp();
        _handOver();
        seat = IRegistrarSeat(_deploy("RegistrarSeat", abi.encode(registry, timelock)));
        _wrap(ALICE, _works(1, 0, 10));
        _wrap(BOB, _works(2, 0, 10));
    }

    function test_ChangesTheCollection() external {
        Proposal memory p = _three();
        uint256 id = _propose(ALICE, p);
        vm.warp(governor.proposalSnapshot(id));
        _requireState(id, IGovernor.ProposalState.Pending);
        _later(1);
        _requireState(id, IGovernor.ProposalState.Active);
        _vote(ALICE, id, FOR);
        _unwrap(ALICE, _works(1, 0, 10)); // what was voted stays voted
        _wrap(ALICE, _works(1, 0, 3)); // which needs no works, but the next proposal does

        vm.warp(governor.proposalDeadline(id));
        _requireState(id, IGovernor.ProposalState.Active);
        _later(1);
        _requireState(id, IGovernor.ProposalState.Succeeded);
        _queue(p);
        _requireState(id, IGovernor.ProposalState.Queued);
        vm.assertEq(governor.proposalEta(id), block.timestamp + TIMELOCK_DELAY, "its time");
        _unwrap(BOB, _works(2, 0, 10)); // who dislikes it leaves before it happens, in the second that passes

        _later(TIMELOCK_DELAY - 2);
        vm.expectRevert(
            abi.encodeWithSignature(
                "TimelockUnexpectedOperationState(bytes32,bytes32)",
                _operationOf(p),
                bytes32(uint256(4))
            )
        );
        _execute(p);
        _later(1);
        vm.prank(STRANGER);
        _execute(p);
        _requireState(id, IGovernor.ProposalState.Executed);

        vm.assertEq(collection.contractURI(), "ipfs://voted", "the collection");
        _requireRegistrar();
        vm.expectRevert(
            abi.encodeWithSelector(
                IGovernor.GovernorUnexpectedProposalState.selector,
                id,
                IGovernor.ProposalState.Executed,
                bytes32(uint256(1 << uint8(IGovernor.ProposalState.Queued)))
            )
        );
        _execute(p);
    }

    function test_IsAllOrNothing() external {
        Proposal memory p = _three();
        p.calls[2] = abi.encodeWithSignature("acceptDefaultAdminTransfer()"); // nobody was offered it
        _pass(p);
        vm.expectRevert(abi.encodeWithSignature("AccessControlInvalidDefaultAdmin(address)", address(timelock)));
        _execute(p);
        vm.assertEq(collection.contractURI(), "ipfs://collection", "as it was");
    }

    function test_DoesNotRelay() external {
        vm.expectRevert(abi.encodeWithSelector(ILoopGovernor.LoopGovernorDisabled.selector));
        governor.relay(address(collection), 0, "");
        vm.expectRevert(abi.encodeWithSelector(ILoopGovernor.LoopGovernorDisabled.selector));
        governor.updateTimelock(STRANGER);

        Proposal memory relaying = _call(
            address(governor),
            abi.encodeCall(governor.relay, (address(collection), 0, ""))
        );
        _pass(relaying);
        vm.expectRevert(abi.encodeWithSelector(ILoopGovernor.LoopGovernorDisabled.selector));
        _execute(relaying);
        Proposal memory moving = _call(address(governor), abi.encodeCall(governor.updateTimelock, (STRANGER)));
        _pass(moving);
        vm.expectRevert(abi.encodeWithSelector(ILoopGovernor.LoopGovernorDisabled.selector));
        _execute(moving);
    }

    /// @dev The collection's page, and the registrar's job offered to the seat and the old one dismissed.
    function _three() private view returns (Proposal memory p) {
        p = _call(address(collection), "");
        (p.targets, p.values, p.calls) = (new address[](3), new uint256[](3), new bytes[](3));
        (p.targets[0], p.targets[1], p.targets[2]) = (address(collection), address(registry), address(registry));
        p.calls[0] = abi.encodeCall(collection.setContractURI, ("ipfs://voted"));
        p.calls[1] = abi.encodeWithSignature("revokeRole(bytes32,address)", REGISTRAR_ROLE, REGISTRAR);
        p.calls[2] = abi.encodeWithSignature("grantRole(bytes32,address)", REGISTRAR_ROLE, seat);
    }

    function _requireRegistrar() private {
        seat.takeOffice();
        Proposal memory p = _call(
            address(seat),
            0,
            abi.encodeCall(IRegistrarSeat.register, ("new recipe")),
            "A recipe"
        );
        _pass(p);
        _execute(p);
        vm.assertEq(registry.numberOf("new recipe"), 2, "registered by vote");
    }
}
