// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

import {IFunctionsAdapter} from "../interfaces/IFunctionsAdapter.sol";
import {IMarketAdapter} from "../interfaces/IMarketAdapter.sol";
import {IMarketOracle} from "../interfaces/IMarketOracle.sol";
import {IFunctionsClient, IFunctionsRouter} from "../interfaces/vendors/IFunctionsRouter.sol";
import {MarketAdapter} from "./MarketAdapter.sol";

/// @title FunctionsAdapter
/// @notice See {IFunctionsAdapter}: one script, one request at a time, one word.
/// @dev The router swallows what a callback reverts with, and charges for it: so nothing reverts, and nothing waits for an
/// answer but the next request, which comes after the interval whether there was one or not.
contract FunctionsAdapter is IFunctionsAdapter, IFunctionsClient, MarketAdapter {
    uint16 private constant DATA_VERSION = 1;
    uint256 private constant LEAST_CALLBACK_GAS = 100_000;
    uint256 private constant MOST_CALLBACK_GAS = 300_000;
    uint256 private constant WORD = 32;
    uint256 private constant ERROR_SHOWN = 256; // bytes of an error that are written down: what the network itself allows

    IFunctionsRouter private immutable ROUTER;
    uint64 private immutable SUBSCRIPTION_ID;
    bytes32 private immutable DON_ID;
    uint32 public immutable CALLBACK_GAS;
    bytes32 private immutable REQUEST_HASH;
    uint256 private immutable LEAST_INTERVAL; // seconds

    bytes32 private _pending;
    uint256 private _sentAt;

    /// @param requestHash Of the CBOR of the one request: its source, its arguments and where its secrets are.
    /// @param leastInterval Seconds from one request to the next: each costs the subscription LINK, and anybody may send it.
    constructor(
        IMarketOracle oracle,
        IFunctionsRouter router,
        uint64 subscriptionId,
        bytes32 donId,
        uint32 callbackGas,
        bytes32 requestHash,
        uint256 leastInterval
    ) MarketAdapter(oracle) {
        bool complete = address(router) != address(0) && donId != bytes32(0) && requestHash != bytes32(0);
        require(complete && leastInterval != 0, FunctionsInvalidConfiguration());
        bool within = callbackGas >= LEAST_CALLBACK_GAS && callbackGas <= MOST_CALLBACK_GAS;
        require(within, FunctionsInvalidConfiguration());

        ROUTER = router;
        SUBSCRIPTION_ID = subscriptionId;
        DON_ID = donId;
        CALLBACK_GAS = callbackGas;
        REQUEST_HASH = requestHash;
        LEAST_INTERVAL = leastInterval;
    }

    /// @inheritdoc IFunctionsAdapter
    function request(bytes calldata data) external returns (bytes32 requestId) {
        bytes32 given = keccak256(data);
        require(given == REQUEST_HASH, FunctionsOtherRequest(given, REQUEST_HASH));
        uint256 earliest = _sentAt + LEAST_INTERVAL;
        require(block.timestamp >= earliest, FunctionsTooSoon(earliest));

        _sentAt = block.timestamp;
        requestId = ROUTER.sendRequest(SUBSCRIPTION_ID, data, DATA_VERSION, CALLBACK_GAS, DON_ID);
        _pending = requestId;

        emit Requested(requestId);
    }

    /// @inheritdoc IFunctionsClient
    /// @dev Calldata, so that bytes that nobody needs are not copied.
    function handleOracleFulfillment(bytes32 requestId, bytes calldata response, bytes calldata err) external {
        require(msg.sender == address(ROUTER), FunctionsUnauthorizedRouter(msg.sender));
        if (requestId == bytes32(0) || requestId != _pending) {
            emit Discarded(requestId, abi.encodeWithSelector(FunctionsUnknownRequest.selector, requestId));
            return;
        }

        // Before the oracle is told: an answer counts once, whatever becomes of it.
        _pending = bytes32(0);

        if (err.length == 0 && response.length == WORD) _tryToBring(bytes32(response), requestId);
        else emit Discarded(requestId, _malformed(response.length, err));
    }

    function _malformed(uint256 length, bytes calldata err) private pure returns (bytes memory reason) {
        bytes calldata shown = err[:Math.min(err.length, ERROR_SHOWN)];

        return abi.encodeWithSelector(FunctionsMalformedResponse.selector, length, shown);
    }

    /// @inheritdoc IFunctionsAdapter
    function configuration()
        external
        view
        returns (address router, uint64 subscriptionId, bytes32 donId, bytes32 requestHash, uint256 leastInterval)
    {
        return (address(ROUTER), SUBSCRIPTION_ID, DON_ID, REQUEST_HASH, LEAST_INTERVAL);
    }

    /// @inheritdoc IFunctionsAdapter
    function pending() external view returns (bytes32 requestId, uint256 sentAt) {
        return (_pending, _sentAt);
    }

    /// @inheritdoc IMarketAdapter
    function kind() external pure returns (bytes32 name) {
        return "functions";
    }
}
