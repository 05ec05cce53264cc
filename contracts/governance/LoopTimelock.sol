// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAccessControlDefaultAdminRules} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

import {ILoopTimelock} from "../interfaces/ILoopTimelock.sol";

interface IActsThroughTimelock {
    function timelock() external view returns (address);
}

/// @title LoopTimelock
/// @notice See {ILoopTimelock}.
/// @dev The governor's constructor asks for the timelock, so that is deployed first, and told of the governor afterwards.
contract LoopTimelock is ILoopTimelock, TimelockController {
    /// @dev Less leaves no time to leave; more could be a vote that ends all votes.
    uint256 public constant LEAST_DELAY = 1 days;
    uint256 public constant MOST_DELAY = 30 days;

    address private immutable _REGISTRY;
    address private immutable _FOUNDER;

    /// @inheritdoc ILoopTimelock
    address public governor;

    constructor(
        address registry,
        uint256 delay,
        address founder
    ) TimelockController(delay, new address[](0), new address[](0), address(0)) {
        _requireInRange(delay);
        (_REGISTRY, _FOUNDER) = (registry, founder);
    }

    /// @inheritdoc ILoopTimelock
    function appoint(address newGovernor) external {
        require(msg.sender == _FOUNDER && governor == address(0), LoopTimelockMayNotAppoint(msg.sender));
        require(
            IActsThroughTimelock(newGovernor).timelock() == address(this),
            LoopTimelockForeignGovernor(newGovernor)
        );

        governor = newGovernor;
        _grantRole(PROPOSER_ROLE, newGovernor);
        _grantRole(CANCELLER_ROLE, newGovernor);
        _grantRole(EXECUTOR_ROLE, newGovernor);

        emit Appointed(newGovernor);
    }

    /// @inheritdoc ILoopTimelock
    function takeOffice() external {
        IAccessControlDefaultAdminRules(_REGISTRY).acceptDefaultAdminTransfer();
    }

    /// @inheritdoc TimelockController
    function updateDelay(uint256 newDelay) public override {
        _requireInRange(newDelay);
        super.updateDelay(newDelay);
    }

    function _requireInRange(uint256 delay) private pure {
        require(
            delay >= LEAST_DELAY && delay <= MOST_DELAY,
            LoopTimelockDelayOutOfRange(delay, LEAST_DELAY, MOST_DELAY)
        );
    }
}
