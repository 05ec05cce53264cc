// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {DaoKit} from "./DaoKit.sol";
import {TwinGovernor, TwinVotes} from "./TwinGovernor.sol";

/// @dev Vulnerable on purpose, as OpenZeppelin's was before 4.9: anyone may hand in anyone's proposal.
contract AnyoneProposes is TwinGovernor {
    constructor(TwinVotes votes) TwinGovernor(votes) {}

    function _isValidDescriptionForProposer(address, string memory) internal pure override returns (bool) {
        return true;
    }
}

// Somebody sees a proposal on its way, hands the very same one in before it, and cancels it: it can never be proposed again.
contract ProposalTakenTest is DaoKit {
    function test_TheTwinLetsHimBuryIt() external {
        AnyoneProposes twin = new AnyoneProposes(_twinVotes());
        Proposal memory change = _signed(_draft(STRANGER, "a change"));
        _propose(twin, STRANGER, change);
        _cancel(twin, STRANGER, change);

        vm.expectRevert(
            abi.encodeWithSelector(
                IGovernor.GovernorUnexpectedProposalState.selector,
                change.id,
                IGovernor.ProposalState.Canceled,
                bytes32(0)
            )
        );
        _propose(twin, ALICE, change);
    }

    function test_TheGovernorReadsWhoseItIs() external {
        Proposal memory change = _signed(_royalty(750));

        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorRestrictedProposer.selector, CAROL));
        _propose(governor, CAROL, change);
        _propose(governor, ALICE, change);
        vm.assertEq(governor.proposalProposer(change.id), ALICE, "hers");
    }

    /// @dev As the task `propose` ends every description.
    function _signed(Proposal memory drafted) private view returns (Proposal memory) {
        return _titled(drafted, string.concat("# Title\n\n#proposer=", Strings.toHexString(ALICE)));
    }
}
