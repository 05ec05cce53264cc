// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Vm} from "../kit/Vm.sol";
import {Progress} from "./Progress.sol";

/// @title What the runner asks a campaign: which actions, and what to do at the end of a run
/// @dev There are three: `Loop` (the collection and its recipes), `Roles` and `Splitter`. An action of a handler must succeed;
/// one called `...MustRevert` must be refused with exactly the error it names; what stands in an action's way (a pause, a limit,
/// a revoked recipe) must refuse it first and is then cleared. A handler writes down what happened in the plainest way; after
/// every call the contracts are compared with some of these notes in turn, at the end of a run with all. A run fails, too, if
/// an action did real work in less than a tenth of its calls. LOOP_INVARIANT_RUNS and LOOP_INVARIANT_DEPTH set the length.
abstract contract CampaignKit {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Vm private constant VM = Vm(address(uint160(uint256(keccak256("hevm cheat code")))));

    function targetContracts() external view returns (address[] memory targets) {
        targets = new address[](1);
        targets[0] = address(_handler());
    }

    function targetSelectors() external view returns (FuzzSelector[] memory targets) {
        targets = new FuzzSelector[](1);
        targets[0] = FuzzSelector({addr: address(_handler()), selectors: _handler().actions()});
    }

    /// @dev The runner calls this at the end of every run.
    function afterInvariant() external {
        _checkAll();
        _handler().checkProgress();

        string memory path = VM.envOr("LOOP_INVARIANT_LOG", "");
        if (bytes(path).length != 0) VM.writeLine(path, string.concat(_name(), ";", _handler().report()));
    }

    function _handler() internal view virtual returns (Progress);

    function _checkAll() internal view virtual;

    function _name() internal pure virtual returns (string memory);
}
