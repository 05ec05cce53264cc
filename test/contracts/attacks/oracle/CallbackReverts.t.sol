// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketOracle} from "../../../../contracts/interfaces/IMarketOracle.sol";
import {RouterMock} from "../../mocks/Vendors.sol";
import {IAskingAdapter, VendorKit} from "./VendorKit.sol";

/// @dev Vulnerable on purpose: one request at a time, and an answer that cannot be read reverts.
contract WaitsForAnAnswer {
    RouterMock private immutable ROUTER;
    IMarketOracle private immutable ORACLE;
    bytes32 public pending;

    constructor(RouterMock router, IMarketOracle oracle) {
        (ROUTER, ORACLE) = (router, oracle);
    }

    function request(bytes calldata data) external {
        require(pending == bytes32(0), "the last one is not answered");
        pending = ROUTER.sendRequest(7, data, 1, 300_000, "don");
    }

    function handleOracleFulfillment(bytes32 requestId, bytes memory response, bytes memory err) external {
        require(requestId == pending && err.length == 0, string(err));
        ORACLE.accept(abi.decode(response, (bytes32)));
        pending = bytes32(0);
    }
}

// One source of the script answers with garbage once. The router swallows the revert, and the subscription has paid.
contract CallbackRevertsTest is VendorKit {
    RouterMock private router;
    bytes[4] private garbage;

    function setUp() public override {
        super.setUp();
        router = new RouterMock();
        garbage = [bytes(""), "<html>", abi.encodePacked(bytes31(0)), abi.encode(keccak256("no observation"))];
    }

    function test_TheTwinWaitsForEver() external {
        for (uint256 i = 0; i < 4; ++i) {
            WaitsForAnAnswer twin = new WaitsForAnAnswer(router, oracle);
            _name(address(twin));
            twin.request(REQUEST);
            vm.assertTrue(!_answer(address(twin), twin.pending(), garbage[i]), "reverted, and was paid for");

            vm.warp(block.timestamp + 365 days);
            vm.expectRevert(abi.encodeWithSignature("Error(string)", "the last one is not answered"));
            twin.request(REQUEST);
        }
    }

    function test_TheAdapterGoesOn() external {
        IAskingAdapter adapter = _asking(router);
        for (uint256 i = 0; i < 4; ++i) {
            bytes32 id = adapter.request(REQUEST);
            vm.assertTrue(_answer(address(adapter), id, garbage[i]), "it came to a good end");
            vm.warp(block.timestamp + INTERVAL);
        }
        vm.assertEq(oracle.latestRound(), 0, "no round");
        vm.assertTrue(
            _answer(address(adapter), adapter.request(REQUEST), abi.encode(_observation(NOW))),
            "and the next"
        );

        vm.assertEq(oracle.latestRound(), 1, "makes a round");
    }

    function test_TheAdapterGoesOnWithoutAnyAnswer() external {
        IAskingAdapter adapter = _asking(router);
        adapter.request(REQUEST);
        vm.warp(NOW + INTERVAL);
        vm.assertTrue(_answer(address(adapter), adapter.request(REQUEST), abi.encode(_observation(NOW))), "the next");

        vm.assertEq(oracle.latestRound(), 1, "makes a round");
    }

    function _answer(address client, bytes32 id, bytes memory response) private returns (bool success) {
        (success, ) = router.fulfill(client, id, response, "", CALLBACK_GAS);
    }
}
