// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IFunctionsAdapter} from "../../../../contracts/interfaces/IFunctionsAdapter.sol";
import {IMarketAdapter} from "../../../../contracts/interfaces/IMarketAdapter.sol";
import {RouterMock} from "../../mocks/Vendors.sol";
import {IAskingAdapter, VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: trusts any id, as Chainlink's starter kit did.
contract TrustsAnyId {
    address private immutable ROUTER;
    bytes32 public observation;

    constructor(address router) {
        ROUTER = router;
    }

    function handleOracleFulfillment(bytes32, bytes calldata response, bytes calldata) external {
        require(msg.sender == ROUTER, "not the router");
        observation = abi.decode(response, (bytes32));
    }
}

// An answer that was late comes after the one to the next request, or one comes twice.
contract AnswerReplayedTest is VendorKit {
    RouterMock private router;

    function setUp() public override {
        super.setUp();
        router = new RouterMock();
    }

    function test_TheTwinGoesBackToTheOldOne() external {
        TrustsAnyId twin = new TrustsAnyId(address(router));
        _answer(address(twin), "second", NOW);
        _answer(address(twin), "first", NOW - 1 days);

        vm.assertEq(twin.observation(), _observation(NOW - 1 days), "yesterday again");
    }

    function test_TheAdapterTakesTheAnswerToTheLast() external {
        IAskingAdapter adapter = _asking(router);
        bytes32 first = adapter.request(REQUEST);
        vm.warp(NOW + INTERVAL);
        bytes32 second = adapter.request(REQUEST);
        // Newer than any, so that the oracle alone would take it.
        _expectUnknown(adapter, first);
        _answer(address(adapter), first, NOW + INTERVAL);
        _answer(address(adapter), second, NOW);
        _expectUnknown(adapter, second);
        _answer(address(adapter), second, NOW + 1);

        vm.assertEq(oracle.latestRound(), 1, "one answer, one round");
        vm.assertEq(oracle.roundAt(1).observation, _observation(NOW), "the second's first");
    }

    function _answer(address client, bytes32 id, uint256 time) private {
        (bool success, ) = router.fulfill(client, id, abi.encode(_observation(time)), "", CALLBACK_GAS);
        vm.assertTrue(success, "called back");
    }

    function _expectUnknown(IAskingAdapter adapter, bytes32 id) private {
        vm.expectEmit(address(adapter));
        emit IMarketAdapter.Discarded(
            id,
            abi.encodeWithSelector(IFunctionsAdapter.FunctionsUnknownRequest.selector, id)
        );
    }
}
