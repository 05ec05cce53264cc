// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: works are handed in, and only the operator hands anything back.
contract KeepingForge is TwinToken {
    address private immutable OPERATOR;

    constructor(address operator) {
        OPERATOR = operator;
    }

    function forge(uint256 parent) external {
        _update(address(this), parent, msg.sender);
    }

    function giveBack(uint256 parent, address to) external {
        require(msg.sender == OPERATOR, "only the operator");
        _update(to, parent, address(0));
    }
}

// The operator takes works in and falls silent; or asks for a ransom.
contract ParentsHeldHostageTest is ForgeKit {
    function test_TheTwinKeepsThemForEver() external {
        KeepingForge twin = new KeepingForge(OPERATOR);
        twin.mint(ALICE, 1);
        vm.prank(ALICE);
        twin.forge(1);
        vm.roll(START + 10_000_000);

        vm.expectRevert(abi.encodeWithSignature("Error(string)", "only the operator"));
        vm.prank(ALICE);
        twin.giveBack(1, ALICE);
    }

    function test_TheCollectionFreesThemAfterTheWindow() external {
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);
        _abandon(_forge(ALICE, parents));

        for (uint256 i = 0; i < 2; ++i) {
            vm.assertEq(collection.lockOf(parents[i]), 0, "free");
            vm.prank(ALICE);
            collection.transferFrom(ALICE, BOB, parents[i]);
            vm.assertEq(collection.ownerOf(parents[i]), BOB, "and sold");
        }
    }
}
