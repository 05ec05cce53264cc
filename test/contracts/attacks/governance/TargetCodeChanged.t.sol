// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ILoopGovernor} from "../../../../contracts/interfaces/ILoopGovernor.sol";
import {DaoKit} from "./DaoKit.sol";
import {TwinGovernor} from "./TwinGovernor.sol";

/// @dev What voters read.
contract Harmless {
    event Done(string what);

    function act() external {
        emit Done("a gift");
    }
}

/// @dev What is there in the end.
contract Hostile {
    event Done(string what);

    function act() external {
        emit Done("a theft");
    }
}

// Voters look at a contract and vote for a call to it. When it is called, another contract is there: deployed late at an address
// known before, destroyed and deployed again, or an account that delegates to other code since (EIP-7702).
contract TargetCodeChangedTest is DaoKit {
    bytes32 private constant SALT = "salt";

    function test_TheTwinCallsWhateverIsThere() external {
        TwinGovernor twin = _twin();
        address target = address(new Harmless());
        Proposal memory gift = _draft(target, abi.encodeCall(Harmless.act, ()));
        _ripen(twin, ALICE, gift);
        vm.etch(target, type(Hostile).runtimeCode);

        vm.expectEmit(target);
        emit Hostile.Done("a theft");
        _execute(twin, gift);
    }

    function test_TheTwinCallsWhatCameLate() external {
        TwinGovernor twin = _twin();
        Proposal memory gift = _draft(_later(), abi.encodeCall(Harmless.act, ()));
        _ripen(twin, ALICE, gift);
        new Hostile{salt: SALT}();

        vm.expectEmit(_later());
        emit Hostile.Done("a theft");
        _execute(twin, gift);
    }

    function test_TheGovernorSeesItAtQueueing() external {
        address target = address(new Harmless());
        Proposal memory gift = _draft(target, abi.encodeCall(Harmless.act, ()));
        _succeed(governor, ALICE, gift);
        vm.etch(target, type(Hostile).runtimeCode);

        vm.expectRevert(_codeChanged(gift, type(Harmless).runtimeCode, type(Hostile).runtimeCode));
        _queue(governor, gift);
    }

    function test_TheGovernorSeesItAtExecution() external {
        address target = address(new Harmless());
        Proposal memory gift = _draft(target, abi.encodeCall(Harmless.act, ()));
        _ripen(governor, ALICE, gift);
        vm.etch(target, type(Hostile).runtimeCode);

        vm.expectRevert(_codeChanged(gift, type(Harmless).runtimeCode, type(Hostile).runtimeCode));
        _execute(governor, gift);
    }

    function test_TheGovernorTakesNoCallToNothing() external {
        Proposal memory gift = _draft(_later(), abi.encodeCall(Harmless.act, ()));

        vm.expectRevert(abi.encodeWithSelector(ILoopGovernor.LoopGovernorTargetWithoutCode.selector, _later()));
        _propose(governor, ALICE, gift);
    }

    function test_TheGovernorSeesWhoCameLateForAPayment() external {
        Proposal memory payment = _draft(_later(), "");
        _ripen(governor, ALICE, payment);
        new Hostile{salt: SALT}();

        vm.expectRevert(_codeChanged(payment, "", type(Hostile).runtimeCode));
        _execute(governor, payment);
    }

    function test_TheGovernorSeesWhatIsGone() external {
        address target = address(new Harmless());
        Proposal memory gift = _draft(target, abi.encodeCall(Harmless.act, ()));
        _ripen(governor, ALICE, gift);
        vm.etch(target, "");

        vm.expectRevert(_codeChanged(gift, type(Harmless).runtimeCode, ""));
        _execute(governor, gift);
    }

    function test_TheGovernorSeesAnotherDelegation() external {
        bytes memory before = abi.encodePacked(hex"ef0100", address(new Harmless()));
        bytes memory since = abi.encodePacked(hex"ef0100", address(new Hostile()));
        vm.etch(DAVE, before);
        Proposal memory gift = _draft(DAVE, abi.encodeCall(Harmless.act, ()));
        _ripen(governor, ALICE, gift);
        vm.etch(DAVE, since);

        vm.expectRevert(_codeChanged(gift, before, since));
        _execute(governor, gift);
    }

    function test_WhatStaysIsCalled() external {
        address target = address(new Harmless());
        Proposal memory gift = _draft(target, abi.encodeCall(Harmless.act, ()));
        _ripen(governor, ALICE, gift);

        vm.expectEmit(target);
        emit Harmless.Done("a gift");
        _execute(governor, gift);
    }

    function _codeChanged(
        Proposal memory drafted,
        bytes memory before,
        bytes memory since
    ) private pure returns (bytes memory) {
        return
            abi.encodeWithSelector(
                ILoopGovernor.LoopGovernorCodeChanged.selector,
                drafted.id,
                drafted.targets[0],
                before.length == 0 ? bytes32(0) : keccak256(before),
                since.length == 0 ? bytes32(0) : keccak256(since)
            );
    }

    /// @dev Where the hostile one will be.
    function _later() private view returns (address) {
        bytes32 code = keccak256(type(Hostile).creationCode);
        return address(uint160(uint256(keccak256(abi.encodePacked(hex"ff", this, SALT, code)))));
    }
}
