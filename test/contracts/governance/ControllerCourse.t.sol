// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {IParameterController} from "../../../contracts/interfaces/IParameterController.sol";
import {ITermsInForce} from "../../../contracts/interfaces/ITermsInForce.sol";
import {ControllerKit} from "../kit/ControllerKit.sol";

// any course of what the steward, the DAO, the guardian and the market can do
// ├── a value is always in its bounds, and they within the cap
// ├── the controller and plain notes of the course agree on every value, limit and move, on what is spent, and on who may move
// ├── the steward moves exactly when the notes say that he may
// ├── no steward's move follows new limits by more than what they leave
// └── the collection has what the slots say
contract ControllerCourseTest is ControllerKit {
    uint256 private constant STEPS = 60;

    /// @dev A slot as plainly as it can be: the bucket in parts of a unit, each as large as a second of the window.
    struct Note {
        uint256 value;
        uint256 spent; // units times window
        uint256 seenAt;
        uint256 movedAt;
        IParameterController.Limits limits;
    }

    Note[SLOTS] private _notes;
    bool private _stopped;
    uint256 private _acceptedAt;
    bool private _odd;
    uint256 private _expiry = EXPIRY;
    uint256 private _dice;
    uint256 private _moves;

    function setUp() public override {
        super.setUp();
        vm.prank(ADMIN);
        controller.setForge(RECIPE, CONDITIONS);
        for (uint256 i = 0; i < SLOTS; ++i) {
            IParameterController.SlotInfo memory info = controller.slotOf(_slot(i));
            (_notes[i].value, _notes[i].limits, _notes[i].seenAt) = (info.value, info.limits, block.timestamp);
        }
        _acceptedAt = block.timestamp;
    }

    function testFuzz_HoldsToItsNotes(uint256 seed) external {
        _dice = seed;
        for (uint256 n = 0; n < STEPS; ++n) {
            uint256 choice = _next(16);
            if (choice < 7) _tryMove(_next(SLOTS));
            else if (choice < 10) vm.warp(block.timestamp + _next(3 days));
            else if (choice < 12) _observeSome();
            else if (choice < 13) _governOne(_next(SLOTS));
            else if (choice < 15) _limitOne(_next(SLOTS));
            else _changeWhoMay();
            _compare(_next(SLOTS));
        }
        for (uint256 i = 0; i < SLOTS; ++i) _compare(i);
        _compareCollection();
    }

    function test_CoursesMove() external {
        for (uint256 n = 0; n < 20; ++n) this.testFuzz_HoldsToItsNotes(n);
        vm.assertTrue(_moves >= 40, "a course moves at least twice");
    }

    /* STEPS */

    function _tryMove(uint256 i) private {
        Note storage note = _notes[i];
        uint256 to = _anywhere(note);
        bool may = _may(i, note, to);
        uint256 round = oracle.latestRound();
        vm.prank(STEWARD);
        (bool moved, ) = address(controller).call(
            abi.encodeCall(IParameterController.move, (_slot(i), uint64(to), REASONS, round))
        );
        vm.assertTrue(moved == may, "moves exactly when the notes say so");
        if (!moved) return;
        note.spent = _spentNow(note) + _length(note.value, to) * note.limits.window;
        (note.value, note.seenAt, note.movedAt) = (to, block.timestamp, block.timestamp);
        ++_moves;
    }

    function _may(uint256 i, Note storage note, uint256 to) private view returns (bool) {
        IParameterController.Limits memory limits = note.limits;
        uint256 length = _length(note.value, to);
        bool inTime = note.movedAt == 0 || block.timestamp - note.movedAt >= limits.delay;
        bool inBounds = to >= limits.low && to <= limits.high && !(i == 1 && to == 1);
        bool inBudget = _spentNow(note) + length * limits.window <= uint256(limits.budget) * limits.window;
        bool sound = !_odd && block.timestamp - _acceptedAt <= 2 days;
        bool granted = !_stopped && block.timestamp < _expiry;
        return length != 0 && length <= limits.step && inTime && inBounds && inBudget && sound && granted;
    }

    function _spentNow(Note storage note) private view returns (uint256) {
        uint256 back = uint256(note.limits.budget) * (block.timestamp - note.seenAt);
        return note.spent > back ? note.spent - back : 0;
    }

    function _observeSome() private {
        vm.warp(block.timestamp + 1);
        Market memory market = _market(block.timestamp);
        _odd = _next(6) == 0;
        if (_odd) market.volatility = uint16(4_001 + _next(1_000));
        _bring(_pack(market));
        _acceptedAt = block.timestamp;
    }

    function _governOne(uint256 i) private {
        Note storage note = _notes[i];
        uint256 to = note.limits.low + _next(note.limits.high - note.limits.low + 1);
        if (to == note.value || (i == 1 && to == 1)) return;
        _govern(_slot(i), to);
        note.value = to;
    }

    function _limitOne(uint256 i) private {
        Note storage note = _notes[i];
        uint256 least = i == 1 ? 2 : 0;
        uint256 cap = controller.slotOf(_slot(i)).cap;
        IParameterController.Limits memory limits;
        limits.low = uint64(least + _next((cap - least) / 2));
        limits.high = uint64(limits.low + _next(cap - limits.low + 1));
        limits.step = uint64(_next(cap / 4 + 2));
        limits.budget = uint64(_next(cap));
        (limits.delay, limits.window) = (uint32(1 + _next(2 days)), uint32(1 + _next(60 days)));

        uint256 window = note.limits.window;
        uint256 units = (_spentNow(note) + window - 1) / window;
        _setLimits(_slot(i), limits);
        (note.spent, note.seenAt, note.limits) = (units * limits.window, block.timestamp, limits);
        if (note.value < limits.low) note.value = limits.low;
        if (note.value > limits.high) note.value = limits.high;
    }

    function _changeWhoMay() private {
        uint256 choice = _next(4);
        if (choice == 0) {
            _freeze();
            _stopped = true;
        } else if (choice < 3) {
            vm.prank(ADMIN);
            controller.unfreeze();
            _stopped = false;
        } else {
            _expiry = block.timestamp + _next(30 days);
            vm.prank(ADMIN);
            controller.setGrant(uint40(_expiry));
        }
    }

    /* COMPARING */

    function _compare(uint256 i) private view {
        Note storage note = _notes[i];
        IParameterController.SlotInfo memory info = controller.slotOf(_slot(i));
        vm.assertEq(info.value, note.value, "value");
        vm.assertEq(info.movedAt, note.movedAt, "moved");
        vm.assertEq(abi.encode(info.limits), abi.encode(note.limits), "limits");
        vm.assertEq(info.spent, (_spentNow(note) + note.limits.window - 1) / note.limits.window, "spent");
        vm.assertTrue(info.value >= info.limits.low && info.value <= info.limits.high, "in bounds");
        vm.assertTrue(info.limits.high <= info.cap, "within the cap");
    }

    function _compareCollection() private view {
        (, uint256 royalty) = collection.royaltyInfo(0, 10_000);
        ITermsInForce.TermsInForce memory terms = collection.termsInForce();
        ILoopCollection.ForgeTerms memory forge = collection.forgeTerms();
        vm.assertEq(royalty, _notes[0].value, "royalty");
        vm.assertEq(forge.parents, _notes[1].value, "burn count");
        vm.assertEq(terms.cadence, _notes[3].value, "cadence");
        vm.assertEq(terms.guardThreshold, _notes[4].value, "guard");
        vm.assertEq(terms.oddsSensitivity, _notes[5].value, "odds");
        vm.assertEq(forge.conditions, _conditions(), "the forge's conditions");
    }

    /* PICKING */

    /// @dev Mostly within a step, often to its very end.
    function _anywhere(Note storage note) private returns (uint256) {
        uint256 kind = _next(8);
        uint256 step = note.limits.step;
        if (kind == 0) return _next(uint256(note.limits.high) + 2);
        uint256 length = kind < 3 ? step : (kind < 4 ? step + 1 : _next(step + 1));
        return _next(2) == 0 ? note.value + length : (note.value < length ? 0 : note.value - length);
    }

    function _next(uint256 count) private returns (uint256) {
        _dice = uint256(keccak256(abi.encode(_dice)));
        return _dice % count;
    }

    function _slot(uint256 i) private pure returns (IParameterController.Slot) {
        return IParameterController.Slot(i);
    }
}
