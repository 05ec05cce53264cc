// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";

import {IEpochs} from "../../../contracts/interfaces/IEpochs.sol";
import {IERC7496} from "../../../contracts/interfaces/IERC7496.sol";
import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {EpochKit} from "../kit/EpochKit.sol";
import {FreeOracle} from "../mocks/FreeOracle.sol";

// evolve
// ├── when the caller is not the publisher, operator, guardian and admin included
// │   └── it reverts
// ├── when the root is zero
// │   └── it reverts
// ├── given no oracle is named
// │   └── it reverts
// ├── when the round is not newer than the last epoch's, voided ones included
// │   └── it reverts
// ├── given the oracle does not know the round
// │   └── it reverts with the oracle's own error
// ├── given the round was accepted in this block, or in one that is not there yet
// │   └── it reverts
// ├── given the round covers less than the last epoch
// │   └── it reverts
// ├── given the oracle's numbers do not fit
// │   └── it reverts rather than cut them
// ├── given all 65,534 epochs are used up
// │   └── it reverts
// └── when everything is in order
//     ├── it numbers the epoch, keeps root, round, covered and time, shows it, and emits three events
//     ├── it covers what was sealed at the round, not what is sealed now
//     ├── rounds may be left out
//     └── it writes two fresh slots and the book
// voidEpoch
// ├── when the caller is neither guardian nor admin, the publisher included
// │   └── it reverts
// ├── given there is no such epoch, genesis included, or it is voided already
// │   └── it reverts
// ├── given the epoch is shown
// │   └── the newest sound one below is shown, genesis in the end, over words of the bitmap too
// ├── given the epoch is not shown
// │   └── what is shown stays
// └── its root stays on record and its round is used up
// setOracle
// ├── when the caller is not the admin
// │   └── it reverts
// └── it moves the oracle, keeps the list, and emits both
// epochAt
// └── given there is no such epoch, it reverts
contract EpochListTest is EpochKit {
    uint256 private constant MAX_EPOCHS = type(uint16).max - 1;
    bytes32 private constant ROOT = keccak256("root of an epoch");

    /* EVOLVING */

    function testFuzz_RevertWhen_CallerIsNotThePublisher(address caller) external {
        vm.assume(caller != PUBLISHER);
        uint256 round = _accept();
        vm.roll(block.number + 1);
        address[4] memory callers = [caller, OPERATOR, GUARDIAN, ADMIN];
        for (uint256 i = 0; i < 4; ++i) {
            _expectNotEmployed(callers[i], keccak256("PUBLISHER_ROLE"));
            vm.prank(callers[i]);
            collection.evolve(ROOT, round);
        }
    }

    function test_RevertWhen_RootIsZero() external {
        uint256 round = _accept();
        vm.roll(block.number + 1);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochRootMissing.selector));
        _publish(0, round);
    }

    function test_RevertGiven_NoOracleIsNamed() external {
        collection = _deployCollection(_settings());
        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochOracleMissing.selector));
        _publish(ROOT, 1);
    }

    function testFuzz_RevertWhen_RoundIsNotNewer(uint256 round, bool voided) external {
        for (uint256 i = 0; i < 5; ++i) _accept();
        vm.roll(block.number + 1);
        _publish(ROOT, 4);
        if (voided) _void(1);
        round = _bound(round, 0, 4);

        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochRoundNotNewer.selector, round, 4));
        _publish(ROOT, round);
        vm.assertEq(_publish(ROOT, 5), 2, "the next round");
    }

    function testFuzz_RevertGiven_RoundIsUnknown(uint256 round) external {
        round = _bound(round, 2, type(uint32).max >> 1);
        _accept();
        vm.roll(block.number + 1);
        vm.expectRevert(abi.encodeWithSelector(IMarketOracle.MarketOracleUnknownRound.selector, round));
        _publish(ROOT, round);
    }

    function testFuzz_RevertGiven_RoundIsOfThisBlockOrLater(uint32 ahead) external {
        FreeOracle free = _free();
        uint256 acceptedIn = block.number + ahead;
        free.tell(3, acceptedIn, 0);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochTooEarly.selector, 3, acceptedIn));
        _publish(ROOT, 3);

        vm.roll(acceptedIn + 1);
        vm.assertEq(_publish(ROOT, 3), 1, "a block later");
    }

    function testFuzz_RevertGiven_RoundCoversLess(uint32 covered, uint256 less, bool voided) external {
        vm.assume(covered != 0);
        less = _bound(less, 0, uint256(covered) - 1);
        FreeOracle free = _free();
        free.tell(1, 1, covered);
        free.tell(2, 1, less);
        free.tell(3, 1, covered);
        _publish(ROOT, 1);
        if (voided) _void(1);

        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochCoversLess.selector, less, covered));
        _publish(ROOT, 2);
        vm.assertEq(_publish(ROOT, 3), 2, "as many");
    }

    function testFuzz_RevertGiven_NumbersDoNotFit(uint256 tooLarge) external {
        tooLarge = _bound(tooLarge, uint256(1) << 32, type(uint256).max);
        FreeOracle free = _free();
        free.tell(tooLarge, 1, 1);
        free.tell(2, 1, tooLarge);
        vm.expectRevert(_overflow(31, tooLarge));
        _publish(ROOT, tooLarge);
        vm.expectRevert(_overflow(32, tooLarge));
        _publish(ROOT, 2);
    }

    function _overflow(uint256 bits, uint256 number) private pure returns (bytes memory) {
        return abi.encodeWithSelector(SafeCast.SafeCastOverflowedUintDowncast.selector, bits, number);
    }

    function test_RevertGiven_EpochsAreUsedUp() external {
        bytes32 slot = _bookSlot();
        uint256 book = uint256(vm.load(address(collection), slot));
        vm.store(address(collection), slot, bytes32(book | ((MAX_EPOCHS - 1) << 160)));
        vm.assertEq(_evolve(), MAX_EPOCHS, "the last one");

        uint256 round = _accept();
        vm.roll(block.number + 1);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochsExhausted.selector));
        _publish(ROOT, round);
    }

    function testFuzz_PublishesAnEpoch(bytes32 root, uint32 round, uint32 covered, uint40 time) external {
        round >>= 1;
        vm.assume(root != 0 && round > 1);
        FreeOracle free = _free();
        free.tell(1, 1, 0);
        free.tell(round, 1, covered);
        _publish(ROOT, 1);
        vm.warp(time);

        vm.expectEmit(address(collection));
        emit IEpochs.Evolved(2, round, root, address(free), covered);
        vm.expectEmit(address(collection));
        emit IERC4906.BatchMetadataUpdate(0, type(uint256).max);
        vm.expectEmit(address(collection));
        emit IERC7496.TraitUpdatedRange(keccak256("epoch"), 0, type(uint256).max);
        vm.assertEq(_publish(root, round), 2, "number");

        IEpochs.Epoch memory epoch = collection.epochAt(2);
        vm.assertEq(epoch.root, root, "root");
        vm.assertEq(epoch.round, round, "round");
        vm.assertEq(epoch.covered, covered, "covered");
        vm.assertEq(epoch.time, time, "time");
        vm.assertTrue(!epoch.voided, "sound");
        vm.assertEq(collection.epochAt(1).root, ROOT, "the first stays");
        _expectList(2, 2, round);
    }

    function test_CoversWhatWasSealedAtTheRound() external {
        _mint(ALICE, 1);
        uint256 round = _accept();
        _mint(BOB, 1);
        uint256 epoch = _publish(ROOT, round);

        vm.assertEq(collection.epochAt(epoch).covered, 1, "one batch");
        vm.assertEq(collection.epochAt(_evolve()).covered, 2, "the next round covers both");
    }

    function test_RoundsMayBeLeftOut() external {
        for (uint256 i = 0; i < 3; ++i) _accept();
        vm.roll(block.number + 1);
        vm.assertEq(_publish(ROOT, 3), 1, "epoch");

        _expectList(1, 1, 3);
    }

    function test_WritesTwoFreshSlotsAndTheBook() external {
        _mint(ALICE, 10);
        uint256 round = _accept();
        vm.roll(block.number + 1);
        vm.record();
        _publish(ROOT, round);
        (, bytes32[] memory writes) = vm.accesses(address(collection));

        vm.assertEq(writes.length, 3, "three slots");
    }

    /* TAKING BACK */

    function testFuzz_RevertWhen_CallerMayNotVoid(address caller) external {
        vm.assume(caller != GUARDIAN && caller != ADMIN);
        _evolve();
        address[3] memory callers = [caller, PUBLISHER, OPERATOR];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochUnauthorizedVoider.selector, callers[i]));
            vm.prank(callers[i]);
            collection.voidEpoch(1);
        }
    }

    function testFuzz_RevertGiven_EpochIsUnknown(uint256 epoch) external {
        vm.assume(epoch != 1);
        _evolve();
        bytes memory refusal = abi.encodeWithSelector(IEpochs.EpochUnknown.selector, epoch);
        vm.expectRevert(refusal);
        _void(epoch);
        vm.expectRevert(refusal);
        collection.epochAt(epoch);
    }

    function test_RevertGiven_EpochIsVoidedAlready() external {
        _evolve();
        _void(1);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochIsVoided.selector, 1));
        _void(1);
    }

    function test_ShowsTheNewestSoundOneBelow() external {
        for (uint256 i = 0; i < 4; ++i) _evolve();
        _void(3);
        _expectList(4, 4, 4);

        vm.expectEmit(address(collection));
        emit IEpochs.EpochVoided(4, GUARDIAN, 2);
        vm.expectEmit(address(collection));
        emit IERC4906.BatchMetadataUpdate(0, type(uint256).max);
        vm.expectEmit(address(collection));
        emit IERC7496.TraitUpdatedRange(keccak256("epoch"), 0, type(uint256).max);
        _void(4);
        _expectList(4, 2, 4);

        vm.expectEmit(address(collection));
        emit IEpochs.EpochVoided(2, ADMIN, 1);
        vm.prank(ADMIN);
        collection.voidEpoch(2);
        _void(1);
        _expectList(4, 0, 4);
        vm.assertEq(_evolve(), 5, "and on");
        _expectList(5, 5, 5);
    }

    function test_ShowsWhatItShowsGivenAnOlderOneIsVoided() external {
        for (uint256 i = 0; i < 3; ++i) _evolve();
        vm.expectEmit(address(collection));
        emit IEpochs.EpochVoided(1, GUARDIAN, 3);
        _void(1);

        _expectList(3, 3, 3);
    }

    function test_KeepsTheRootOnRecord() external {
        _evolve();
        _void(1);

        vm.assertEq(collection.epochAt(1).root, _rootOfEpoch(1), "root");
        vm.assertTrue(collection.epochAt(1).voided, "voided");
    }

    /// @dev Against a list of what is voided that is searched one by one.
    function testFuzz_FindsTheNewestSoundOneOverManyWords(uint256 seed) external {
        FreeOracle free = _free();
        free.tell(1, 1, 0);
        uint256 count = 600;
        for (uint256 round = 1; round <= count; ++round) {
            free.tell(round, 1, 0);
            _publish(ROOT, round);
        }
        bool[] memory voided = new bool[](count + 1);
        uint256 shown = count;
        for (uint256 step = 0; step < 12; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 last = _bound(seed, 1, count);
            uint256 first = step % 3 == 0 ? shown : _bound(seed >> 128, 1, last);
            if (step % 3 == 0) last = shown;
            if (step == 6) (first, last) = (250, count); // what stays lies two words below
            for (uint256 epoch = first; epoch <= last; ++epoch) {
                if (epoch == 0 || voided[epoch]) continue;
                voided[epoch] = true;
                _void(epoch);
            }
            while (voided[shown]) --shown;

            _expectList(count, shown, count);
        }
        for (uint256 epoch = 1; epoch <= count; ++epoch)
            vm.assertTrue(collection.epochAt(epoch).voided == voided[epoch], "each is kept for itself");
    }

    /* THE ORACLE */

    function testFuzz_RevertWhen_CallerIsNotTheAdmin(address caller) external {
        vm.assume(caller != ADMIN);
        _expectNotEmployed(caller, 0);
        vm.prank(caller);
        collection.setOracle(oracle);
    }

    function testFuzz_MovesTheOracleAndKeepsTheList(address newOracle) external {
        _evolve();
        _evolve();
        _void(2);
        vm.expectEmit(address(collection));
        emit IEpochs.OracleChanged(address(oracle), newOracle);
        _setOracle(newOracle);

        vm.assertEq(address(collection.oracle()), newOracle, "moved");
        _expectList(2, 1, 2);
    }

    /* HELPERS */

    function _free() private returns (FreeOracle free) {
        free = new FreeOracle();
        _setOracle(address(free));
    }

    function _expectList(uint256 count, uint256 shown, uint256 lastRound) private view {
        (uint256 actualCount, uint256 actualShown, uint256 actualRound) = collection.epochs();
        vm.assertEq(actualCount, count, "count");
        vm.assertEq(actualShown, shown, "shown");
        vm.assertEq(actualRound, lastRound, "last round");
    }

    function _bookSlot() private returns (bytes32) {
        vm.record();
        collection.epochs();
        (bytes32[] memory reads, ) = vm.accesses(address(collection));
        return reads[0];
    }

    function _expectNotEmployed(address caller, bytes32 role) private {
        vm.expectRevert(abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, caller, role));
    }
}
