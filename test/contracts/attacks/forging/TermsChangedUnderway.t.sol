// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: takes the terms as they are when the transaction is mined.
contract MovingTermsForge is TwinToken {
    bytes32 public odds = "rare";
    mapping(uint256 child => bytes32) public oddsOf;

    function setOdds(bytes32 newOdds) external {
        odds = newOdds;
    }

    function forge(uint256[] calldata parents, uint256 child) external {
        for (uint256 i = 0; i < parents.length; ++i) _update(address(0), parents[i], msg.sender);
        oddsOf[child] = odds;
        _mint(msg.sender, child);
    }
}

// Alice signs for rare odds. The parameter authority sees it and makes them common before her transaction is mined.
contract TermsChangedUnderwayTest is ForgeKit {
    function test_TheTwinGivesHerOtherOdds() external {
        MovingTermsForge twin = new MovingTermsForge();
        twin.mint(ALICE, 1);
        twin.mint(ALICE, 2);
        twin.setOdds("common");
        vm.prank(ALICE);
        twin.forge(_pair(1, 2), 3);

        vm.assertEq(twin.oddsOf(3), "common", "not what she signed for");
    }

    function test_TheCollectionAsksForWhatSheSigned() external {
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);
        ILoopCollection.ForgeTerms memory other = _terms(2);
        other.conditions = bytes32(0);
        _setTerms(other);

        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionForgeTermsChanged.selector));
        _forge(ALICE, parents);
    }
}
