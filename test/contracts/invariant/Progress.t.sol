// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Kit} from "../kit/Kit.sol";
import {Progress} from "./Progress.sol";

/// @title One action that works once in a while, and one that always does
contract IdlingHandler is Progress {
    uint256 private immutable EVERY;

    constructor(uint256 every) {
        EVERY = every;
    }

    function actions() public pure override returns (bytes4[] memory selectors) {
        selectors = new bytes4[](2);
        selectors[0] = this.idle.selector;
        selectors[1] = this.work.selector;
    }

    function idle() external counted {
        if (callsOf[msg.sig] % EVERY == 0) _worked();
    }

    function work() external counted {
        _worked();
    }
}

// checkProgress
// ├── given an action that worked in less than a tenth of its calls
// │   └── it fails the run and names the action
// ├── given an action that worked in a tenth of its calls
// │   └── it lets the run pass
// └── given too few calls to tell
//     └── it lets the run pass
contract ProgressTest is Kit {
    function test_RevertGiven_AnActionThatHardlyWorks() external {
        IdlingHandler handler = _run(11, 100);

        string memory selector = vm.toString(abi.encodePacked(handler.idle.selector));
        vm.expectRevert(bytes(string.concat("Vacuous: ", selector, " works in less than a tenth")));
        handler.checkProgress();
    }

    function test_GivenAnActionThatWorksInATenth() external {
        IdlingHandler handler = _run(10, 100);

        handler.checkProgress();
        vm.assertEq(handler.workOf(handler.idle.selector), 10, "work is counted");
        vm.assertEq(handler.callsOf(handler.idle.selector), 100, "calls are counted");
    }

    function test_GivenTooFewCallsToTell() external {
        IdlingHandler handler = _run(11, 9);

        handler.checkProgress();
        vm.assertEq(handler.workOf(handler.idle.selector), 0, "nothing was done");
    }

    function _run(uint256 every, uint256 calls) private returns (IdlingHandler handler) {
        handler = new IdlingHandler(every);
        for (uint256 i = 0; i < calls; ++i) {
            handler.idle();
            handler.work();
        }
    }
}
