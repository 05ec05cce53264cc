// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {IERC5267} from "@openzeppelin/contracts/interfaces/IERC5267.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";

import {IMarketAdapter} from "../../../contracts/interfaces/IMarketAdapter.sol";
import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {ISignedReporters} from "../../../contracts/interfaces/ISignedReporters.sol";
import {ReportersKit} from "../kit/ReportersKit.sol";

// report
// ├── when the reporters or the quorum are not those of now, or in another order
// │   └── it reverts
// ├── when there are fewer reports than the quorum
// │   └── it reverts
// ├── when a signature is none, or its s is in the upper half
// │   └── it reverts
// ├── when a report was signed for another round, contract or chain, by a stranger, or says something else
// │   └── it reverts
// ├── when reports do not ascend by signer, or one signs twice
// │   └── it reverts
// ├── when no observation packs to the word that a reporter signed
// │   └── it reverts
// ├── when everything was signed for another round than the next
// │   └── it reverts, and no round is left
// ├── when the oracle refuses
// │   └── it reverts with what the oracle says
// └── when everything is in order, whoever brings it, with any three to five of them
//     └── it brings the median, and emits Brought with the hash of the reports
// setReporters
// ├── when the caller is not the admin
// │   └── it reverts
// ├── when the quorum is not more than half, or more than all, or there are more than 16
// │   └── it reverts
// ├── when a reporter is zero, or not above the one before
// │   └── it reverts
// └── it names them, emits them, and takes their signatures from now on and no others
// medianOf
// └── it is the median that a round gets
// constructor
// └── it has its oracle, its registry and its reporters; an oracle without code is refused
// kind, supportsInterface, eip712Domain
// └── it says what it is
contract SignedReportersTest is ReportersKit {
    uint256 private constant HALF_ORDER = 0x7FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF5D576E7357A4501DDFE92F46681B20A0;
    bytes32 private seen; // by all, in most tests

    function setUp() public override {
        super.setUp();
        seen = _pack(_market(NOW - 10));
    }

    /* REFUSED */

    function test_RevertWhen_TheReportersAreNotThoseOfNow() external {
        ISignedReporters.Report[] memory reports = _signSame(1, seen);
        _refuseSet(accounts, 2, reports);
        _refuseSet(accounts, 4, reports);
        address[] memory set = accounts;
        (set[0], set[1]) = (set[1], set[0]);
        _refuseSet(set, QUORUM, reports);
        (set[0], set[1]) = (set[1], STRANGER);
        _refuseSet(set, QUORUM, reports);
        set = new address[](4);
        for (uint256 i = 0; i < 4; ++i) set[i] = accounts[i];
        _refuseSet(set, QUORUM, reports);
    }

    function test_RevertWhen_ThereAreTooFew() external {
        for (uint256 count = 0; count < QUORUM; ++count) {
            bytes32[] memory observations = new bytes32[](count);
            for (uint256 i = 0; i < count; ++i) observations[i] = seen;
            bytes memory refusal = abi.encodeWithSelector(
                ISignedReporters.SignedReportersTooFew.selector,
                count,
                QUORUM
            );
            _refuse(refusal, 1, _signAll(1, observations));
        }
    }

    function testFuzz_RevertWhen_ASignatureIsNone(uint256 place) external {
        place = _bound(place, 0, QUORUM - 1);
        ISignedReporters.Report[] memory reports = _signSame(1, seen);
        reports[place].r = 0;
        _refuse(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignature.selector), 1, reports);

        reports[place].vs = bytes32(HALF_ORDER + 1);
        _refuse(abi.encodeWithSelector(ECDSA.ECDSAInvalidSignatureS.selector, HALF_ORDER + 1), 1, reports);
    }

    function testFuzz_RevertWhen_AReportWasSignedForSomethingElse(uint256 place, uint256 round) external {
        place = _bound(place, 0, QUORUM - 1);
        vm.assume(round != 1);
        bytes32 digest = _digest(address(reporters), 1, seen);
        uint256 key = keys[place];

        _refuseOne(place, _sign(key, round, seen), digest);
        _refuseOne(place, _signDigest(key, _digest(address(oracle), 1, seen), seen), digest);
        vm.chainId(block.chainid + 1);
        ISignedReporters.Report memory elsewhere = _sign(key, 1, seen);
        vm.chainId(block.chainid - 1);
        _refuseOne(place, elsewhere, digest);
        ISignedReporters.Report memory other = _sign(key, 1, seen);
        other.observation = _pack(_market(NOW - 9));
        _refuseOne(place, other, _digest(address(reporters), 1, other.observation));
    }

    function testFuzz_RevertWhen_AStrangerSigns(uint256 key) external {
        key = _bound(key, 1, type(uint128).max);
        ISignedReporters.Report[] memory reports = _signSame(1, seen);
        reports[0] = _sign(key, 1, seen);

        bytes4 refusal = ISignedReporters.SignedReportersUnknownReporter.selector;
        _refuse(abi.encodeWithSelector(refusal, vm.addr(key)), 1, reports);
    }

    function test_RevertWhen_TheyDoNotAscend() external {
        bytes4 refusal = ISignedReporters.SignedReportersNotAscending.selector;
        ISignedReporters.Report[] memory reports = _signSame(1, seen);
        (reports[0], reports[1]) = (reports[1], reports[0]);
        _refuse(abi.encodeWithSelector(refusal, accounts[0]), 1, reports);

        reports = _signSame(1, seen);
        reports[2] = reports[1];
        _refuse(abi.encodeWithSelector(refusal, accounts[1]), 1, reports);
        reports[2] = _sign(keys[1], 1, _pack(_market(NOW - 9)));
        _refuse(abi.encodeWithSelector(refusal, accounts[1]), 1, reports);
    }

    function testFuzz_RevertWhen_OneSignedNoObservation(uint256 place, uint8 bit) external {
        place = _bound(place, 0, QUORUM - 1);
        bytes32 malformed = seen ^ bytes32(1 << (bit % 40));
        ISignedReporters.Report[] memory reports = _signSame(1, seen);
        reports[place] = _sign(keys[place], 1, malformed);

        bytes4 refusal = ISignedReporters.SignedReportersMalformedReport.selector;
        _refuse(abi.encodeWithSelector(refusal, accounts[place], malformed), 1, reports);
    }

    function testFuzz_RevertWhen_ItIsNotTheNextRound(uint256 round) external {
        vm.assume(round != 1);
        bytes memory refusal = abi.encodeWithSelector(ISignedReporters.SignedReportersWrongRound.selector, round, 1);
        _refuse(refusal, round, _signSame(round, seen));

        vm.assertEq(oracle.latestRound(), 0, "no round is left");
    }

    function test_RevertWhen_TheOracleRefuses() external {
        _report(1, _signSame(1, seen));
        bytes memory refusal = abi.encodeWithSelector(
            IMarketOracle.MarketOracleStaleObservation.selector,
            NOW - 10,
            NOW - 10
        );
        _refuse(refusal, 2, _signSame(2, seen));

        _setAdapters(ADAPTER, FALLBACK);
        refusal = abi.encodeWithSelector(IMarketOracle.MarketOracleUnauthorizedAdapter.selector, reporters);
        _refuse(refusal, 2, _signSame(2, _pack(_market(NOW))));
    }

    /* BROUGHT */

    function testFuzz_AnybodyBringsTheMedian(address caller, uint8 signers, uint256 seed) external {
        signers = _atLeastThree(signers);
        ISignedReporters.Report[] memory reports = new ISignedReporters.Report[](_bits(signers));
        bytes32[] memory observations = new bytes32[](reports.length);
        uint256 count = 0;
        for (uint256 i = 0; i < 5; ++i) {
            if ((signers >> i) & 1 == 0) continue;
            observations[count] = _pack(_someMarket(seed, i));
            reports[count] = _sign(keys[i], 1, observations[count]);
            ++count;
        }
        bytes32 median = reporters.medianOf(observations, QUORUM);

        vm.expectEmit(address(oracle));
        emit IMarketOracle.RoundAccepted(1, address(reporters), median, 0);
        vm.expectEmit(address(reporters));
        emit IMarketAdapter.Brought(1, keccak256(abi.encode(reports)));
        vm.prank(caller);
        reporters.report(1, accounts, QUORUM, reports);
        vm.assertEq(oracle.roundAt(1).observation, median, "observation");
    }

    function test_BringsOneRoundAfterTheOther() external {
        _report(1, _signSame(1, seen));
        bytes32 next = _pack(_market(NOW - 9));
        _report(2, _signSame(2, next));

        vm.assertEq(oracle.roundAt(2).observation, next, "the second");
        vm.assertEq(oracle.latestRound(), 2, "two rounds");
    }

    function test_TakesTheMiddleOfThree() external {
        bytes32[] memory observations = new bytes32[](3);
        Market memory market = _market(NOW - 10);
        for (uint256 i = 0; i < 3; ++i) {
            (market.floor, market.change, market.time) = (uint48(100 * i), -int16(int256(i)), uint40(NOW - i));
            observations[i] = _pack(market);
        }
        _report(1, _signAll(1, observations));

        vm.assertEq(oracle.roundAt(1).observation, observations[1], "the one in the middle");
    }

    /* THE REPORTERS */

    function testFuzz_RevertWhen_CallerIsNotTheAdmin(address caller) external {
        vm.assume(caller != ADMIN);
        address[3] memory callers = [caller, ADAPTER, accounts[0]];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, callers[i], bytes32(0))
            );
            vm.prank(callers[i]);
            reporters.setReporters(accounts, QUORUM);
        }
    }

    function testFuzz_BoundsTheQuorum(uint256 count, uint256 quorum) external {
        count = _bound(count, 0, 18);
        quorum = _bound(quorum, 0, count + 1);
        bool taken = count <= 16 && 2 * quorum > count && quorum <= count;
        if (!taken) {
            vm.expectRevert(
                abi.encodeWithSelector(ISignedReporters.SignedReportersQuorumOutOfRange.selector, count, quorum, 16)
            );
        }
        vm.prank(ADMIN);
        reporters.setReporters(_ascending(count), quorum);
    }

    function test_TakesTheSmallestAndTheGreatest() external {
        _setReporters(_ascending(1), 1);
        _setReporters(_ascending(16), 9);
        _setReporters(_ascending(16), 16);
        (address[] memory set, uint256 quorum) = reporters.reporters();

        vm.assertEq(abi.encode(set, quorum), abi.encode(_ascending(16), 16), "reporters");
    }

    function testFuzz_RevertWhen_AReporterIsNotAboveTheOneBefore(uint256 place, address lower) external {
        place = _bound(place, 1, 4);
        address[] memory set = accounts;
        set[place] = lower = address(uint160(_bound(uint160(lower), 0, uint160(set[place - 1]))));
        _refuseReporters(set, lower);

        set = accounts;
        set[0] = address(0);
        _refuseReporters(set, address(0));
    }

    function testFuzz_NamesOthers(uint256 key) external {
        key = _bound(key, 1, type(uint128).max);
        address[] memory set = new address[](1);
        set[0] = vm.addr(key);
        vm.expectEmit(address(reporters));
        emit ISignedReporters.ReportersChanged(set, 1);
        _setReporters(set, 1);

        (address[] memory now_, uint256 quorum) = reporters.reporters();
        vm.assertEq(abi.encode(now_, quorum), abi.encode(set, 1), "reporters");
        _refuseSet(accounts, QUORUM, _signSame(1, seen));
        ISignedReporters.Report[] memory reports = new ISignedReporters.Report[](1);
        reports[0] = _sign(key, 1, seen);
        reporters.report(1, set, 1, reports);
        vm.assertEq(oracle.roundAt(1).observation, seen, "the new one's");
    }

    /* WHAT IT IS */

    function test_BeginsWithWhatItIsGiven() external {
        vm.expectEmit();
        emit ISignedReporters.ReportersChanged(accounts, QUORUM);
        reporters = _deployReporters(oracle, accounts, QUORUM);
        (address[] memory set, uint256 quorum) = reporters.reporters();

        vm.assertEq(abi.encode(set, quorum), abi.encode(accounts, QUORUM), "reporters");
        vm.assertEq(address(reporters.ORACLE()), address(oracle), "oracle");
        vm.assertEq(reporters.kind(), bytes32("signed-reporters"), "kind");
    }

    function test_RevertWhen_TheFirstReportersAreNone() external {
        vm.expectRevert(abi.encodeWithSelector(ISignedReporters.SignedReportersQuorumOutOfRange.selector, 5, 2, 16));
        this.deploy(oracle, accounts, 2);
        vm.expectRevert(abi.encodeWithSelector(IMarketAdapter.MarketAdapterOracleMissing.selector, STRANGER));
        this.deploy(IMarketOracle(STRANGER), accounts, 3);
    }

    /// @dev Through a call, because an expected revert is that of the next one.
    function deploy(IMarketOracle to, address[] calldata set, uint256 quorum) external {
        _deployReporters(to, set, quorum);
    }

    function testFuzz_SupportsItsInterfaces(bytes4 other) external view {
        vm.assertTrue(reporters.supportsInterface(type(IERC165).interfaceId), "ERC-165");
        vm.assertTrue(reporters.supportsInterface(type(IMarketAdapter).interfaceId), "an adapter");
        vm.assertTrue(reporters.supportsInterface(type(ISignedReporters).interfaceId), "signed reporters");
        bool known =
            other == type(IERC165).interfaceId ||
                other == type(IMarketAdapter).interfaceId ||
                other == type(ISignedReporters).interfaceId;
        vm.assertTrue(reporters.supportsInterface(other) == known, "any other");
    }

    function test_NamesItsDomain() external view {
        (, string memory name, string memory version, uint256 chainId, address verifier, , ) = IERC5267(
            address(reporters)
        ).eip712Domain();

        vm.assertEq(name, "Generative Loop Reporters", "name");
        vm.assertEq(version, "1", "version");
        vm.assertEq(chainId, block.chainid, "chain");
        vm.assertEq(verifier, address(reporters), "contract");
    }

    /* HELPERS */

    function _refuseSet(address[] memory set, uint256 quorum, ISignedReporters.Report[] memory reports) private {
        bytes32 given = keccak256(abi.encode(set, quorum));
        vm.expectRevert(abi.encodeWithSelector(ISignedReporters.SignedReportersUnknownSet.selector, given));
        reporters.report(1, set, quorum, reports);
    }

    /// @dev Whoever he seems to be, he is no reporter, or not in his place.
    function _refuseOne(uint256 place, ISignedReporters.Report memory given, bytes32 digest) private {
        ISignedReporters.Report[] memory reports = _signSame(1, seen);
        reports[place] = given;
        address signer = _recover(given, digest);
        bytes4 refusal =
            place != 0 && signer <= accounts[place - 1]
                ? ISignedReporters.SignedReportersNotAscending.selector
                : ISignedReporters.SignedReportersUnknownReporter.selector;
        _refuse(abi.encodeWithSelector(refusal, signer), 1, reports);
    }

    function _refuseReporters(address[] memory set, address reporter) private {
        vm.expectRevert(abi.encodeWithSelector(ISignedReporters.SignedReportersInvalidReporter.selector, reporter));
        vm.prank(ADMIN);
        reporters.setReporters(set, QUORUM);
    }

    function _setReporters(address[] memory set, uint256 quorum) private {
        vm.prank(ADMIN);
        reporters.setReporters(set, quorum);
    }

    function _ascending(uint256 count) private pure returns (address[] memory set) {
        set = new address[](count);
        for (uint256 i = 0; i < count; ++i) set[i] = address(uint160(i + 1));
    }

    function _atLeastThree(uint8 signers) private pure returns (uint8) {
        signers &= 0x1f;
        for (uint256 i = 0; _bits(signers) < 3; ++i) signers |= uint8(1 << i);
        return signers;
    }

    function _bits(uint8 signers) private pure returns (uint256 count) {
        for (uint256 i = 0; i < 5; ++i) count += (signers >> i) & 1;
    }

    function _someMarket(uint256 seed, uint256 reporter) private pure returns (Market memory market) {
        uint256 word = uint256(keccak256(abi.encode(seed, reporter)));
        market = _market(NOW - (word % 1_000));
        market.mask = uint8(word >> 8) | uint8(word >> 16);
        market.change = int16(uint16(word >> 24));
        market.volatility = uint16(word >> 40);
        market.floor = uint48(word >> 56);
    }
}
