// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IFunctionsAdapter} from "../../../../contracts/interfaces/IFunctionsAdapter.sol";
import {RouterMock} from "../../mocks/Vendors.sol";
import {IAskingAdapter, VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: runs whatever script it is given, and believes what that says.
contract RunsAnyScript {
    bytes32 public pending;

    function request(RouterMock router, bytes calldata data) external {
        pending = router.sendRequest(7, data, 1, 300_000, "don");
    }
}

// The network is honest, and runs what it is given: a script that returns the market that the stranger wants.
contract OtherScriptTest is VendorKit {
    bytes private constant SCRIPT = "return Functions.encodeUint256(what I want)";

    function test_TheTwinSendsIt() external {
        RouterMock router = new RouterMock();
        RunsAnyScript twin = new RunsAnyScript();
        vm.prank(STRANGER);
        twin.request(router, SCRIPT);

        vm.assertEq(router.last().data, SCRIPT, "the stranger's script");
    }

    function test_TheAdapterSendsOneOnly() external {
        RouterMock router = new RouterMock();
        IAskingAdapter adapter = _asking(router);
        bytes[3] memory others = [SCRIPT, bytes.concat(REQUEST, " "), bytes("")];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(
                    IFunctionsAdapter.FunctionsOtherRequest.selector,
                    keccak256(others[i]),
                    keccak256(REQUEST)
                )
            );
            vm.prank(STRANGER);
            adapter.request(others[i]);
        }

        vm.assertEq(router.sent(), 0, "nothing was sent");
    }
}
