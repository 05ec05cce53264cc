// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAggregatorV3} from "../../../contracts/interfaces/vendors/IAggregatorV3.sol";
import {IFunctionsClient, IFunctionsRouter} from "../../../contracts/interfaces/vendors/IFunctionsRouter.sol";

/// @title A feed, or a sequencer's uptime feed, that says whatever it is told to, and that it is a mock
contract FeedMock is IAggregatorV3 {
    string public constant description = "mock: set by a test, no market";

    uint8 public decimals;
    uint80 private _roundId;
    int256 private _answer;
    uint256 private _startedAt;
    uint256 private _updatedAt;

    constructor(uint8 decimals_) {
        decimals = decimals_;
    }

    function setDecimals(uint8 decimals_) external {
        decimals = decimals_;
    }

    /// @dev One round more.
    function set(int256 answer, uint256 updatedAt) external {
        _roundId += 1;
        (_answer, _startedAt, _updatedAt) = (answer, updatedAt, updatedAt);
    }

    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (_roundId, _answer, _startedAt, _updatedAt, _roundId);
    }
}

/// @title A router that keeps what it was asked, and calls back with whatever it is told to
/// @dev As Chainlink's: what the callback reverts with is swallowed, and it is paid for all the same.
contract RouterMock is IFunctionsRouter {
    struct Request {
        address client;
        uint64 subscriptionId;
        bytes data;
        uint16 dataVersion;
        uint32 callbackGasLimit;
        bytes32 donId;
    }

    uint256 public sent;
    Request private _last;

    function last() external view returns (Request memory) {
        return _last;
    }

    function sendRequest(
        uint64 subscriptionId,
        bytes calldata data,
        uint16 dataVersion,
        uint32 callbackGasLimit,
        bytes32 donId
    ) external returns (bytes32 requestId) {
        _last = Request(msg.sender, subscriptionId, data, dataVersion, callbackGasLimit, donId);
        sent += 1;
        return keccak256(abi.encode(address(this), sent));
    }

    /// @return success Whether the callback came back without an error, within the gas that was asked for.
    /// @return used Gas of the callback.
    function fulfill(
        address client,
        bytes32 requestId,
        bytes calldata response,
        bytes calldata err,
        uint256 gas
    ) external returns (bool success, uint256 used) {
        bytes memory call = abi.encodeCall(IFunctionsClient.handleOracleFulfillment, (requestId, response, err));
        used = gasleft();
        (success, ) = client.call{gas: gas}(call);
        used -= gasleft();
    }
}
