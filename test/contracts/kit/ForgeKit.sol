// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {LoopKit} from "./LoopKit.sol";

/// @title Works to forge, and the steps of forging
abstract contract ForgeKit is LoopKit {
    bytes32 internal constant CHILD_RECIPE = keccak256("recipe of children");
    bytes32 internal constant CHILD_CONDITIONS = keccak256("conditions of children") & ~bytes32(uint256(0xf0));

    /// @dev Batch 1 is ten works of ALICE's, batch 2 ten works of BOB's; two works make one.
    function setUp() public virtual override {
        super.setUp();
        vm.prank(REGISTRAR);
        registry.register(CHILD_RECIPE);
        _mint(ALICE, 10);
        _mint(BOB, 10);
        _setTerms(_terms(2));
    }

    function _terms(uint256 parents) internal pure returns (ILoopCollection.ForgeTerms memory) {
        return ILoopCollection.ForgeTerms({recipe: CHILD_RECIPE, conditions: CHILD_CONDITIONS, parents: parents});
    }

    function _setTerms(ILoopCollection.ForgeTerms memory terms) internal {
        vm.prank(PARAMETERS);
        collection.setForgeTerms(terms);
    }

    function _forge(address holder, uint256[] memory parents) internal returns (uint256 child) {
        vm.prank(holder);
        return collection.forge(parents, _terms(parents.length));
    }

    function _sealForged(uint256 child, uint256[] memory parents) internal {
        bytes32 blockHash = _seed(child);

        vm.prank(OPERATOR);
        collection.sealForged(child, _rootOf(child), blockHash, parents);
    }

    function _abandon(uint256 batch) internal {
        vm.roll(collection.sealDeadline(batch) + 1);
        collection.abandon(batch);
    }

    /// @dev Lifts a batch to a generation that would take very many works to reach.
    function _setGeneration(uint256 batch, uint256 generation) internal {
        vm.record();
        collection.batchOf(batch);
        (bytes32[] memory reads, ) = vm.accesses(address(collection));
        uint256 head = uint256(vm.load(address(collection), reads[0])) & ~(uint256(0xf) << 248);

        vm.store(address(collection), reads[0], bytes32(head | (generation << 248)));
    }

    function _pair(uint256 first, uint256 second) internal pure returns (uint256[] memory ids) {
        ids = new uint256[](2);
        (ids[0], ids[1]) = (first, second);
    }

    /// @dev The first `count` works of a batch.
    function _first(uint256 batch, uint256 count) internal pure returns (uint256[] memory ids) {
        ids = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) ids[i] = _id(batch, i);
    }
}
