// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {
    ADMIN_ROLE,
    GUARDIAN_ROLE,
    OPERATOR_ROLE,
    PARAMETER_ROLE,
    PUBLISHER_ROLE,
    REGISTRAR_ROLE,
    STEWARD_ROLE,
    VOUCHER_ROLE
} from "../../../contracts/access/Roles.sol";
import {IParameterController} from "../../../contracts/interfaces/IParameterController.sol";
import {ControllerKit} from "../kit/ControllerKit.sol";

// two hundred steps with a stolen steward's key, random or greedy, under any limits, on a market that never stands in its way
// ├── every value stays in its bounds, and nothing but the slots changes: no job, no work, no wei
// ├── the moves of any T seconds are together at most budget + floor(budget * T / window)
// └── once the guardian freezes, no step changes anything, while holders burn, anybody abandons, and the DAO rules
//
// LOOP_FUZZ_RUNS sets how many courses; with LOOP_STEWARD_LOG each writes a line there. LOOP_STEWARD_SELECTORS gives the selectors that
// the thief tries beside `move`, eight letters each without 0x; test/bench/steward-key.ts gives those of all contracts.
contract HostileStewardTest is ControllerKit {
    uint256 private constant STEPS = 200;
    uint256 private constant PURSE = 1 ether;

    struct Ghost {
        uint256 start;
        uint256 value;
        uint256 moved; // all lengths
        uint256 fullest; // the sum of moves over the worst of all spans, less what its seconds give; times the window
        uint256 time; // of the last move
    }

    /// @dev What a course came to.
    struct Course {
        uint256 seed;
        uint256 began;
        uint256 round;
        uint256 moves;
        uint256 refused;
        uint256 others;
        uint256 worst; // drift beside the closed form, bps
    }

    bytes4[] private _selectors;
    address[] private _targets;
    address private _splitter;
    bytes32 private _before;
    uint256 private _waiting;

    function setUp() public override {
        super.setUp();
        _splitter = _deploy("RoyaltySplitter", abi.encode(_payees(), _shares()));
        _targets = [address(collection), address(registry), address(oracle), address(controller), _splitter];
        _readSelectors(bytes(vm.envOr("LOOP_STEWARD_SELECTORS", "2f2ff15da9059cbb095ea7b342842e0e13af4035")));
        for (uint256 i = 0; i < _targets.length; ++i) vm.deal(_targets[i], PURSE);
        vm.deal(STEWARD, PURSE);

        bytes32 conditions = _conditions();
        vm.prank(OPERATOR);
        _seal(collection.open(ALICE, RECIPE, 4, conditions));
        vm.prank(OPERATOR);
        _waiting = collection.open(ALICE, RECIPE, 1, conditions);
        vm.prank(ADMIN);
        controller.setForge(RECIPE, CONDITIONS);
        // The market never stands in the way: one sound round that no breaker finds old.
        vm.prank(ADMIN);
        controller.setBreaker(IParameterController.Breaker(type(uint32).max, 3_000, 4_000));
        vm.prank(ADMIN);
        controller.setGrant(type(uint40).max);
        _before = _fingerprint();
    }

    /// @dev Two numbers, because the runner likes to give one number twice.
    function testFuzz_AStolenKeyStaysInItsBox(uint256 seed, uint256 salt) external {
        seed = uint256(keccak256(abi.encode(seed, salt)));
        _run(seed, seed & 1 == 1);
    }

    function _readSelectors(bytes memory text) private {
        for (uint256 i = 0; i + 8 <= text.length; i += 8) {
            uint32 selector = 0;
            for (uint256 k = i; k < i + 8; ++k) {
                uint8 letter = uint8(text[k]);
                selector = (selector << 4) | (letter < 0x3a ? letter - 0x30 : letter - 0x57);
            }
            _selectors.push(bytes4(selector));
        }
    }

    function _payees() private view returns (address[] memory payees) {
        payees = new address[](1);
        payees[0] = TREASURY;
    }

    function _shares() private pure returns (uint256[] memory shares) {
        shares = new uint256[](1);
        shares[0] = 1;
    }

    /* A COURSE */

    function _run(uint256 seed, bool greedy) private {
        Course memory course;
        (course.seed, course.began, course.round) = (seed, block.timestamp, oracle.latestRound());
        Ghost[SLOTS] memory ghosts;
        IParameterController.Limits[SLOTS] memory limits;
        for (uint256 i = 0; i < SLOTS; ++i) {
            limits[i] = _limitsFor(i, uint256(keccak256(abi.encode(seed, "limits", i))));
            ghosts[i].start = ghosts[i].value = controller.valueOf(IParameterController.Slot(i));
        }

        for (uint256 n = 0; n < STEPS; ++n) {
            uint256 dice = uint256(keccak256(abi.encode(seed, n)));
            uint256 slot = dice % SLOTS;
            vm.warp(block.timestamp + _pause(dice >> 8, limits[slot]));
            if ((dice >> 16) % (greedy ? 10 : 3) != 0) {
                _step(course, ghosts[slot], limits[slot], slot, greedy ? 0 : dice >> 32);
                continue;
            }
            _tryOther(dice >> 32);
            course.others += 1;
        }

        _checkAll(course, ghosts, limits);
        _stop(course.round);
        _log(course, greedy);
    }

    /// @dev Without dice, greedily.
    function _step(
        Course memory course,
        Ghost memory ghost,
        IParameterController.Limits memory limits,
        uint256 slot,
        uint256 dice
    ) private {
        uint256 value =
            dice == 0
                ? _furthest(slot, ghost.value, limits, course.seed >> (8 + slot))
                : _anywhere(dice, ghost.value, limits);
        if (!_try(slot, value, course.round)) {
            course.refused += 1;
            return;
        }
        course.moves += 1;
        _note(ghost, limits, value);
    }

    /// @dev Half of them those of a deployment, half of them anything that the DAO may set.
    function _limitsFor(uint256 slot, uint256 dice) private returns (IParameterController.Limits memory limits) {
        limits = _limitsOf(IParameterController.Slot(slot));
        if (dice % 2 == 0) return limits;
        uint256 width = limits.high - limits.low;
        limits.step = uint64(1 + ((dice >> 8) % width));
        limits.budget = uint64((dice >> 72) % (2 * width));
        limits.delay = uint32(1 + ((dice >> 136) % 2 days));
        limits.window = uint32(1 + ((dice >> 168) % 60 days));
        _setLimits(IParameterController.Slot(slot), limits);
    }

    /// @dev Often nothing, often around a delay, seldom a window.
    function _pause(uint256 dice, IParameterController.Limits memory limits) private pure returns (uint256) {
        uint256 kind = dice % 8;
        if (kind < 3) return 0;
        if (kind < 6) return (limits.delay / SLOTS) + ((dice >> 8) % 3);
        return kind == 6 ? (dice >> 8) % limits.delay : (dice >> 8) % (limits.window / 8 + 1);
    }

    /// @dev As far as anything allows, always in one direction.
    function _furthest(
        uint256 slot,
        uint256 value,
        IParameterController.Limits memory limits,
        uint256 dice
    ) private view returns (uint256) {
        uint256 spent = controller.slotOf(IParameterController.Slot(slot)).spent;
        uint256 length = limits.step;
        uint256 left = limits.budget > spent ? limits.budget - spent : 0;
        if (left < length) length = left;
        bool up = dice & 1 == 1;
        uint256 room = up ? limits.high - value : value - limits.low;
        if (room < length) length = room;
        return up ? value + length : value - length;
    }

    /// @dev Near, at a bound, at one step, or far outside.
    function _anywhere(
        uint256 dice,
        uint256 value,
        IParameterController.Limits memory limits
    ) private pure returns (uint256) {
        uint256 kind = dice % 6;
        dice >>= 8;
        if (kind == 0) return uint64(dice);
        if (kind == 1) return dice & 1 == 0 ? limits.low : limits.high;
        if (kind == 2) return value + limits.step;
        if (kind == 3) return value < limits.step ? 0 : value - limits.step;
        uint256 near = 1 + ((dice >> 1) % limits.step);
        return dice & 1 == 0 ? value + near : (value < near ? 0 : value - near);
    }

    function _try(uint256 slot, uint256 value, uint256 round) private returns (bool moved) {
        bytes4 selector = IParameterController.move.selector;
        vm.prank(STEWARD);
        (moved, ) = address(controller).call(abi.encodeWithSelector(selector, slot, uint64(value), REASONS, round));
    }

    /// @dev Anything else, of any contract, with words that mean something here.
    function _tryOther(uint256 dice) private {
        address target = _targets[dice % _targets.length];
        bytes4 selector = _selectors[(dice >> 8) % _selectors.length];
        uint256[8] memory words = [
            0,
            1,
            uint256(uint160(STEWARD)),
            uint256(uint160(ALICE)),
            _id(1, 0),
            uint256(REASONS),
            uint64(dice >> 128),
            0x20
        ];
        bytes memory arguments;
        for (uint256 i = 0; i < 6; ++i) arguments = bytes.concat(arguments, bytes32(words[(dice >> (24 + 3 * i)) % 8]));
        vm.prank(STEWARD);
        (bool done, ) = target.call{value: dice % 7 == 0 ? 1 : 0}(bytes.concat(selector, arguments));
        done; // refused or harmless: what it changed is looked at in the end
    }

    /* GHOSTS */

    /// @dev The worst span that ends now is the worst that ended before and went on, or it begins here.
    function _note(Ghost memory ghost, IParameterController.Limits memory limits, uint256 value) private view {
        uint256 length = _length(ghost.value, value);
        uint256 given = uint256(limits.budget) * (block.timestamp - ghost.time);
        ghost.fullest = (ghost.fullest > given ? ghost.fullest - given : 0) + length * limits.window;
        vm.assertTrue(ghost.fullest <= uint256(limits.budget) * limits.window, "budget of some span");
        vm.assertTrue(length <= limits.step, "step");
        vm.assertTrue(ghost.time == 0 || block.timestamp >= ghost.time + limits.delay, "delay");
        vm.assertTrue(value >= limits.low && value <= limits.high, "bounds");
        ghost.moved += length;
        (ghost.value, ghost.time) = (value, block.timestamp);
    }

    function _checkAll(
        Course memory course,
        Ghost[SLOTS] memory ghosts,
        IParameterController.Limits[SLOTS] memory limits
    ) private view {
        for (uint256 i = 0; i < SLOTS; ++i) {
            uint256 value = controller.valueOf(IParameterController.Slot(i));
            uint256 most =
                limits[i].budget + (uint256(limits[i].budget) * (block.timestamp - course.began)) / limits[i].window;
            uint256 drift = _length(ghosts[i].start, value);
            vm.assertEq(value, ghosts[i].value, "value");
            vm.assertTrue(ghosts[i].moved <= most, "the closed form");
            vm.assertTrue(drift <= ghosts[i].moved, "drift");
            if (most != 0 && (drift * 10_000) / most > course.worst) course.worst = (drift * 10_000) / most;
        }
        vm.assertEq(_fingerprint(), _before, "nothing else");
        vm.assertTrue(_purses() == _targets.length * PURSE + PURSE, "no wei came or went");
    }

    /// @dev Jobs, works, terms that no slot moves, and who is paid.
    function _fingerprint() private view returns (bytes32) {
        (address receiver, ) = collection.royaltyInfo(0, 10_000);
        bytes memory works;
        for (uint256 i = 0; i < 4; ++i)
            works = bytes.concat(works, abi.encode(collection.ownerOf(_id(1, i)), collection.getApproved(_id(1, i))));
        bytes memory terms = abi.encode(collection.limits(), collection.totals(), collection.forgeTerms().recipe);
        bytes memory page = abi.encode(collection.getTransferValidator(), collection.owner(), collection.contractURI());
        bytes memory box = abi.encode(controller.grantExpiry(), controller.frozen(), controller.breaker(), receiver);
        return keccak256(abi.encode(works, terms, page, box, registry.count(), oracle.latestRound(), _jobHolders()));
    }

    function _jobHolders() private view returns (bool[64] memory held) {
        address[8] memory accounts = [
            ADMIN,
            OPERATOR,
            REGISTRAR,
            GUARDIAN,
            PUBLISHER,
            VOUCHER_SIGNER,
            STEWARD,
            address(controller)
        ];
        bytes32[8] memory roles = [
            ADMIN_ROLE,
            OPERATOR_ROLE,
            REGISTRAR_ROLE,
            GUARDIAN_ROLE,
            PARAMETER_ROLE,
            PUBLISHER_ROLE,
            VOUCHER_ROLE,
            STEWARD_ROLE
        ];
        IAccessControl book = IAccessControl(address(registry));
        for (uint256 i = 0; i < 64; ++i) held[i] = book.hasRole(roles[i % 8], accounts[i / 8]);
    }

    /// @dev The works' ether may come, but goes to nobody: the thief's and all contracts' together stay.
    function _purses() private view returns (uint256 sum) {
        sum = STEWARD.balance;
        for (uint256 i = 0; i < _targets.length; ++i) sum += _targets[i].balance;
    }

    /* STOPPING */

    /// @dev One transaction; then nobody else is held up.
    function _stop(uint256 round) private {
        _freeze();
        for (uint256 i = 0; i < SLOTS; ++i) {
            uint256 value = controller.valueOf(IParameterController.Slot(i));
            vm.warp(block.timestamp + 60 days);
            vm.assertTrue(!_try(i, value + 1, round) && !_try(i, value == 0 ? 0 : value - 1, round), "stopped");
        }
        vm.prank(ALICE);
        collection.burn(_id(1, 3));
        vm.roll(collection.sealDeadline(_waiting) + 1);
        collection.abandon(_waiting);
        IParameterController.Limits memory limits = _limitsOf(ROYALTY);
        _govern(ROYALTY, controller.valueOf(ROYALTY) == limits.low ? limits.high : limits.low);
    }

    function _log(Course memory course, bool greedy) private {
        string memory path = vm.envOr("LOOP_STEWARD_LOG", "");
        if (bytes(path).length == 0) return;
        string memory line = string.concat(greedy ? "greedy;" : "random;", vm.toString(course.seed));
        uint256[4] memory numbers = [course.moves, course.refused, course.others, course.worst];
        for (uint256 i = 0; i < 4; ++i) line = string.concat(line, ";", vm.toString(numbers[i]));
        vm.writeLine(path, line);
    }
}
