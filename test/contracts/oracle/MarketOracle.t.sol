// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {OracleKit} from "../kit/OracleKit.sol";

// accept
// ├── when the caller is no adapter, the admin included
// │   └── it reverts
// ├── when the caller is the fallback
// │   ├── given the active one was heard, or named, less than the bound ago
// │   │   └── it reverts, up to the very second; what the fallback brings does not count
// │   └── it takes the round
// ├── when no observation packs to the word, or a parameter is not neutral
// │   └── it reverts
// ├── when the observation was made no later than the last one, or at zero
// │   └── it reverts
// ├── when it was made after this block
// │   └── it reverts
// ├── given the last round is younger than the least interval
// │   └── it reverts, up to the very second, whoever brings it
// ├── given it is the first round
// │   └── it waits for nothing
// ├── given all 32-bit numbers are used up
// │   └── it reverts
// └── when everything is in order
//     ├── it numbers the round, keeps observation, block and time, and emits RoundAccepted
//     └── it writes down the seals as they are then, not later
// setAdapters
// ├── when the caller is not the admin
// │   └── it reverts
// ├── when one account is to be both
// │   └── it reverts, but nobody can be
// └── it names both, emits them, and lets the fallback wait anew; those of before are not heard
// adapters
// └── it tells both, and when the fallback is heard, which each round of the active one puts off
// roundAt, acceptedAt
// ├── given the round was never accepted
// │   └── both revert
// └── they answer with what was written down
// constructor
// └── it names the adapter, or nobody, with an event; its first round is the one it is given, at least 1
contract MarketOracleTest is OracleKit {
    /* REFUSED */

    function testFuzz_RevertWhen_CallerIsNotTheAdapter(address caller) external {
        vm.assume(caller != ADAPTER && caller != address(0)); // zero stands for no fallback, and sends nothing
        address[3] memory callers = [caller, ADMIN, PUBLISHER];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IMarketOracle.MarketOracleUnauthorizedAdapter.selector, callers[i]));
            vm.prank(callers[i]);
            oracle.accept(_observation(NOW));
        }
    }

    function testFuzz_RevertWhen_ItIsMalformed(uint8 bit) external {
        // Every bit but those of the time, and those that turn one good sentiment into another.
        vm.assume(bit < 40 || bit >= 80);
        vm.assume(bit < 240 || bit > 245);
        bytes32 malformed = _observation(NOW) ^ bytes32(1 << bit);

        _expect(abi.encodeWithSelector(IMarketOracle.MarketOracleMalformedObservation.selector, malformed));
        oracle.accept(malformed);
    }

    function testFuzz_RevertWhen_ItIsNoNewer(uint256 last, uint256 time) external {
        last = _bound(last, 1, NOW);
        time = _bound(time, 0, last);
        _bring(last);

        _expect(abi.encodeWithSelector(IMarketOracle.MarketOracleStaleObservation.selector, time, last));
        oracle.accept(_observation(time));
    }

    function test_RevertWhen_ItWasMadeAtZero() external {
        _expect(abi.encodeWithSelector(IMarketOracle.MarketOracleStaleObservation.selector, 0, 0));
        oracle.accept(_observation(0));
        vm.assertEq(_bring(1), 1, "a second later");
    }

    function testFuzz_RevertWhen_ItWasMadeAfterThisBlock(uint256 time) external {
        time = _bound(time, NOW + 1, type(uint40).max);
        _expect(abi.encodeWithSelector(IMarketOracle.MarketOracleFutureObservation.selector, time, NOW));
        oracle.accept(_observation(time));
        vm.assertEq(_bring(NOW), 1, "at its very second");
    }

    function testFuzz_RevertGiven_TheLastRoundIsTooYoung(uint256 interval, uint256 waited) external {
        interval = _bound(interval, 1, 30 days);
        oracle = _deployOracle(interval, 1);
        _bring(1);
        waited = _bound(waited, 0, interval - 1);
        vm.warp(NOW + waited);

        _expect(abi.encodeWithSelector(IMarketOracle.MarketOracleTooSoon.selector, NOW + interval));
        oracle.accept(_observation(2));
        vm.warp(NOW + interval);
        vm.assertEq(_bring(2), 2, "at its very second");
    }

    function test_TheFirstRoundWaitsForNothing() external {
        oracle = _deployOracle(type(uint40).max, 1);

        vm.assertEq(_bring(NOW), 1, "accepted");
    }

    function test_RevertGiven_NumbersAreUsedUp() external {
        oracle = _deployOracle(0, type(uint32).max);
        vm.assertEq(_bring(1), type(uint32).max, "the greatest number");

        _expect(abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, 32, uint256(1) << 32));
        oracle.accept(_observation(2));
    }

    /* ACCEPTED */

    function testFuzz_WritesTheRoundDown(uint256 first, uint40 time, uint32 blockNumber, uint256 later) external {
        first = _bound(first, 1, type(uint32).max - 1);
        later = _bound(later, 2, NOW);
        oracle = _deployOracle(0, first);
        _bring(later - 1);
        vm.roll(START + blockNumber);
        vm.warp(NOW + time);

        vm.expectEmit(address(oracle));
        emit IMarketOracle.RoundAccepted(first + 1, ADAPTER, _observation(later), 0);
        vm.assertEq(_bring(later), first + 1, "number");

        IMarketOracle.Round memory round = oracle.roundAt(first + 1);
        vm.assertEq(round.observation, _observation(later), "observation");
        vm.assertEq(round.blockNumber, START + blockNumber, "block");
        vm.assertEq(round.time, uint40(NOW + time), "time");
        vm.assertEq(oracle.latestRound(), first + 1, "latest");
        vm.assertEq(oracle.roundAt(first).observation, _observation(later - 1), "the one before stays");
    }

    function test_WritesDownTheSealsOfThatMoment() external {
        _mint(ALICE, 1);
        _mint(BOB, 1);
        uint256 open = _open(ALICE, 1);
        uint256 round = _accept();
        _seal(open);

        (uint256 blockNumber, uint256 seals) = oracle.acceptedAt(round);
        vm.assertEq(seals, 2, "two were sealed");
        vm.assertEq(blockNumber, oracle.roundAt(round).blockNumber, "block");
        vm.assertEq(oracle.roundAt(round).seals, 2, "seals");
        (, seals) = oracle.acceptedAt(_accept());
        vm.assertEq(seals, 3, "and now three");
    }

    /* THE ADAPTER */

    function testFuzz_RevertWhen_CallerIsNotTheAdmin(address caller) external {
        vm.assume(caller != ADMIN);
        address[3] memory callers = [caller, ADAPTER, PARAMETERS];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, callers[i], bytes32(0))
            );
            vm.prank(callers[i]);
            oracle.setAdapters(caller, address(0));
        }
    }

    function test_RevertWhen_OneIsToBeBoth() external {
        vm.expectRevert(abi.encodeWithSelector(IMarketOracle.MarketOracleSameAdapter.selector, ALICE));
        _setAdapters(ALICE, ALICE);

        _setAdapters(address(0), address(0));
        (address active, address fallbackAdapter, ) = oracle.adapters();
        vm.assertEq(active, address(0), "nobody");
        vm.assertEq(fallbackAdapter, address(0), "nobody either");
    }

    function testFuzz_NamesBoth(address active, address fallbackAdapter, uint32 later) external {
        vm.assume(active != fallbackAdapter && active != ADAPTER && fallbackAdapter != ADAPTER && active != address(0));
        vm.warp(NOW + later);
        vm.expectEmit(address(oracle));
        emit IMarketOracle.AdaptersChanged(active, fallbackAdapter);
        _setAdapters(active, fallbackAdapter);

        _assertAdapters(active, fallbackAdapter, NOW + later + 1 days);
        _expect(abi.encodeWithSelector(IMarketOracle.MarketOracleUnauthorizedAdapter.selector, ADAPTER));
        oracle.accept(_observation(NOW));
        vm.prank(active);
        vm.assertEq(oracle.accept(_observation(NOW)), 1, "the new one brings rounds");
    }

    function testFuzz_NamingKeepsWhatTheLastRoundLeft(uint256 interval) external {
        interval = _bound(interval, 2, 30 days);
        oracle = _deployOracle(interval, 7);
        _bring(NOW);
        _setAdapters(ALICE, ADAPTER);

        vm.assertEq(oracle.latestRound(), 7, "latest");
        bytes memory refusal = abi.encodeWithSelector(IMarketOracle.MarketOracleStaleObservation.selector, NOW, NOW);
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        oracle.accept(_observation(NOW));
        vm.warp(NOW + interval - 1);
        vm.expectRevert(abi.encodeWithSelector(IMarketOracle.MarketOracleTooSoon.selector, NOW + interval));
        vm.prank(ALICE);
        oracle.accept(_observation(NOW + interval - 1));
    }

    /* THE FALLBACK */

    function testFuzz_RevertWhen_TheFallbackIsTooEarly(uint256 staleAfter, uint256 waited) external {
        staleAfter = _bound(staleAfter, 1, 30 days);
        waited = _bound(waited, 0, staleAfter - 1);
        IMarketOracle.Bounds memory limits = _bounds();
        limits.staleAfter = staleAfter;
        oracle = _deployOracle(limits, 1);
        _setAdapters(ADAPTER, FALLBACK);

        _refuseFallback(NOW + waited, NOW + staleAfter);
        _refuseFallback(NOW + staleAfter - 1, NOW + staleAfter);
        vm.warp(NOW + staleAfter);
        vm.expectEmit(address(oracle));
        emit IMarketOracle.RoundAccepted(1, FALLBACK, _observation(NOW), 0);
        vm.prank(FALLBACK);
        vm.assertEq(oracle.accept(_observation(NOW)), 1, "at the very second");
    }

    function test_EachRoundOfTheActiveOnePutsTheFallbackOff() external {
        _setAdapters(ADAPTER, FALLBACK);
        vm.warp(NOW + 1 days - 1);
        _bring(NOW);

        _assertAdapters(ADAPTER, FALLBACK, NOW + 2 days - 1);
        _refuseFallback(NOW + 2 days - 2, NOW + 2 days - 1);
        vm.warp(NOW + 2 days - 1);
        vm.prank(FALLBACK);
        vm.assertEq(oracle.accept(_observation(NOW + 1)), 2, "stale");
    }

    function test_TheFallbacksRoundsPutNobodyOff() external {
        _setAdapters(ADAPTER, FALLBACK);
        vm.warp(NOW + 1 days);
        for (uint256 i = 0; i < 3; ++i) {
            vm.prank(FALLBACK);
            vm.assertEq(oracle.accept(_observation(NOW + i)), i + 1, "the active one is still silent");
        }
        _assertAdapters(ADAPTER, FALLBACK, NOW + 1 days);

        vm.assertEq(_bring(NOW + 3), 4, "it speaks again");
        _refuseFallback(NOW + 2 days - 1, NOW + 2 days);
    }

    function test_NamingLetsTheFallbackWaitAnew() external {
        vm.warp(NOW + 10 days);
        _setAdapters(address(0), FALLBACK);

        _refuseFallback(NOW + 11 days - 1, NOW + 11 days);
        vm.warp(NOW + 11 days);
        vm.prank(FALLBACK);
        vm.assertEq(oracle.accept(_observation(NOW)), 1, "though nobody is active");
    }

    function test_RevertGiven_TheFallbackFollowsTooSoon() external {
        IMarketOracle.Bounds memory limits = _bounds();
        limits.leastInterval = 2 days;
        oracle = _deployOracle(limits, 1);
        _setAdapters(ADAPTER, FALLBACK);
        _bring(NOW);
        vm.warp(NOW + 1 days);

        vm.expectRevert(abi.encodeWithSelector(IMarketOracle.MarketOracleTooSoon.selector, NOW + 2 days));
        vm.prank(FALLBACK);
        oracle.accept(_observation(NOW + 1));
    }

    /* READING */

    function testFuzz_RevertGiven_RoundIsUnknown(uint256 round) external {
        vm.assume(round != 1);
        _bring(NOW);
        bytes memory refusal = abi.encodeWithSelector(IMarketOracle.MarketOracleUnknownRound.selector, round);
        vm.expectRevert(refusal);
        oracle.roundAt(round);
        vm.expectRevert(refusal);
        oracle.acceptedAt(round);
    }

    function test_BeginsWithNothing() external {
        vm.expectEmit();
        emit IMarketOracle.AdaptersChanged(ADAPTER, address(0));
        oracle = _deployOracle(7, 0);

        _assertAdapters(ADAPTER, address(0), NOW + 1 days);
        vm.assertEq(oracle.latestRound(), 0, "no round");
        vm.assertEq(_bring(NOW), 1, "numbers count from one");
    }

    function test_BeginsWithNobody() external {
        bytes memory arguments = abi.encode(registry, collection, address(0), _bounds(), 1);
        oracle = IMarketOracle(_deploy("MarketOracle", arguments));

        _assertAdapters(address(0), address(0), NOW + 1 days);
        _expect(abi.encodeWithSelector(IMarketOracle.MarketOracleUnauthorizedAdapter.selector, ADAPTER));
        oracle.accept(_observation(NOW));
    }

    /* HELPERS */

    function _bring(uint256 time) private returns (uint256 round) {
        vm.prank(ADAPTER);
        return oracle.accept(_observation(time));
    }

    /// @dev The next call is the adapter's and reverts with this.
    function _expect(bytes memory refusal) private {
        vm.expectRevert(refusal);
        vm.prank(ADAPTER);
    }

    function _refuseFallback(uint256 time, uint256 earliest) private {
        vm.warp(time);
        vm.expectRevert(abi.encodeWithSelector(IMarketOracle.MarketOracleFallbackTooEarly.selector, earliest));
        vm.prank(FALLBACK);
        oracle.accept(_observation(NOW));
    }

    function _assertAdapters(address active, address fallbackAdapter, uint256 fallbackFrom) private view {
        (address first, address second, uint256 from) = oracle.adapters();
        vm.assertEq(first, active, "active");
        vm.assertEq(second, fallbackAdapter, "fallback");
        vm.assertEq(from, fallbackFrom, "from when on");
    }
}
