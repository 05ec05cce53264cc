// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {OPERATOR_ROLE} from "../../../../contracts/access/Roles.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: asks who began the transaction.
contract OriginOpening {
    address private immutable OPERATOR;
    address public openedFor;

    constructor(address operator) {
        OPERATOR = operator;
    }

    function open(address to, bytes32, uint256, bytes32) external returns (uint256) {
        require(tx.origin == OPERATOR, "only the operator"); // solhint-disable-line avoid-tx-origin
        openedFor = to;
        return 1;
    }
}

/// @dev A gift that the operator's account is lured into calling.
contract Gift {
    function take(address target, bytes32 recipe, bytes32 conditions) external {
        OriginOpening(target).open(msg.sender, recipe, 1, conditions);
    }
}

// The operator's account calls a stranger's contract, which opens a batch in its name.
contract OriginPhishingTest is LoopKit {
    function test_TheTwinTakesItForTheOperator() external {
        OriginOpening twin = new OriginOpening(OPERATOR);
        Gift gift = new Gift();
        vm.prank(OPERATOR, OPERATOR);
        gift.take(address(twin), RECIPE, CONDITIONS);

        vm.assertEq(twin.openedFor(), OPERATOR, "opened by a stranger's contract");
    }

    function test_TheCollectionAsksTheCaller() external {
        Gift gift = new Gift();

        vm.expectRevert(
            abi.encodeWithSelector(
                IAccessControl.AccessControlUnauthorizedAccount.selector,
                address(gift),
                OPERATOR_ROLE
            )
        );
        vm.prank(OPERATOR, OPERATOR);
        gift.take(address(collection), RECIPE, CONDITIONS);
    }
}
