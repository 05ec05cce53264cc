// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @title The cheatcodes that these tests use
/// @dev Written here because forge-std has no maintained npm release; EDR answers at the address in {Kit}.
interface Vm {
    struct Log {
        bytes32[] topics;
        bytes data;
        address emitter;
    }

    function prank(address sender) external;
    function prank(address sender, address origin) external;
    function deal(address account, uint256 balance) external;
    function roll(uint256 blockNumber) external;
    function warp(uint256 timestamp) external;
    function setBlockhash(uint256 blockNumber, bytes32 hash) external;
    function etch(address target, bytes calldata code) external;
    function getCode(string calldata name) external view returns (bytes memory creationCode);
    function load(address target, bytes32 slot) external view returns (bytes32 value);
    function store(address target, bytes32 slot, bytes32 value) external;

    function sign(uint256 privateKey, bytes32 digest) external pure returns (uint8 v, bytes32 r, bytes32 s);
    function addr(uint256 privateKey) external pure returns (address account);
    function chainId(uint256 id) external;

    function toString(bytes calldata value) external pure returns (string memory text);
    function toString(uint256 value) external pure returns (string memory text);
    function envOr(string calldata name, string calldata otherwise) external view returns (string memory value);
    function writeLine(string calldata path, string calldata line) external;

    function recordLogs() external;
    function getRecordedLogs() external returns (Log[] memory logs);
    function record() external;
    function accesses(address target) external returns (bytes32[] memory reads, bytes32[] memory writes);

    function expectRevert(bytes calldata data) external;
    function expectEmit() external;
    function expectEmit(address emitter) external;
    function assume(bool condition) external pure;

    function assertTrue(bool condition, string calldata reason) external pure;
    function assertEq(uint256 left, uint256 right, string calldata reason) external pure;
    function assertEq(address left, address right, string calldata reason) external pure;
    function assertEq(bytes32 left, bytes32 right, string calldata reason) external pure;
    function assertEq(string calldata left, string calldata right, string calldata reason) external pure;
    function assertEq(bytes calldata left, bytes calldata right, string calldata reason) external pure;
}
