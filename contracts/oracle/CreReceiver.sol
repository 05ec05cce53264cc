// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {ICreReceiver} from "../interfaces/ICreReceiver.sol";
import {IMarketAdapter} from "../interfaces/IMarketAdapter.sol";
import {IMarketOracle} from "../interfaces/IMarketOracle.sol";
import {IReceiver} from "../interfaces/vendors/IReceiver.sol";
import {MarketAdapter} from "./MarketAdapter.sol";

/// @title CreReceiver
/// @notice See {ICreReceiver}: one forwarder, one workflow, one word.
/// @dev A workflow's id changes with each of its versions, so it is its owner and its name that are checked. Who is not the
/// forwarder, and what is another workflow's, is refused; all else is the workflow's own slip or delay and must not come again.
contract CreReceiver is ICreReceiver, IReceiver, MarketAdapter {
    uint256 private constant NAME_AT = 32; // after the workflow's id
    uint256 private constant OWNER_AT = 42;
    uint256 private constant LEAST_METADATA = 62; // in production a report id of two bytes follows
    uint256 private constant WORD = 32;

    address private immutable FORWARDER;
    address private immutable OWNER;
    bytes10 private immutable NAME;

    /// @param forwarder Chainlink's contract on this chain; it checked the signatures of the network.
    /// @param workflowOwner Who registered the workflow.
    /// @param workflowName The first ten hex digits of the SHA-256 of its name, as bytes of text.
    constructor(
        IMarketOracle oracle,
        address forwarder,
        address workflowOwner,
        bytes10 workflowName
    ) MarketAdapter(oracle) {
        bool complete = forwarder != address(0) && workflowOwner != address(0) && workflowName != bytes10(0);
        require(complete, CreReceiverInvalidConfiguration());

        FORWARDER = forwarder;
        OWNER = workflowOwner;
        NAME = workflowName;
    }

    /// @inheritdoc IReceiver
    function onReport(bytes calldata metadata, bytes calldata report) external {
        require(msg.sender == FORWARDER, CreReceiverUnauthorizedForwarder(msg.sender));
        (address owner, bytes10 name) = _workflowOf(metadata);
        require(owner == OWNER && name == NAME, CreReceiverUnknownWorkflow(owner, name));

        bytes32 evidence = keccak256(report);
        if (report.length == WORD) _tryToBring(bytes32(report), evidence);
        else emit Discarded(evidence, abi.encodeWithSelector(CreReceiverMalformedReport.selector, report.length));
    }

    /// @dev Zeros where the metadata is too short to tell.
    function _workflowOf(bytes calldata metadata) private pure returns (address owner, bytes10 name) {
        if (metadata.length < LEAST_METADATA) return (address(0), bytes10(0));

        return (address(bytes20(metadata[OWNER_AT:LEAST_METADATA])), bytes10(metadata[NAME_AT:OWNER_AT]));
    }

    /// @inheritdoc ICreReceiver
    function source() external view returns (address forwarder, address owner, bytes10 name) {
        return (FORWARDER, OWNER, NAME);
    }

    /// @inheritdoc IMarketAdapter
    function kind() external pure returns (bytes32 name) {
        return "cre";
    }

    /// @inheritdoc IERC165
    /// @dev The forwarder asks for the id of `onReport` alone: `type(IReceiver).interfaceId` leaves out what IReceiver inherits.
    function supportsInterface(
        bytes4 interfaceId
    ) public view override(MarketAdapter, IERC165) returns (bool supported) {
        return interfaceId == type(IReceiver).interfaceId || super.supportsInterface(interfaceId);
    }
}
