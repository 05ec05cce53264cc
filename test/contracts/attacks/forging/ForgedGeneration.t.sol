// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";

/// @dev Vulnerable on purpose: the generation, and so the odds, is what the conditions say.
contract CredulousOpening {
    mapping(uint256 batch => bytes32) public conditionsOf;

    function open(uint256 batch, bytes32 conditions) external {
        conditionsOf[batch] = conditions;
    }

    function generationOf(uint256 batch) external view returns (uint256) {
        return (uint256(conditionsOf[batch]) >> 4) & 0xf;
    }
}

// The operator opens a batch for himself whose conditions claim the ninth generation's odds; nobody burned anything.
contract ForgedGenerationTest is ForgeKit {
    bytes32 private constant NINTH = bytes32(uint256(9) << 4);

    function test_TheTwinBelievesIt() external {
        CredulousOpening twin = new CredulousOpening();
        twin.open(1, NINTH);

        vm.assertEq(twin.generationOf(1), 9, "without a single parent");
    }

    function test_TheCollectionKeepsThoseBitsForTheForge() external {
        vm.expectRevert(
            abi.encodeWithSelector(ILoopCollection.LoopCollectionGenerationForbidden.selector, CONDITIONS | NINTH)
        );
        vm.prank(OPERATOR);
        collection.open(OPERATOR, RECIPE, 1, CONDITIONS | NINTH);
    }

    function test_TheCollectionKeepsThemOutOfTheTermsToo() external {
        ILoopCollection.ForgeTerms memory terms = _terms(2);
        terms.conditions = NINTH;

        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionGenerationForbidden.selector, NINTH));
        _setTerms(terms);
    }
}
