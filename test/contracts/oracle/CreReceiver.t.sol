// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {ICreReceiver} from "../../../contracts/interfaces/ICreReceiver.sol";
import {IMarketAdapter} from "../../../contracts/interfaces/IMarketAdapter.sol";
import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {IReceiver} from "../../../contracts/interfaces/vendors/IReceiver.sol";
import {EpochKit} from "../kit/EpochKit.sol";

// constructor
// ├── when the forwarder, the workflow's owner or its name is zero
// │   └── it reverts
// └── it keeps what it was given
// onReport
// ├── when the caller is not the forwarder, the workflow's owner included
// │   └── it reverts
// ├── when the metadata is shorter than 62 bytes
// │   └── it reverts, as for a workflow of nobody
// ├── when the workflow's owner or its name is another
// │   └── it reverts with both
// ├── when the report is not one word
// │   └── it discards it, and says how long it was
// ├── given the oracle refuses: stale, repeated, too soon, malformed, out of bounds, another adapter's turn
// │   └── it discards it, and says with what
// └── when everything is in order
//     ├── it brings it, whatever the workflow's id, and whatever follows in the metadata
//     └── it emits Brought with the hash of the report
// supportsInterface
// └── it is true for ERC-165, adapters and receivers, for these by the id of onReport alone
contract CreReceiverTest is EpochKit {
    address private immutable FORWARDER = _account("forwarder");
    address private immutable OWNER = _account("workflow owner");
    bytes10 private constant NAME = "b7d0c3f2a1";
    bytes32 private constant ID = keccak256("workflow");

    CreReceiverLike private receiver;

    function setUp() public override {
        super.setUp();
        IMarketOracle.Bounds memory limits = _bounds();
        (limits.leastInterval, limits.maxChange) = (1 hours, 5_000);
        oracle = _deployOracle(limits, 1);
        receiver = _receiver(FORWARDER, OWNER, NAME);
        _name(address(receiver));
    }

    /* CONSTRUCTION */

    function test_RevertWhen_SomethingIsZero() external {
        bytes memory invalid = abi.encodeWithSelector(ICreReceiver.CreReceiverInvalidConfiguration.selector);

        vm.assertEq(_failure(address(0), OWNER, NAME), invalid, "forwarder");
        vm.assertEq(_failure(FORWARDER, address(0), NAME), invalid, "owner");
        vm.assertEq(_failure(FORWARDER, OWNER, bytes10(0)), invalid, "name");
    }

    function test_KeepsWhatItWasGiven() external view {
        (address forwarder, address owner, bytes10 name) = receiver.source();

        vm.assertEq(forwarder, FORWARDER, "forwarder");
        vm.assertEq(owner, OWNER, "owner");
        vm.assertEq(bytes32(name), bytes32(NAME), "name");
        vm.assertEq(receiver.kind(), "cre", "kind");
        vm.assertEq(address(receiver.ORACLE()), address(oracle), "oracle");
    }

    /* WHO */

    function testFuzz_RevertWhen_CallerIsNotTheForwarder(address caller) external {
        vm.assume(caller != FORWARDER);
        address[3] memory callers = [caller, OWNER, ADMIN];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(ICreReceiver.CreReceiverUnauthorizedForwarder.selector, callers[i]));
            vm.prank(callers[i]);
            receiver.onReport(_metadata(OWNER, NAME), abi.encode(_observation(NOW)));
        }
    }

    function testFuzz_RevertWhen_MetadataIsShort(uint256 length) external {
        bytes memory whole = _metadata(OWNER, NAME);
        bytes memory metadata = new bytes(_bound(length, 0, 61));
        for (uint256 i = 0; i < metadata.length; ++i) metadata[i] = whole[i];

        vm.expectRevert(_unknown(address(0), bytes10(0)));
        vm.prank(FORWARDER);
        receiver.onReport(metadata, abi.encode(_observation(NOW)));
    }

    function testFuzz_RevertWhen_WorkflowIsAnother(address owner, bytes10 name) external {
        vm.assume(owner != OWNER && name != NAME);
        address[3] memory owners = [owner, OWNER, owner];
        bytes10[3] memory names = [NAME, name, name];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(_unknown(owners[i], names[i]));
            vm.prank(FORWARDER);
            receiver.onReport(_metadata(owners[i], names[i]), abi.encode(_observation(NOW)));
        }
    }

    /* WHAT */

    function testFuzz_DiscardsWhatIsNotOneWord(bytes calldata report) external {
        vm.assume(report.length != 32);
        _expectDiscarded(
            report,
            abi.encodeWithSelector(ICreReceiver.CreReceiverMalformedReport.selector, report.length)
        );
        _deliver(report);

        vm.assertEq(oracle.latestRound(), 0, "no round");
    }

    function test_DiscardsOneByteMoreAndOneLess() external {
        bytes memory less = abi.encodePacked(bytes31(_observation(NOW)));
        bytes memory more = abi.encodePacked(_observation(NOW), bytes1(0));
        _expectDiscarded(less, abi.encodeWithSelector(ICreReceiver.CreReceiverMalformedReport.selector, 31));
        _deliver(less);
        _expectDiscarded(more, abi.encodeWithSelector(ICreReceiver.CreReceiverMalformedReport.selector, 33));
        _deliver(more);
        _expectDiscarded("", abi.encodeWithSelector(ICreReceiver.CreReceiverMalformedReport.selector, 0));
        _deliver("");
    }

    function test_DiscardsWhatTheOracleRefuses() external {
        _deliver(abi.encode(_observation(NOW)));
        _discards(
            _observation(NOW),
            abi.encodeWithSelector(IMarketOracle.MarketOracleStaleObservation.selector, NOW, NOW)
        );
        _discards(
            _observation(NOW + 1),
            abi.encodeWithSelector(IMarketOracle.MarketOracleFutureObservation.selector, NOW + 1, NOW)
        );
        _discards(bytes32(0), abi.encodeWithSelector(IMarketOracle.MarketOracleMalformedObservation.selector, 0));
        vm.warp(NOW + 1 hours - 1);
        _discards(
            _observation(NOW + 1),
            abi.encodeWithSelector(IMarketOracle.MarketOracleTooSoon.selector, NOW + 1 hours)
        );
        vm.warp(NOW + 1 hours);
        bytes32 wild = _observation(NOW + 1) | bytes32((uint256(1) << 240) | (5_001 << 224));
        _discards(wild, abi.encodeWithSelector(IMarketOracle.MarketOracleOutOfBounds.selector, 0, wild));
        _name(STRANGER);
        _discards(
            _observation(NOW + 1),
            abi.encodeWithSelector(IMarketOracle.MarketOracleUnauthorizedAdapter.selector, address(receiver))
        );

        vm.assertEq(oracle.latestRound(), 1, "one round");
    }

    function testFuzz_Brings(bytes32 id, bytes calldata rest) external {
        bytes memory report = abi.encode(_observation(NOW));
        vm.expectEmit(address(receiver));
        emit IMarketAdapter.Brought(1, keccak256(report));
        vm.prank(FORWARDER);
        receiver.onReport(bytes.concat(id, NAME, bytes20(OWNER), rest), report);

        vm.assertEq(oracle.roundAt(1).observation, _observation(NOW), "as it came");
    }

    /* WHAT IT IS */

    function test_IsAReceiver() external view {
        vm.assertTrue(type(IReceiver).interfaceId == IReceiver.onReport.selector, "the id is that of one function");
        vm.assertTrue(receiver.supportsInterface(0x805f2132), "which the forwarder asks for");
        vm.assertTrue(receiver.supportsInterface(type(IMarketAdapter).interfaceId), "adapter");
        vm.assertTrue(receiver.supportsInterface(type(IERC165).interfaceId), "ERC-165");
        vm.assertTrue(!receiver.supportsInterface(0xffffffff), "never this");
        vm.assertTrue(
            !receiver.supportsInterface(0x805f2131) && !receiver.supportsInterface(0x805f2133),
            "nor its neighbours"
        );
    }

    /* HELPERS */

    function _receiver(address forwarder, address owner, bytes10 name) private returns (CreReceiverLike) {
        return CreReceiverLike(_deploy("CreReceiver", abi.encode(oracle, forwarder, owner, name)));
    }

    function _failure(address forwarder, address owner, bytes10 name) private returns (bytes memory reason) {
        try this.construct(forwarder, owner, name) {
            return "it was made";
        } catch (bytes memory given) {
            return given;
        }
    }

    function construct(address forwarder, address owner, bytes10 name) external {
        _receiver(forwarder, owner, name);
    }

    function _name(address active) private {
        vm.prank(ADMIN);
        oracle.setAdapters(active, address(0));
    }

    function _deliver(bytes memory report) private {
        vm.prank(FORWARDER);
        receiver.onReport(_metadata(OWNER, NAME), report);
    }

    function _discards(bytes32 observation, bytes memory reason) private {
        _expectDiscarded(abi.encode(observation), reason);
        _deliver(abi.encode(observation));
    }

    function _expectDiscarded(bytes memory report, bytes memory reason) private {
        vm.expectEmit(address(receiver));
        emit IMarketAdapter.Discarded(keccak256(report), reason);
    }

    function _metadata(address owner, bytes10 name) private pure returns (bytes memory) {
        return abi.encodePacked(ID, name, owner, uint16(1));
    }

    function _unknown(address owner, bytes10 name) private pure returns (bytes memory) {
        return abi.encodeWithSelector(ICreReceiver.CreReceiverUnknownWorkflow.selector, owner, name);
    }
}

interface CreReceiverLike is ICreReceiver, IReceiver {}
