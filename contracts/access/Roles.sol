// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// The jobs, see {ILoopRoles}. The admin's has the value that OpenZeppelin calls DEFAULT_ADMIN_ROLE.
bytes32 constant ADMIN_ROLE = 0x00;
bytes32 constant OPERATOR_ROLE = keccak256("OPERATOR_ROLE");
bytes32 constant REGISTRAR_ROLE = keccak256("REGISTRAR_ROLE");
bytes32 constant GUARDIAN_ROLE = keccak256("GUARDIAN_ROLE");
bytes32 constant PARAMETER_ROLE = keccak256("PARAMETER_ROLE");
bytes32 constant PUBLISHER_ROLE = keccak256("PUBLISHER_ROLE");
bytes32 constant VOUCHER_ROLE = keccak256("VOUCHER_ROLE");
bytes32 constant STEWARD_ROLE = keccak256("STEWARD_ROLE");
