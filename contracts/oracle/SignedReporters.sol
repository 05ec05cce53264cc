// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {Governed} from "../access/Governed.sol";
import {ADMIN_ROLE} from "../access/Roles.sol";
import {IMarketAdapter} from "../interfaces/IMarketAdapter.sol";
import {IMarketOracle} from "../interfaces/IMarketOracle.sol";
import {IRecipeRegistry} from "../interfaces/IRecipeRegistry.sol";
import {ISignedReporters} from "../interfaces/ISignedReporters.sol";
import {MedianLib} from "../libraries/MedianLib.sol";
import {Observation} from "../types/Observation.sol";
import {MarketAdapter} from "./MarketAdapter.sol";

/// @title SignedReporters
/// @notice See {ISignedReporters}: k of n reporters, and the median of what they sign.
contract SignedReporters is ISignedReporters, MarketAdapter, Governed, EIP712 {
    uint256 private constant MAX_REPORTERS = 16;
    bytes32 private constant REPORT_TYPE = keccak256("Report(uint256 round,bytes32 observation)");

    bytes32 private _set; // hash of the next two
    uint256 private _quorum;
    address[] private _reporters;

    constructor(
        IRecipeRegistry registry,
        IMarketOracle oracle,
        address[] memory set,
        uint256 quorum
    ) MarketAdapter(oracle) Governed(registry) EIP712("Generative Loop Reporters", "1") {
        _setReporters(set, quorum);
    }

    /// @inheritdoc ISignedReporters
    function report(uint256 round, address[] calldata set, uint256 quorum, Report[] calldata reports) external {
        bytes32 given = keccak256(abi.encode(set, quorum));
        require(given == _set, SignedReportersUnknownSet(given));
        require(reports.length >= quorum, SignedReportersTooFew(reports.length, quorum));
        bytes32 median = Observation.unwrap(MedianLib.medianOf(_requireSigned(round, set, reports), quorum));

        uint256 next = _bring(median, keccak256(abi.encode(reports)));
        require(next == round, SignedReportersWrongRound(round, next));
    }

    /// @dev Both lists ascend, so one walk through the reporters finds every signer.
    function _requireSigned(
        uint256 round,
        address[] calldata set,
        Report[] calldata reports
    ) private view returns (Observation[] memory observations) {
        observations = new Observation[](reports.length);
        bytes32 domain = _domainSeparatorV4();
        address last = address(0);
        uint256 place = 0;
        for (uint256 i = 0; i < reports.length; ++i) {
            Report calldata given = reports[i];
            Observation observation = Observation.wrap(given.observation);
            bytes32 content = keccak256(abi.encode(REPORT_TYPE, round, observation));
            address signer = ECDSA.recover(MessageHashUtils.toTypedDataHash(domain, content), given.r, given.vs);

            require(signer > last, SignedReportersNotAscending(signer));
            last = signer;
            place = _placeAfter(set, place, signer);
            require(observation.isWellFormed(), SignedReportersMalformedReport(signer, given.observation));
            observations[i] = observation;
        }
    }

    /// @dev The place after the signer's in the set, looked for from `place` on.
    function _placeAfter(address[] calldata set, uint256 place, address signer) private pure returns (uint256) {
        for (; place < set.length; ++place) if (set[place] == signer) return place + 1;
        revert SignedReportersUnknownReporter(signer);
    }

    /// @inheritdoc ISignedReporters
    function setReporters(address[] calldata set, uint256 quorum) external onlyRole(ADMIN_ROLE) {
        _setReporters(set, quorum);
    }

    function _setReporters(address[] memory set, uint256 quorum) private {
        uint256 count = set.length;
        require(
            count <= MAX_REPORTERS && quorum > count / 2 && quorum <= count,
            SignedReportersQuorumOutOfRange(count, quorum, MAX_REPORTERS)
        );
        address last = address(0);
        for (uint256 i = 0; i < count; ++i) {
            require(set[i] > last, SignedReportersInvalidReporter(set[i]));
            last = set[i];
        }

        _set = keccak256(abi.encode(set, quorum));
        _quorum = quorum;
        _reporters = set;

        emit ReportersChanged(set, quorum);
    }

    /// @inheritdoc ISignedReporters
    function reporters() external view returns (address[] memory set, uint256 quorum) {
        return (_reporters, _quorum);
    }

    /// @inheritdoc ISignedReporters
    function medianOf(bytes32[] calldata observations, uint256 quorum) external pure returns (bytes32 observation) {
        Observation[] memory typed = new Observation[](observations.length);
        for (uint256 i = 0; i < observations.length; ++i) typed[i] = Observation.wrap(observations[i]);
        return Observation.unwrap(MedianLib.medianOf(typed, quorum));
    }

    /// @inheritdoc IMarketAdapter
    function kind() external pure returns (bytes32 name) {
        return "signed-reporters";
    }

    /// @inheritdoc IERC165
    function supportsInterface(
        bytes4 interfaceId
    ) public view override(IERC165, MarketAdapter) returns (bool supported) {
        return interfaceId == type(ISignedReporters).interfaceId || super.supportsInterface(interfaceId);
    }
}
