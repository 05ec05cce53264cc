// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IFunctionsAdapter} from "../../../../contracts/interfaces/IFunctionsAdapter.sol";
import {RouterMock} from "../../mocks/Vendors.sol";
import {IAskingAdapter, VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: whoever knows the id of the request may answer it, and ids are public.
contract AsksForTheId {
    bytes32 public pending;
    bytes32 public observation;

    function request(RouterMock router, bytes calldata data) external {
        pending = router.sendRequest(7, data, 1, 300_000, "don");
    }

    function handleOracleFulfillment(bytes32 requestId, bytes calldata response, bytes calldata) external {
        require(requestId == pending, "unknown request");
        observation = abi.decode(response, (bytes32));
    }
}

// A stranger calls back before the router does.
contract StrangerAnswersTest is VendorKit {
    function test_TheTwinTakesTheStrangersAnswer() external {
        AsksForTheId twin = new AsksForTheId();
        twin.request(new RouterMock(), REQUEST);
        bytes32 id = twin.pending();
        vm.prank(STRANGER);
        twin.handleOracleFulfillment(id, abi.encode(_observation(NOW)), "");

        vm.assertEq(twin.observation(), _observation(NOW), "the stranger's");
    }

    function test_TheAdapterTakesTheRoutersAlone() external {
        IAskingAdapter adapter = _asking(new RouterMock());
        bytes32 id = adapter.request(REQUEST);
        vm.expectRevert(abi.encodeWithSelector(IFunctionsAdapter.FunctionsUnauthorizedRouter.selector, STRANGER));
        vm.prank(STRANGER);
        adapter.handleOracleFulfillment(id, abi.encode(_observation(NOW)), "");

        (bytes32 pending, ) = adapter.pending();
        vm.assertEq(pending, id, "the true answer is still awaited");
        vm.assertEq(oracle.latestRound(), 0, "no round");
    }
}
