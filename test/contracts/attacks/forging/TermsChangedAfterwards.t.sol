// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {BatchStatus} from "../../../../contracts/types/BatchStatus.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: the seal goes by the terms of its own day.
contract LatestTermsForge is TwinToken {
    uint256 public parentsNeeded = 2;

    function setParentsNeeded(uint256 parents) external {
        parentsNeeded = parents;
    }

    function seal(uint256[] calldata parents, uint256 child, address to) external {
        require(parents.length == parentsNeeded, "wrong number of parents");
        for (uint256 i = 0; i < parents.length; ++i) _burn(parents[i]);
        _mint(to, child);
    }
}

// Alice's child is open when the terms change: it can never be sealed, or costs more than she gave.
contract TermsChangedAfterwardsTest is ForgeKit {
    function test_TheTwinCannotSealItAnyMore() external {
        LatestTermsForge twin = new LatestTermsForge();
        twin.mint(ALICE, 1);
        twin.mint(ALICE, 2);
        twin.setParentsNeeded(3);

        vm.expectRevert(abi.encodeWithSignature("Error(string)", "wrong number of parents"));
        twin.seal(_pair(1, 2), 3, ALICE);
    }

    function test_TheCollectionKeepsTheTermsOfAnOpenChild() external {
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);
        uint256 child = _forge(ALICE, parents);
        _setTerms(ILoopCollection.ForgeTerms({recipe: bytes32(0), conditions: bytes32(0), parents: 3}));
        _sealForged(child, parents);

        vm.assertTrue(collection.batchOf(child).status == BatchStatus.Sealed, "sealed");
        vm.assertEq(collection.batchOf(child).parents, 2, "for two works");
        vm.assertEq(collection.batchOf(child).recipe, registry.numberOf(CHILD_RECIPE), "by its own recipe");
    }
}
