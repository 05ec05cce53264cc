// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {GovernorVotesQuorumFraction} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721Votes} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Votes.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";

/// @title Works that vote, of which anyone mints and burns any; the clock is the time, as ours is
contract TwinVotes is ERC721("", ""), EIP712("", ""), ERC721Votes {
    uint256 public supply;

    function mint(address to, uint256 count) external {
        for (uint256 i = 0; i < count; ++i) _mint(to, ++supply);
    }

    function burn(uint256 tokenId) external {
        _burn(tokenId);
    }

    function clock() public view override returns (uint48) {
        return uint48(block.timestamp);
    }

    function CLOCK_MODE() public pure override returns (string memory) {
        return "mode=timestamp";
    }

    function _update(address to, uint256 id, address auth) internal override(ERC721, ERC721Votes) returns (address) {
        return super._update(to, id, auth);
    }

    function _increaseBalance(address account, uint128 amount) internal override(ERC721, ERC721Votes) {
        super._increaseBalance(account, amount);
    }
}

/// @title OpenZeppelin's governor with its timelock, put together as its guide does
/// @dev A twin is this with one function changed, or with none. Anyone may execute what the timelock has let go.
contract TwinGovernor is Governor, GovernorCountingSimple, GovernorVotesQuorumFraction, GovernorTimelockControl {
    constructor(
        TwinVotes votes
    )
        Governor("twin")
        GovernorVotes(votes)
        GovernorVotesQuorumFraction(4)
        GovernorTimelockControl(new TimelockController(2 days, new address[](0), new address[](1), address(this)))
    {
        TimelockController lock = TimelockController(payable(timelock()));
        lock.grantRole(lock.PROPOSER_ROLE(), address(this));
        lock.grantRole(lock.CANCELLER_ROLE(), address(this));
        lock.renounceRole(lock.DEFAULT_ADMIN_ROLE(), address(this));
    }

    function votingDelay() public pure override returns (uint256) {
        return 1 days;
    }

    function votingPeriod() public pure override returns (uint256) {
        return 5 days;
    }

    function state(uint256 id) public view virtual override(Governor, GovernorTimelockControl) returns (ProposalState) {
        return super.state(id);
    }

    function quorum(
        uint256 timepoint
    ) public view virtual override(Governor, GovernorVotesQuorumFraction) returns (uint256) {
        return super.quorum(timepoint);
    }

    function proposalNeedsQueuing(uint256 id) public view override(Governor, GovernorTimelockControl) returns (bool) {
        return super.proposalNeedsQueuing(id);
    }

    function _getVotes(
        address account,
        uint256 timepoint,
        bytes memory parameters
    ) internal view virtual override(Governor, GovernorVotes) returns (uint256) {
        return super._getVotes(account, timepoint, parameters);
    }

    function _queueOperations(
        uint256 id,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calls,
        bytes32 hash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        return super._queueOperations(id, targets, values, calls, hash);
    }

    function _executeOperations(
        uint256 id,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calls,
        bytes32 hash
    ) internal override(Governor, GovernorTimelockControl) {
        super._executeOperations(id, targets, values, calls, hash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calls,
        bytes32 hash
    ) internal virtual override(Governor, GovernorTimelockControl) returns (uint256) {
        return super._cancel(targets, values, calls, hash);
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }
}
