// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// The dynamic traits, see {IERC7496}: the standard makes a key of a name by hashing it.
bytes32 constant EPOCH_TRAIT = keccak256("epoch");
bytes32 constant GENERATION_TRAIT = keccak256("generation");
bytes32 constant BATCH_TRAIT = keccak256("batch");
bytes32 constant ATTUNEMENT_TRAIT = keccak256("attunement");
