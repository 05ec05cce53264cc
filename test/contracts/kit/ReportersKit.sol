// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {ISignedReporters} from "../../../contracts/interfaces/ISignedReporters.sol";
import {OracleKit} from "./OracleKit.sol";

/// @title Five reporters in front of an oracle, of whom three must sign
abstract contract ReportersKit is OracleKit {
    bytes32 private constant DOMAIN_TYPE = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );
    bytes32 private constant REPORT_TYPE = keccak256("Report(uint256 round,bytes32 observation)");

    uint256 internal constant QUORUM = 3;

    ISignedReporters internal reporters;
    uint256[] internal keys; // in the order of their accounts
    address[] internal accounts; // ascending

    function setUp() public virtual override {
        super.setUp();
        for (uint256 i = 1; i <= 5; ++i) _addKey(uint256(keccak256(abi.encode("reporter", i))));
        reporters = _deployReporters(oracle, accounts, QUORUM);
        _setAdapters(address(reporters), FALLBACK);
    }

    function _deployReporters(
        IMarketOracle to,
        address[] memory set,
        uint256 quorum
    ) internal returns (ISignedReporters) {
        return ISignedReporters(_deploy("SignedReporters", abi.encode(registry, to, set, quorum)));
    }

    function _addKey(uint256 key) internal {
        address account = vm.addr(key);
        accounts.push(account);
        keys.push(key);
        for (uint256 i = keys.length - 1; i > 0 && accounts[i - 1] > account; --i) {
            (accounts[i], accounts[i - 1]) = (accounts[i - 1], account);
            (keys[i], keys[i - 1]) = (keys[i - 1], key);
        }
    }

    /// @dev What everybody's signature is over.
    function _digest(address verifier, uint256 round, bytes32 observation) internal view returns (bytes32) {
        bytes32 domain = keccak256(
            abi.encode(DOMAIN_TYPE, keccak256("Generative Loop Reporters"), keccak256("1"), block.chainid, verifier)
        );
        bytes32 content = keccak256(abi.encode(REPORT_TYPE, round, observation));
        return keccak256(abi.encodePacked(hex"1901", domain, content));
    }

    function _sign(
        uint256 key,
        uint256 round,
        bytes32 observation
    ) internal view returns (ISignedReporters.Report memory) {
        return _signDigest(key, _digest(address(reporters), round, observation), observation);
    }

    function _signDigest(
        uint256 key,
        bytes32 digest,
        bytes32 observation
    ) internal pure returns (ISignedReporters.Report memory) {
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, digest);
        return ISignedReporters.Report(observation, r, bytes32(uint256(s) | (uint256(v - 27) << 255)));
    }

    /// @dev Who seems to have signed.
    function _recover(ISignedReporters.Report memory given, bytes32 digest) internal pure returns (address) {
        bytes32 s = given.vs & bytes32(uint256(type(int256).max));
        return ecrecover(digest, uint8(uint256(given.vs) >> 255) + 27, given.r, s);
    }

    /// @dev The first so many reporters, each by his own observation.
    function _signAll(
        uint256 round,
        bytes32[] memory observations
    ) internal view returns (ISignedReporters.Report[] memory reports) {
        reports = new ISignedReporters.Report[](observations.length);
        for (uint256 i = 0; i < observations.length; ++i) reports[i] = _sign(keys[i], round, observations[i]);
    }

    /// @dev The first three, who all saw the same.
    function _signSame(uint256 round, bytes32 observation) internal view returns (ISignedReporters.Report[] memory) {
        bytes32[] memory observations = new bytes32[](QUORUM);
        for (uint256 i = 0; i < QUORUM; ++i) observations[i] = observation;
        return _signAll(round, observations);
    }

    function _report(uint256 round, ISignedReporters.Report[] memory reports) internal {
        reporters.report(round, accounts, QUORUM, reports);
    }

    /// @dev Reporting this reverts with that.
    function _refuse(bytes memory refusal, uint256 round, ISignedReporters.Report[] memory reports) internal {
        vm.expectRevert(refusal);
        reporters.report(round, accounts, QUORUM, reports);
    }
}
