// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";

import {IMarketAdapter} from "../../../contracts/interfaces/IMarketAdapter.sol";
import {IReceiver} from "../../../contracts/interfaces/vendors/IReceiver.sol";
import {Kit} from "../kit/Kit.sol";
import {ScriptedOracle} from "../mocks/ScriptedOracle.sol";
import {FeedMock} from "../mocks/Vendors.sol";

// constructor
// └── when no contract is where the oracle should be, an account with ether included
//     └── it reverts, whichever adapter it is
// supportsInterface
// └── it is true for ERC-165 and for adapters, and for nothing else
// bringing, where a refusal may be told (the data feed)
// ├── it calls the oracle once, and emits Brought with the round's number
// └── given the oracle refuses
//     └── it reverts with what the oracle says
// bringing, where nothing may revert (the receiver of CRE)
// ├── it calls the oracle once, and emits Brought with the round's number
// └── given the oracle refuses, whatever it says
//     └── it emits Discarded with that
contract MarketAdapterTest is Kit {
    uint256 private constant NOW = 1_800_000_000;
    bytes10 private constant NAME = "0123456789";

    ScriptedOracle private oracle;
    FeedMock private feed;

    function setUp() external {
        vm.warp(NOW);
        oracle = new ScriptedOracle();
        feed = new FeedMock(8);
    }

    function test_RevertWhen_NoContractIsThere() external {
        address missing = _account("nobody");
        vm.deal(missing, 1 ether);
        bytes memory reason = abi.encodeWithSelector(IMarketAdapter.MarketAdapterOracleMissing.selector, missing);

        vm.assertEq(_failure("DataFeedAdapter", abi.encode(missing, feed, 1, 0, 0)), reason, "data feed");
        vm.assertEq(_failure("CreReceiver", abi.encode(missing, this, this, NAME)), reason, "CRE");
        bytes memory functions = abi.encode(missing, this, 1, bytes32("don"), 300_000, bytes32("hash"), 1);
        vm.assertEq(_failure("FunctionsAdapter", functions), reason, "Functions");
    }

    function test_KnowsItsOracle() external {
        vm.assertEq(address(_feedAdapter().ORACLE()), address(oracle), "data feed");
        vm.assertEq(address(_receiver().ORACLE()), address(oracle), "CRE");
    }

    function testFuzz_SupportsWhatItIs(bytes4 other) external {
        IMarketAdapter adapter = _feedAdapter();
        bytes4 own = type(IMarketAdapter).interfaceId;
        vm.assume(other != own && other != type(IERC165).interfaceId);

        vm.assertTrue(adapter.supportsInterface(own), "adapter");
        vm.assertTrue(adapter.supportsInterface(type(IERC165).interfaceId), "ERC-165");
        vm.assertTrue(!adapter.supportsInterface(0xffffffff), "never this");
        vm.assertTrue(!adapter.supportsInterface(other), "nothing else");
    }

    /* BRINGING */

    function test_BringsWhereARefusalIsTold() external {
        IMarketAdapter adapter = _feedAdapter();
        oracle.name(address(adapter), address(0), 0);
        feed.set(3_000e8, NOW);
        vm.expectEmit(address(adapter));
        emit IMarketAdapter.Brought(1, keccak256(abi.encode(feed, 1, 3_000e8, NOW)));
        _poke(adapter);

        vm.assertEq(oracle.latestRound(), 1, "once");
        vm.assertEq(oracle.bringer(), address(adapter), "itself");
    }

    function testFuzz_RevertsWithWhatTheOracleSays(bytes calldata refusal) external {
        vm.assume(refusal.length != 0);
        IMarketAdapter adapter = _feedAdapter();
        oracle.name(address(adapter), address(0), 0);
        oracle.refuseWith(refusal);
        feed.set(3_000e8, NOW);

        (bool success, bytes memory answer) = address(adapter).call(abi.encodeWithSignature("poke()"));
        vm.assertTrue(!success, "it reverts");
        vm.assertEq(answer, refusal, "with that");
    }

    function testFuzz_BringsWhereNothingReverts(bytes32 observation) external {
        IMarketAdapter adapter = _receiver();
        vm.expectEmit(address(adapter));
        emit IMarketAdapter.Brought(1, keccak256(abi.encode(observation)));
        _report(adapter, observation);

        vm.assertEq(oracle.latestRound(), 1, "once");
        vm.assertEq(oracle.observation(), observation, "as it came");
        vm.assertEq(oracle.bringer(), address(adapter), "itself");
    }

    function testFuzz_DiscardsWhatTheOracleRefuses(bytes calldata refusal, bytes32 observation) external {
        vm.assume(refusal.length != 0);
        IMarketAdapter adapter = _receiver();
        oracle.refuseWith(refusal);
        vm.expectEmit(address(adapter));
        emit IMarketAdapter.Discarded(keccak256(abi.encode(observation)), refusal);
        _report(adapter, observation);

        vm.assertEq(oracle.latestRound(), 0, "no round");
    }

    /* HELPERS */

    function _feedAdapter() private returns (IMarketAdapter) {
        return IMarketAdapter(_deploy("DataFeedAdapter", abi.encode(oracle, feed, 1, 0, 0)));
    }

    function _receiver() private returns (IMarketAdapter) {
        return IMarketAdapter(_deploy("CreReceiver", abi.encode(oracle, this, this, NAME)));
    }

    function _poke(IMarketAdapter adapter) private {
        (bool success, ) = address(adapter).call(abi.encodeWithSignature("poke()"));
        vm.assertTrue(success, "poked");
    }

    function _report(IMarketAdapter adapter, bytes32 observation) private {
        bytes memory metadata = abi.encodePacked(bytes32("id"), NAME, address(this));
        IReceiver(address(adapter)).onReport(metadata, abi.encode(observation));
    }

    function _failure(string memory name, bytes memory arguments) private returns (bytes memory reason) {
        try this.construct(name, arguments) {
            return "it was made";
        } catch (bytes memory given) {
            return given;
        }
    }

    function construct(string calldata name, bytes calldata arguments) external {
        _deploy(name, arguments);
    }
}
