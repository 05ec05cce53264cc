// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ICollectionRoyalty} from "../../../../contracts/interfaces/ICollectionRoyalty.sol";
import {ICreatorTokenLegacy} from "../../../../contracts/interfaces/ICreatorToken.sol";
import {IERC7572} from "../../../../contracts/interfaces/IERC7572.sol";
import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {LoopKit} from "../../kit/LoopKit.sol";
import {Vm} from "../../kit/Vm.sol";

// constructor
// ├── given the chain answers as Arbitrum does
// │   └── it reverts: block numbers are foreign there
// ├── when the delay is zero or above 256
// │   └── it reverts
// ├── when the window is zero or above 8,191
// │   └── it reverts
// ├── when the royalty is above 10 % or goes to nobody
// │   └── it reverts
// └── when everything is in order
//     ├── it keeps the settings and starts the counts, with the forge closed and minting not paused
//     └── it emits validator, royalty, owner and contractURI, for those who follow events only
contract ConstructionTest is LoopKit {
    function test_RevertGiven_ForeignBlockNumbers() external {
        vm.etch(address(0x64), hex"fe");
        _refuse(_settings(), abi.encodeWithSelector(ILoopCollection.LoopCollectionForeignBlockNumber.selector));
    }

    function testFuzz_RevertWhen_DelayIsOutOfRange(uint64 delay) external {
        vm.assume(delay == 0 || delay > 256);
        ILoopCollection.Settings memory settings = _settings();
        settings.seedDelay = delay;
        _refuse(
            settings,
            abi.encodeWithSelector(ILoopCollection.LoopCollectionSeedDelayOutOfRange.selector, delay, 256)
        );
    }

    function testFuzz_RevertWhen_WindowIsOutOfRange(uint64 window) external {
        vm.assume(window == 0 || window > 8_191);
        ILoopCollection.Settings memory settings = _settings();
        settings.sealWindow = window;
        _refuse(
            settings,
            abi.encodeWithSelector(ILoopCollection.LoopCollectionSealWindowOutOfRange.selector, window, 8_191)
        );
    }

    function test_RevertWhen_DelayOrWindowIsZero() external {
        ILoopCollection.Settings memory settings = _settings();
        settings.seedDelay = 0;
        _refuse(settings, abi.encodeWithSelector(ILoopCollection.LoopCollectionSeedDelayOutOfRange.selector, 0, 256));
        settings = _settings();
        settings.sealWindow = 0;
        _refuse(
            settings,
            abi.encodeWithSelector(ILoopCollection.LoopCollectionSealWindowOutOfRange.selector, 0, 8_191)
        );
    }

    function testFuzz_RevertWhen_RoyaltyIsTooHigh(uint256 bps) external {
        ILoopCollection.Settings memory settings = _settings();
        settings.royaltyBps = _bound(bps, 1_001, type(uint256).max);
        _refuse(
            settings,
            abi.encodeWithSelector(ICollectionRoyalty.CollectionRoyaltyTooHigh.selector, settings.royaltyBps, 1_000)
        );
    }

    function test_RevertWhen_RoyaltyGoesToNobody() external {
        ILoopCollection.Settings memory settings = _settings();
        settings.royaltyReceiver = address(0);
        _refuse(settings, abi.encodeWithSelector(ICollectionRoyalty.CollectionRoyaltyReceiverMissing.selector));
    }

    function test_AcceptsTheEndsOfTheRanges() external {
        ILoopCollection.Settings memory settings = _settings();
        settings.royaltyBps = 1_000;
        settings.seedDelay = 256;
        settings.sealWindow = 8_191;
        _deployCollection(settings);
        settings.royaltyBps = 0;
        settings.seedDelay = 1;
        settings.sealWindow = 1;
        _deployCollection(settings);
    }

    function test_KeepsTheSettings() external view {
        vm.assertEq(collection.name(), "Generative Loop", "name");
        vm.assertEq(collection.symbol(), "LOOP", "symbol");
        vm.assertEq(collection.contractURI(), "ipfs://collection", "contractURI");
        vm.assertEq(address(collection.REGISTRY()), address(registry), "registry");
        vm.assertEq(collection.MAX_SUPPLY(), MAX_SUPPLY, "supply");
        vm.assertEq(collection.SEED_DELAY(), SEED_DELAY, "delay");
        vm.assertEq(collection.SEAL_WINDOW(), SEAL_WINDOW, "window");
        vm.assertEq(collection.MAX_BATCH(), 5_000, "batch cap");
        vm.assertEq(collection.MAX_ROYALTY_BPS(), 1_000, "royalty cap");
        vm.assertEq(collection.owner(), ADMIN, "owner");
    }

    function test_StartsTheCounts() external view {
        ILoopCollection.Limits memory limits = collection.limits();

        vm.assertTrue(!limits.paused, "not paused");
        vm.assertEq(limits.worksPerDay, WORKS_PER_DAY, "works a day");
        vm.assertEq(limits.spent, 0, "nothing spent");
        vm.assertEq(collection.forgeTerms().parents, 0, "the forge is closed");
        vm.assertEq(abi.encode(collection.totals()), new bytes(5 * 32), "no batch, no token");
    }

    function test_EmitsWhatItStartsWith() external {
        vm.recordLogs();
        address deployed = address(_deployCollection(_settings()));
        Vm.Log[] memory logs = vm.getRecordedLogs();

        vm.assertEq(logs.length, 4, "four events");
        for (uint256 i = 0; i < 4; ++i) vm.assertEq(logs[i].emitter, deployed, "emitter");
        vm.assertEq(logs[0].topics[0], ICreatorTokenLegacy.TransferValidatorUpdated.selector, "validator");
        vm.assertEq(logs[0].data, abi.encode(address(0), address(0)), "nobody");
        vm.assertEq(logs[1].topics[0], ICollectionRoyalty.RoyaltyChanged.selector, "royalty");
        vm.assertEq(logs[1].topics[1], bytes32(uint256(uint160(TREASURY))), "receiver");
        vm.assertEq(logs[1].data, abi.encode(500), "bps");
        vm.assertEq(logs[2].topics[0], ILoopCollection.OwnershipTransferred.selector, "owner");
        vm.assertEq(logs[2].topics[1], bytes32(0), "from nobody");
        vm.assertEq(logs[2].topics[2], bytes32(uint256(uint160(ADMIN))), "to the first");
        vm.assertEq(logs[3].topics[0], IERC7572.ContractURIUpdated.selector, "contractURI");
    }

    /// @dev An external step, so that the revert has a call to end.
    function deploy(ILoopCollection.Settings calldata settings) external {
        _deployCollection(settings);
    }

    function _refuse(ILoopCollection.Settings memory settings, bytes memory refusal) private {
        vm.expectRevert(refusal);
        this.deploy(settings);
    }
}
