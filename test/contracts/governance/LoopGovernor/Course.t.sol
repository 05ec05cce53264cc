// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";

import {ILoopGovernor} from "../../../../contracts/interfaces/ILoopGovernor.sol";
import {IRecipeRegistry} from "../../../../contracts/interfaces/IRecipeRegistry.sol";
import {IParameterController} from "../../../../contracts/interfaces/IParameterController.sol";
import {FoundedKit} from "../../kit/FoundedKit.sol";

// a proposal, from wrapping to what it changes
// ├── it is pending, active, succeeded, queued, executed, at the seconds it should be
// ├── it changes the collection, a royalty, and registers a recipe: the DAO has the admin's, the parameter authority's and the
// │   registrar's job
// ├── when it is executed before its time, or twice
// │   └── it reverts
// └── those who wrapped get their works back, before it happens if they want
// execute
// └── a call that reverts lets none of the others happen
// relay, updateTimelock
// └── revert, also by vote
contract CourseTest is FoundedKit {
    function test_ChangesTheCollection() external {
        Proposal memory p = _three();
        uint256 id = _propose(ALICE, p);
        vm.warp(governor.proposalSnapshot(id));
        _requireState(id, IGovernor.ProposalState.Pending);
        _later(1);
        _requireState(id, IGovernor.ProposalState.Active);
        _vote(ALICE, id, FOR);
        _unwrap(ALICE, _works(1, 0, 10)); // what was voted stays voted
        _wrap(ALICE, _works(1, 0, 2)); // and she keeps what a proposer needs

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
        vm.assertEq(registry.numberOf("new recipe"), 2, "the recipe");
        (address receiver, uint256 royalty) = votes.royaltyInfo(_id(1, 0), 1 ether);
        vm.assertEq(royalty, 0.075 ether, "the royalty of the next sale, wrapped or not");
        vm.assertEq(receiver, TREASURY, "to whom it went before");
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
        p.calls[2] = abi.encodeCall(seat.register, (RECIPE)); // which is registered
        _pass(p);
        vm.expectRevert(abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryAlreadyRegistered.selector, RECIPE, 1));
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

    /// @dev The collection's page, the royalty and a recipe.
    function _three() private view returns (Proposal memory p) {
        p = _call(address(collection), "");
        (p.targets, p.values, p.calls) = (new address[](3), new uint256[](3), new bytes[](3));
        (p.targets[0], p.targets[1], p.targets[2]) = (address(collection), address(controller), address(seat));
        p.calls[0] = abi.encodeCall(collection.setContractURI, ("ipfs://voted"));
        p.calls[1] = abi.encodeCall(controller.govern, (IParameterController.Slot.Royalty, 750, "reasons"));
        p.calls[2] = abi.encodeCall(seat.register, ("new recipe"));
    }
}
