// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {OPERATOR_ROLE} from "../../../../contracts/access/Roles.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: who opened a batch may seal it, whatever became of him.
contract OpenersSeal {
    mapping(uint256 batch => address) public openedBy;
    mapping(uint256 batch => bytes32) public rootOf;

    function open(uint256 batch) external {
        openedBy[batch] = msg.sender;
    }

    function seal(uint256 batch, bytes32 root) external {
        require(openedBy[batch] == msg.sender, "not yours");
        rootOf[batch] = root;
    }
}

// The operator's key is stolen and taken out of office, but batches of its time are open.
contract DismissedOperatorTest is LoopKit {
    function test_TheTwinLetsHimSeal() external {
        OpenersSeal twin = new OpenersSeal();
        vm.prank(OPERATOR);
        twin.open(1);
        vm.prank(OPERATOR);
        twin.seal(1, "the thief's pictures");

        vm.assertEq(twin.rootOf(1), "the thief's pictures", "sealed");
    }

    function test_TheCollectionAsksAgain() external {
        uint256 batch = _open(ALICE, 1);
        bytes32 blockHash = _seed(batch);
        vm.prank(ADMIN);
        IAccessControl(address(registry)).revokeRole(OPERATOR_ROLE, OPERATOR);

        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, OPERATOR, OPERATOR_ROLE)
        );
        vm.prank(OPERATOR);
        collection.seal(batch, "the thief's pictures", blockHash);
    }
}
