// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IFunctionsAdapter} from "../../../contracts/interfaces/IFunctionsAdapter.sol";
import {IMarketAdapter} from "../../../contracts/interfaces/IMarketAdapter.sol";
import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {IFunctionsClient} from "../../../contracts/interfaces/vendors/IFunctionsRouter.sol";
import {EpochKit} from "../kit/EpochKit.sol";
import {RouterMock} from "../mocks/Vendors.sol";

// constructor
// ├── when router, network, request or interval is zero, or the callback's gas is out of 100,000 to 300,000
// │   └── it reverts
// └── it keeps what it was given
// request
// ├── when it is not the one request
// │   └── it reverts with both hashes
// ├── given the last one is younger than the interval, answered or not
// │   └── it reverts, up to the very second
// └── when everything is in order
//     ├── anybody may: it sends just that, and emits Requested
//     └── it awaits the answer, and none to the request before
// handleOracleFulfillment
// ├── when the caller is not the router
// │   └── it reverts
// ├── given no answer is awaited to it: never sent, replaced, answered, or the id zero
// │   └── it discards it, and awaits what it awaited
// ├── when there is an error, or the answer is not one word
// │   └── it discards it, says so with the first 256 bytes of the error, and awaits nothing any more
// ├── given the oracle refuses
// │   └── it discards it, says with what, and awaits nothing any more
// ├── when everything is in order
// │   └── it brings it, emits Brought with the id, and awaits nothing any more
// └── whatever the bytes
//     └── it does not revert within 300,000 gas, and makes no round but of the answer
contract FunctionsAdapterTest is EpochKit {
    uint64 private constant SUBSCRIPTION = 7;
    bytes32 private constant DON = "fun-local-1";
    uint32 private constant CALLBACK_GAS = 300_000;
    uint256 private constant INTERVAL = 1 hours;
    bytes private constant REQUEST = "CBOR of the one request";
    uint256 private constant ANSWERS = 16; // in each of the fuzzer's runs, so that there are more than 1,000

    RouterMock private router;
    FunctionsLike private adapter;

    function setUp() public override {
        super.setUp();
        router = new RouterMock();
        adapter = _adapter(address(router), DON, CALLBACK_GAS, keccak256(REQUEST), INTERVAL);
        vm.prank(ADMIN);
        oracle.setAdapters(address(adapter), address(0));
    }

    /* CONSTRUCTION */

    function test_RevertWhen_ConfigurationIsInvalid() external {
        bytes memory invalid = abi.encodeWithSelector(IFunctionsAdapter.FunctionsInvalidConfiguration.selector);
        bytes32 hash = keccak256(REQUEST);

        vm.assertEq(_failure(address(0), DON, 300_000, hash, 1), invalid, "router");
        vm.assertEq(_failure(address(router), 0, 300_000, hash, 1), invalid, "network");
        vm.assertEq(_failure(address(router), DON, 300_000, 0, 1), invalid, "request");
        vm.assertEq(_failure(address(router), DON, 300_000, hash, 0), invalid, "interval");
        vm.assertEq(_failure(address(router), DON, 99_999, hash, 1), invalid, "too little gas");
        vm.assertEq(_failure(address(router), DON, 300_001, hash, 1), invalid, "too much gas");
        vm.assertEq(_failure(address(router), DON, 300_000, hash, 1), "it was made", "the most gas");
        vm.assertEq(_failure(address(router), DON, 100_000, hash, 1), "it was made", "the least gas");
    }

    function test_KeepsWhatItWasGiven() external view {
        (address kept, uint64 subscription, bytes32 don, bytes32 hash, uint256 interval) = adapter.configuration();
        (bytes32 pending, uint256 sentAt) = adapter.pending();

        vm.assertEq(kept, address(router), "router");
        vm.assertEq(subscription, SUBSCRIPTION, "subscription");
        vm.assertEq(don, DON, "network");
        vm.assertEq(hash, keccak256(REQUEST), "request");
        vm.assertEq(interval, INTERVAL, "interval");
        vm.assertEq(adapter.CALLBACK_GAS(), CALLBACK_GAS, "gas");
        vm.assertEq(adapter.kind(), "functions", "kind");
        vm.assertEq(address(adapter.ORACLE()), address(oracle), "oracle");
        vm.assertEq(pending, 0, "nothing awaited");
        vm.assertEq(sentAt, 0, "nothing sent");
    }

    /* REQUESTS */

    function testFuzz_RevertWhen_RequestIsAnother(bytes calldata data) external {
        bytes32 given = keccak256(data);
        bytes32 expected = keccak256(REQUEST);
        vm.assume(given != expected);

        vm.expectRevert(abi.encodeWithSelector(IFunctionsAdapter.FunctionsOtherRequest.selector, given, expected));
        adapter.request(data);
    }

    function testFuzz_RevertGiven_LastRequestIsTooYoung(uint256 waited, bool answered) external {
        bytes32 id = adapter.request(REQUEST);
        if (answered) _answer(id, abi.encode(_observation(NOW)), "");
        vm.warp(NOW + _bound(waited, 0, INTERVAL - 1));
        vm.expectRevert(abi.encodeWithSelector(IFunctionsAdapter.FunctionsTooSoon.selector, NOW + INTERVAL));
        adapter.request(REQUEST);
        vm.warp(NOW + INTERVAL);
        adapter.request(REQUEST);

        vm.assertEq(router.sent(), 2, "at its very second");
    }

    function testFuzz_AnybodySendsTheRequest(address caller) external {
        bytes32 expected = keccak256(abi.encode(address(router), 1));
        vm.expectEmit(address(adapter));
        emit IFunctionsAdapter.Requested(expected);
        vm.prank(caller);
        vm.assertEq(adapter.request(REQUEST), expected, "its id");

        RouterMock.Request memory sent = router.last();
        vm.assertEq(sent.client, address(adapter), "client");
        vm.assertEq(sent.subscriptionId, SUBSCRIPTION, "subscription");
        vm.assertEq(sent.data, REQUEST, "data");
        vm.assertEq(sent.dataVersion, 1, "version");
        vm.assertEq(sent.callbackGasLimit, CALLBACK_GAS, "gas");
        vm.assertEq(sent.donId, DON, "network");
        _assertPending(expected, NOW);
    }

    /* ANSWERS */

    function testFuzz_RevertWhen_CallerIsNotTheRouter(address caller) external {
        vm.assume(caller != address(router));
        bytes32 id = adapter.request(REQUEST);
        address[3] memory callers = [caller, ADMIN, ADAPTER];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IFunctionsAdapter.FunctionsUnauthorizedRouter.selector, callers[i]));
            vm.prank(callers[i]);
            adapter.handleOracleFulfillment(id, abi.encode(_observation(NOW)), "");
        }
    }

    function test_Brings() external {
        bytes32 id = adapter.request(REQUEST);
        vm.expectEmit(address(adapter));
        emit IMarketAdapter.Brought(1, id);
        _answer(id, abi.encode(_observation(NOW)), "");

        vm.assertEq(oracle.roundAt(1).observation, _observation(NOW), "as it came");
        _assertPending(0, NOW);
    }

    function testFuzz_DiscardsWhatIsNotAwaited(bytes32 other) external {
        bytes32 id = adapter.request(REQUEST);
        vm.assume(other != id);
        _expectUnknown(other);
        _answer(other, abi.encode(_observation(NOW)), "");

        vm.assertEq(oracle.latestRound(), 0, "no round");
        _assertPending(id, NOW);
    }

    function test_DiscardsIdZeroWhileNothingIsAwaited() external {
        _expectUnknown(0);
        _answer(0, abi.encode(_observation(NOW)), "");

        vm.assertEq(oracle.latestRound(), 0, "no round");
    }

    function test_DiscardsASecondAnswer() external {
        bytes32 id = adapter.request(REQUEST);
        _answer(id, abi.encode(_observation(NOW - 1)), "");
        _expectUnknown(id);
        _answer(id, abi.encode(_observation(NOW)), "");

        vm.assertEq(oracle.latestRound(), 1, "one round");
    }

    function test_DiscardsAnAnswerToAReplacedRequest() external {
        bytes32 first = adapter.request(REQUEST);
        vm.warp(NOW + INTERVAL);
        bytes32 second = adapter.request(REQUEST);
        _expectUnknown(first);
        _answer(first, abi.encode(_observation(NOW)), "");
        _assertPending(second, NOW + INTERVAL);
        _answer(second, abi.encode(_observation(NOW)), "");

        vm.assertEq(oracle.latestRound(), 1, "the second one's");
    }

    function testFuzz_DiscardsErrors(bytes memory err, bool alsoAnswer) external {
        vm.assume(err.length != 0);
        bytes memory response = alsoAnswer ? abi.encode(_observation(NOW)) : bytes("");
        bytes32 id = adapter.request(REQUEST);
        _expectMalformed(id, response.length, _first256(err));
        _answer(id, response, err);

        vm.assertEq(oracle.latestRound(), 0, "no round");
        _assertPending(0, NOW);
    }

    function test_ShowsTheBeginningOfALongError() external {
        for (uint256 length = 255; length <= 257; ++length) {
            bytes memory err = new bytes(length);
            for (uint256 i = 0; i < length; ++i) err[i] = bytes1(uint8(i));
            bytes32 id = adapter.request(REQUEST);
            _expectMalformed(id, 0, _first256(err));
            _answer(id, "", err);
            vm.warp(block.timestamp + INTERVAL);
        }
    }

    function testFuzz_DiscardsWhatIsNotOneWord(bytes calldata response) external {
        vm.assume(response.length != 32);
        bytes32 id = adapter.request(REQUEST);
        _expectMalformed(id, response.length, "");
        _answer(id, response, "");

        vm.assertEq(oracle.latestRound(), 0, "no round");
        _assertPending(0, NOW);
    }

    function test_DiscardsOneByteMoreAndOneLess() external {
        bytes32 id = adapter.request(REQUEST);
        _expectMalformed(id, 31, "");
        _answer(id, abi.encodePacked(bytes31(_observation(NOW))), "");
        vm.warp(NOW + INTERVAL);
        id = adapter.request(REQUEST);
        _expectMalformed(id, 33, "");
        _answer(id, abi.encodePacked(_observation(NOW), bytes1(0)), "");
    }

    function test_DiscardsWhatTheOracleRefuses() external {
        bytes32 id = adapter.request(REQUEST);
        bytes memory refusal = abi.encodeWithSelector(
            IMarketOracle.MarketOracleFutureObservation.selector,
            NOW + 1,
            NOW
        );
        vm.expectEmit(address(adapter));
        emit IMarketAdapter.Discarded(id, refusal);
        _answer(id, abi.encode(_observation(NOW + 1)), "");

        _assertPending(0, NOW);
    }

    /* ANY BYTES */

    /// @dev 16 answers in each run: one in four is the observation, the others are any bytes, cut or drawn out.
    function testFuzz_NeverRevertsAndNeverErrs(bytes calldata response, bytes calldata err, uint256 seed) external {
        uint256 reverts = 0;
        uint256 expected = 0;
        for (uint256 i = 0; i < ANSWERS; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            vm.warp(NOW + i * INTERVAL);
            bytes32 id = adapter.request(REQUEST);
            bool known = seed % 4 != 0;
            bytes memory given = _given(response, seed >> 8);
            bytes memory wrong = (seed >> 4) % 4 == 0 ? err : bytes("");
            if (known && wrong.length == 0 && _isNext(given)) ++expected;

            (bool success, ) = router.fulfill(address(adapter), known ? id : bytes32(seed), given, wrong, CALLBACK_GAS);
            if (!success) ++reverts;
            vm.assertEq(oracle.latestRound(), expected, "a round of the answer, and of nothing else");
            if (expected != 0 && known && wrong.length == 0 && _isNext(given))
                vm.assertEq(oracle.roundAt(expected).observation, bytes32(given), "the answer");
        }

        vm.assertEq(reverts, 0, "no callback reverted");
    }

    function test_TakesAHugeError() external {
        bytes memory huge = new bytes(100_000);
        bytes32 id = adapter.request(REQUEST);
        (bool success, uint256 used) = router.fulfill(address(adapter), id, "", huge, CALLBACK_GAS);

        vm.assertTrue(success, "it came back");
        vm.assertTrue(used < 150_000, "and most of that is the call's own calldata");
        _assertPending(0, NOW);
    }

    /// @dev What the router is given most often, and around it: the next observation, bytes of its length, and any bytes.
    function _given(bytes calldata any, uint256 seed) private view returns (bytes memory) {
        if (seed % 4 == 0) return abi.encode(_observation(block.timestamp));
        if (seed % 4 == 1) return abi.encode(keccak256(abi.encode(seed)));
        if (seed % 4 == 2) return bytes.concat(abi.encode(_observation(block.timestamp)), any);
        return any;
    }

    function _isNext(bytes memory given) private view returns (bool) {
        return keccak256(given) == keccak256(abi.encode(_observation(block.timestamp)));
    }

    /* HELPERS */

    function _adapter(
        address router_,
        bytes32 don,
        uint32 gas,
        bytes32 hash,
        uint256 interval
    ) private returns (FunctionsLike) {
        bytes memory arguments = abi.encode(oracle, router_, SUBSCRIPTION, don, gas, hash, interval);
        return FunctionsLike(_deploy("FunctionsAdapter", arguments));
    }

    function _failure(
        address router_,
        bytes32 don,
        uint32 gas,
        bytes32 hash,
        uint256 interval
    ) private returns (bytes memory reason) {
        try this.construct(router_, don, gas, hash, interval) {
            return "it was made";
        } catch (bytes memory given) {
            return given;
        }
    }

    function construct(address router_, bytes32 don, uint32 gas, bytes32 hash, uint256 interval) external {
        _adapter(router_, don, gas, hash, interval);
    }

    function _answer(bytes32 id, bytes memory response, bytes memory err) private {
        (bool success, ) = router.fulfill(address(adapter), id, response, err, CALLBACK_GAS);
        vm.assertTrue(success, "the callback came back");
    }

    function _expectUnknown(bytes32 id) private {
        vm.expectEmit(address(adapter));
        emit IMarketAdapter.Discarded(
            id,
            abi.encodeWithSelector(IFunctionsAdapter.FunctionsUnknownRequest.selector, id)
        );
    }

    function _expectMalformed(bytes32 id, uint256 length, bytes memory err) private {
        vm.expectEmit(address(adapter));
        emit IMarketAdapter.Discarded(
            id,
            abi.encodeWithSelector(IFunctionsAdapter.FunctionsMalformedResponse.selector, length, err)
        );
    }

    function _assertPending(bytes32 id, uint256 since) private view {
        (bytes32 pending, uint256 sentAt) = adapter.pending();
        vm.assertEq(pending, id, "awaited");
        vm.assertEq(sentAt, since, "sent at");
    }

    function _first256(bytes memory err) private pure returns (bytes memory first) {
        first = new bytes(err.length < 256 ? err.length : 256);
        for (uint256 i = 0; i < first.length; ++i) first[i] = err[i];
    }
}

interface FunctionsLike is IFunctionsAdapter, IFunctionsClient {
    function CALLBACK_GAS() external view returns (uint32);
}
