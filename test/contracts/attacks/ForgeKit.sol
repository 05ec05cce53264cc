// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {LoopKit} from "../kit/LoopKit.sol";

/// @title A collection whose forge is open: two works make one
abstract contract ForgeKit is LoopKit {
    function setUp() public virtual override {
        super.setUp();
        _setTerms(_terms(2));
    }

    function _terms(uint256 parents) internal pure returns (ILoopCollection.ForgeTerms memory) {
        return ILoopCollection.ForgeTerms({recipe: RECIPE, conditions: CONDITIONS, parents: parents});
    }

    function _setTerms(ILoopCollection.ForgeTerms memory terms) internal {
        vm.prank(PARAMETERS);
        collection.setForgeTerms(terms);
    }

    /// @dev The first two works of a batch.
    function _pair(uint256 batch) internal pure returns (uint256[] memory) {
        return _two(_id(batch, 0), _id(batch, 1));
    }

    function _two(uint256 first, uint256 second) internal pure returns (uint256[] memory parents) {
        parents = new uint256[](2);
        (parents[0], parents[1]) = (first, second);
    }

    function _forge(address holder, uint256[] memory parents) internal returns (uint256 child) {
        vm.prank(holder);
        return collection.forge(parents, _terms(2));
    }

    function _sealForged(uint256 child, uint256[] memory parents) internal {
        bytes32 blockHash = _seed(child);
        vm.prank(OPERATOR);
        collection.sealForged(child, _rootOf(child), blockHash, parents);
    }

    function _abandon(uint256 batch) internal {
        vm.roll(collection.sealDeadline(batch) + 1);
        vm.prank(STRANGER);
        collection.abandon(batch);
    }
}
