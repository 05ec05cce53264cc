// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC5313} from "@openzeppelin/contracts/interfaces/IERC5313.sol";
import {IERC5805} from "@openzeppelin/contracts/interfaces/IERC5805.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";

import {IAttunement} from "../../../contracts/interfaces/IAttunement.sol";
import {IERC7160} from "../../../contracts/interfaces/IERC7160.sol";
import {IERC7572} from "../../../contracts/interfaces/IERC7572.sol";
import {ILoopGovernor} from "../../../contracts/interfaces/ILoopGovernor.sol";
import {ILoopTimelock} from "../../../contracts/interfaces/ILoopTimelock.sol";
import {ILoopVotes} from "../../../contracts/interfaces/ILoopVotes.sol";

/// @title All that the wrapper answers
interface IWrapper is ILoopVotes, IERC721Metadata, IERC2981, IERC5313, IERC5805, IERC7160, IERC7572, IAttunement {
    error ERC721UnsupportedToken(address token);

    function depositFor(address account, uint256[] calldata tokenIds) external returns (bool);
    function withdrawTo(address account, uint256[] calldata tokenIds) external returns (bool);
    function underlying() external view returns (address);
    function onERC721Received(address, address, uint256, bytes calldata) external returns (bytes4);
}

/// @title All that the governor answers
interface IDaoGovernor is IGovernor, ILoopGovernor {
    function GRACE_PERIOD() external view returns (uint256);
    function lateQuorumVoteExtension() external view returns (uint48);
    function proposalVotes(uint256 id) external view returns (uint256 against, uint256 inFavour, uint256 abstaining);
    function quorumNumerator() external view returns (uint256);
    function relay(address target, uint256 value, bytes calldata data) external payable;
    function setProposalThreshold(uint256 threshold) external;
    function timelock() external view returns (address);
    function token() external view returns (address);
    function updateQuorumNumerator(uint256 numerator) external;
    function updateTimelock(address newTimelock) external;
}

/// @title All that the timelock answers
interface IDaoTimelock is ILoopTimelock, IAccessControl {
    function execute(
        address target,
        uint256 value,
        bytes calldata data,
        bytes32 predecessor,
        bytes32 salt
    ) external payable;
    function executeBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata payloads,
        bytes32 predecessor,
        bytes32 salt
    ) external payable;
    function getMinDelay() external view returns (uint256);
    function hashOperationBatch(
        address[] calldata targets,
        uint256[] calldata values,
        bytes[] calldata payloads,
        bytes32 predecessor,
        bytes32 salt
    ) external pure returns (bytes32);
    function isOperation(bytes32 id) external view returns (bool);
    function isOperationPending(bytes32 id) external view returns (bool);
    function schedule(
        address target,
        uint256 value,
        bytes calldata data,
        bytes32 predecessor,
        bytes32 salt,
        uint256 delay
    ) external;
    function updateDelay(uint256 newDelay) external;
}
