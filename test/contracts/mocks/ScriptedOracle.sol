// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title An oracle that accepts everything, or refuses everything with the error that it is told to
/// @dev For adapters alone: what the real one says in which case is tested with the real one.
contract ScriptedOracle {
    uint256 public latestRound;
    bytes32 public observation;
    address public bringer;
    bytes private _refusal;

    address private _active;
    address private _fallback;
    uint256 private _fallbackFrom;

    function refuseWith(bytes calldata refusal) external {
        _refusal = refusal;
    }

    function name(address active, address fallbackAdapter, uint256 fallbackFrom) external {
        (_active, _fallback, _fallbackFrom) = (active, fallbackAdapter, fallbackFrom);
    }

    function adapters() external view returns (address active, address fallbackAdapter, uint256 fallbackFrom) {
        return (_active, _fallback, _fallbackFrom);
    }

    function accept(bytes32 given) external returns (uint256 round) {
        bytes memory refusal = _refusal;
        if (refusal.length != 0) {
            assembly ("memory-safe") {
                revert(add(refusal, 0x20), mload(refusal))
            }
        }
        (observation, bringer) = (given, msg.sender);
        return ++latestRound;
    }
}
