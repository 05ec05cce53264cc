// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IFunctionsAdapter} from "../../../../contracts/interfaces/IFunctionsAdapter.sol";
import {RouterMock} from "../../mocks/Vendors.sol";
import {IAskingAdapter, VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: anybody may ask, as often as he likes.
contract AsksForEverybody {
    function request(RouterMock router, bytes calldata data) external {
        router.sendRequest(7, data, 1, 300_000, "don");
    }
}

// A stranger asks until the subscription's LINK is gone.
contract SubscriptionDrainedTest is VendorKit {
    function test_TheTwinPaysForHundred() external {
        RouterMock router = new RouterMock();
        AsksForEverybody twin = new AsksForEverybody();
        for (uint256 i = 0; i < 100; ++i) twin.request(router, REQUEST);

        vm.assertEq(router.sent(), 100, "in one block");
    }

    function test_TheAdapterPaysForOneAnInterval() external {
        RouterMock router = new RouterMock();
        IAskingAdapter adapter = _asking(router);
        for (uint256 i = 0; i < 3; ++i) {
            uint256 sent = NOW + i * INTERVAL;
            vm.warp(sent);
            bytes32 id = adapter.request(REQUEST);
            // An answer, which the stranger cannot wait for either, does not open the door.
            if (i == 1) router.fulfill(address(adapter), id, abi.encode(_observation(NOW)), "", CALLBACK_GAS);
            for (uint256 second = 0; second < INTERVAL; second += INTERVAL - 1) {
                vm.warp(sent + second);
                vm.expectRevert(abi.encodeWithSelector(IFunctionsAdapter.FunctionsTooSoon.selector, sent + INTERVAL));
                vm.prank(STRANGER);
                adapter.request(REQUEST);
            }
        }

        vm.assertEq(router.sent(), 3, "three in three hours");
    }
}
