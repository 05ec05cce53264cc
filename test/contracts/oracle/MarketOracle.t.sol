// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {EpochKit} from "../kit/EpochKit.sol";

// accept
// ├── when the caller is not the adapter, the admin included
// │   └── it reverts
// ├── when no observation packs to the word, or a parameter is not neutral
// │   └── it reverts
// ├── when the observation was made no later than the last one, or at zero
// │   └── it reverts
// ├── when it was made after this block
// │   └── it reverts
// ├── given the last round is younger than the least interval
// │   └── it reverts, up to the very second
// ├── given it is the first round
// │   └── it waits for nothing
// ├── given all 32-bit numbers are used up
// │   └── it reverts
// └── when everything is in order
//     ├── it numbers the round, keeps observation, block and time, and emits RoundAccepted
//     └── it writes down the seals as they are then, not later
// setAdapter
// ├── when the caller is not the admin
// │   └── it reverts
// └── it moves the adapter and emits both
// roundAt, acceptedAt
// ├── given the round was never accepted
// │   └── both revert
// └── they answer with what was written down
// constructor
// └── it names the adapter with an event; its first round is the one it is given, at least 1
contract MarketOracleTest is EpochKit {
    /* REFUSED */

    function testFuzz_RevertWhen_CallerIsNotTheAdapter(address caller) external {
        vm.assume(caller != ADAPTER);
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

    function testFuzz_MovesTheAdapter(address newAdapter) external {
        vm.assume(newAdapter != ADAPTER);
        vm.expectEmit(address(oracle));
        emit IMarketOracle.AdaptersChanged(newAdapter, address(0));
        vm.prank(ADMIN);
        oracle.setAdapters(newAdapter, address(0));

        (address active, , ) = oracle.adapters();
        vm.assertEq(active, newAdapter, "moved");
        _expect(abi.encodeWithSelector(IMarketOracle.MarketOracleUnauthorizedAdapter.selector, ADAPTER));
        oracle.accept(_observation(NOW));
        vm.prank(newAdapter);
        vm.assertEq(oracle.accept(_observation(NOW)), 1, "the new one brings rounds");
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

        (address active, , ) = oracle.adapters();
        vm.assertEq(active, ADAPTER, "adapter");
        vm.assertEq(oracle.latestRound(), 0, "no round");
        vm.assertEq(_bring(NOW), 1, "numbers count from one");
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
}
