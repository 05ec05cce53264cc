// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {EpochKit} from "../../kit/EpochKit.sol";

/// @dev Vulnerable on purpose: whoever is first publishes.
contract FirstComeEpochs {
    bytes32 public root;

    function evolve(bytes32 newRoot, uint256) external {
        root = newRoot;
    }
}

// A stranger, and the thief of the operator's key, publish pictures of their own.
contract StrangerPublishesTest is EpochKit {
    function test_TheTwinShowsThem() external {
        FirstComeEpochs twin = new FirstComeEpochs();
        vm.prank(STRANGER);
        twin.evolve("his own", 1);

        vm.assertEq(twin.root(), "his own", "on every work");
    }

    function test_OnlyThePublisherPublishes() external {
        uint256 round = _accept();
        vm.roll(block.number + 1);
        address[3] memory callers = [STRANGER, OPERATOR, ADMIN];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    IAccessControl.AccessControlUnauthorizedAccount.selector,
                    callers[i],
                    keccak256("PUBLISHER_ROLE")
                )
            );
            vm.prank(callers[i]);
            collection.evolve("his own", round);
        }
    }
}
