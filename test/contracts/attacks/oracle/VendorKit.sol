// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ICreReceiver} from "../../../../contracts/interfaces/ICreReceiver.sol";
import {IDataFeedAdapter} from "../../../../contracts/interfaces/IDataFeedAdapter.sol";
import {IFunctionsAdapter} from "../../../../contracts/interfaces/IFunctionsAdapter.sol";
import {IFunctionsClient} from "../../../../contracts/interfaces/vendors/IFunctionsRouter.sol";
import {IReceiver} from "../../../../contracts/interfaces/vendors/IReceiver.sol";
import {EpochKit} from "../../kit/EpochKit.sol";
import {FeedMock, RouterMock} from "../../mocks/Vendors.sol";

interface IReceivingAdapter is ICreReceiver, IReceiver {}

interface IAskingAdapter is IFunctionsAdapter, IFunctionsClient {}

/// @title The real oracle, and adapters of vendors that are played
abstract contract VendorKit is EpochKit {
    int256 internal constant PRICE = 3_000e8;
    uint256 internal constant HEARTBEAT = 1 hours;
    uint256 internal constant GRACE = 30 minutes;

    address internal immutable FORWARDER = _account("forwarder");
    address internal immutable WORKFLOW_OWNER = _account("workflow owner");
    bytes10 internal constant WORKFLOW = "b7d0c3f2a1";

    bytes internal constant REQUEST = "CBOR of the one request";
    uint256 internal constant INTERVAL = 1 hours;
    uint32 internal constant CALLBACK_GAS = 300_000;

    function _feedAdapter(FeedMock feed, address sequencer) internal returns (IDataFeedAdapter adapter) {
        bytes memory arguments = abi.encode(oracle, feed, HEARTBEAT, sequencer, GRACE);
        adapter = IDataFeedAdapter(_deploy("DataFeedAdapter", arguments));
        _name(address(adapter));
    }

    function _receiver() internal returns (IReceivingAdapter adapter) {
        bytes memory arguments = abi.encode(oracle, FORWARDER, WORKFLOW_OWNER, WORKFLOW);
        adapter = IReceivingAdapter(_deploy("CreReceiver", arguments));
        _name(address(adapter));
    }

    function _asking(RouterMock router) internal returns (IAskingAdapter adapter) {
        bytes32 hash = keccak256(REQUEST);
        bytes memory arguments = abi.encode(oracle, router, 7, bytes32("don"), CALLBACK_GAS, hash, INTERVAL);
        adapter = IAskingAdapter(_deploy("FunctionsAdapter", arguments));
        _name(address(adapter));
    }

    function _name(address active) internal {
        vm.prank(ADMIN);
        oracle.setAdapters(active, address(0));
    }

    function _metadata(address owner, bytes10 name) internal pure returns (bytes memory) {
        return abi.encodePacked(bytes32("workflow id"), name, owner, uint16(1));
    }
}
