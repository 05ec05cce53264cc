// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {RouterMock} from "../../mocks/Vendors.sol";
import {IAskingAdapter, VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: writes down the whole error.
contract WritesErrorsDown {
    bool public answered;

    event Failed(bytes err);

    function handleOracleFulfillment(bytes32, bytes memory, bytes memory err) external {
        answered = true;
        if (err.length != 0) emit Failed(err);
    }
}

// The script throws what a source sent: a hundred thousand bytes.
contract HugeErrorTest is VendorKit {
    function test_TheTwinRunsOutOfGas() external {
        RouterMock router = new RouterMock();
        WritesErrorsDown twin = new WritesErrorsDown();
        (bool success, ) = router.fulfill(address(twin), "id", "", new bytes(100_000), CALLBACK_GAS);

        vm.assertTrue(!success, "out of gas");
        vm.assertTrue(!twin.answered(), "and knows of no answer");
    }

    function test_TheAdapterReadsTheBeginning() external {
        RouterMock router = new RouterMock();
        IAskingAdapter adapter = _asking(router);
        bytes32 id = adapter.request(REQUEST);
        (bool success, ) = router.fulfill(address(adapter), id, "", new bytes(100_000), CALLBACK_GAS);

        vm.assertTrue(success, "it came to a good end");
        (bytes32 pending, ) = adapter.pending();
        vm.assertEq(pending, 0, "and awaits nothing");
    }
}
