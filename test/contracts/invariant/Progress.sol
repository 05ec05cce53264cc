// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Kit} from "../kit/Kit.sol";

/// @title What keeps a campaign from passing because nothing happened
/// @dev Every action counts its calls and, at its end, its real work. An action that almost never works fails the run.
abstract contract Progress is Kit {
    /// @dev A share of fewer calls says nothing.
    uint256 internal constant ENOUGH_CALLS = 10;

    uint256 public turn; // calls so far
    mapping(bytes4 selector => uint256) public callsOf;
    mapping(bytes4 selector => uint256) public workOf;

    modifier counted() {
        callsOf[msg.sig] += 1;
        turn += 1;
        _;
    }

    /// @notice Every action that the runner may call.
    function actions() public pure virtual returns (bytes4[] memory selectors);

    /// @notice Reverts unless every action did real work in a tenth of its calls.
    function checkProgress() external view {
        bytes4[] memory selectors = actions();
        for (uint256 i = 0; i < selectors.length; ++i) {
            uint256 calls = callsOf[selectors[i]];
            if (calls < ENOUGH_CALLS) continue;

            vm.assertTrue(
                workOf[selectors[i]] * 10 >= calls,
                string.concat("Vacuous: ", vm.toString(abi.encodePacked(selectors[i])), " works in less than a tenth")
            );
        }
    }

    /// @notice The counts as `selector,calls,work;` for each action.
    function report() external view returns (string memory line) {
        bytes4[] memory selectors = actions();
        for (uint256 i = 0; i < selectors.length; ++i) {
            line = string.concat(
                line,
                vm.toString(abi.encodePacked(selectors[i])),
                ",",
                vm.toString(callsOf[selectors[i]]),
                ",",
                vm.toString(workOf[selectors[i]]),
                ";"
            );
        }
    }

    /// @dev The last line of every action.
    function _worked() internal {
        workOf[msg.sig] += 1;
    }

    /// @dev Calls as `caller` and asserts that exactly this error comes back.
    function _refused(
        address target,
        address caller,
        bytes memory call,
        bytes memory expected,
        string memory reason
    ) internal {
        vm.prank(caller);
        (bool success, bytes memory answer) = target.call(call);

        if (success) vm.assertTrue(false, string.concat("Invariant violation: ", reason, ", was allowed"));
        if (keccak256(answer) != keccak256(expected)) {
            vm.assertEq(answer, expected, string.concat("Invariant violation: ", reason, ", other error"));
        }
    }

    /// @dev The message is only put together when it is needed: this runs millions of times.
    function _holds(bool condition, string memory reason) internal pure {
        if (!condition) vm.assertTrue(false, string.concat("Invariant violation: ", reason));
    }
}
