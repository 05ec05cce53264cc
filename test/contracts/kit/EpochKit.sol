// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {LoopKit} from "./LoopKit.sol";

/// @title A collection with an oracle, and the steps of an epoch
abstract contract EpochKit is LoopKit {
    uint256 internal constant NOW = 1_800_000_000; // time of every test's first block
    address internal immutable ADAPTER = _account("adapter");

    IMarketOracle internal oracle;

    function setUp() public virtual override {
        super.setUp();
        vm.warp(NOW);
        oracle = _deployOracle(0, 1);
        _setOracle(address(oracle));
    }

    function _deployOracle(uint256 leastInterval, uint256 firstRound) internal returns (IMarketOracle) {
        IMarketOracle.Bounds memory limits = _bounds();
        limits.leastInterval = leastInterval;
        return _deployOracle(limits, firstRound);
    }

    function _deployOracle(IMarketOracle.Bounds memory limits, uint256 firstRound) internal returns (IMarketOracle) {
        bytes memory arguments = abi.encode(registry, collection, ADAPTER, limits, firstRound);
        return IMarketOracle(_deploy("MarketOracle", arguments));
    }

    /// @dev As wide as they can be.
    function _bounds() internal pure returns (IMarketOracle.Bounds memory limits) {
        limits.staleAfter = 1 days;
        limits.maxChange = 32_768;
        limits.maxVolatility = 65_535;
        limits.maxTrend = 32_768;
    }

    function _setOracle(address newOracle) internal {
        vm.prank(ADMIN);
        collection.setOracle(IMarketOracle(newOracle));
    }

    /// @dev Brings an observation of one second after the last one.
    function _accept() internal returns (uint256 round) {
        round = oracle.latestRound() + 1;
        vm.prank(ADAPTER);
        oracle.accept(_observation(NOW - 1_000_000 + round));
    }

    function _publish(bytes32 root, uint256 round) internal returns (uint256 epoch) {
        vm.prank(PUBLISHER);
        return collection.evolve(root, round);
    }

    /// @dev A round, the next block, and the epoch of that round.
    function _evolve() internal returns (uint256 epoch) {
        uint256 round = _accept();
        vm.roll(block.number + 1);
        return _publish(_rootOfEpoch(round), round);
    }

    function _void(uint256 epoch) internal {
        vm.prank(GUARDIAN);
        collection.voidEpoch(epoch);
    }

    function _pin(address holder, uint256 tokenId, uint256 index) internal {
        vm.prank(holder);
        collection.pinTokenURI(tokenId, index);
    }

    function _attune(address caller, uint256 tokenId, uint256 act) internal {
        vm.prank(caller);
        collection.attune(tokenId, act);
    }

    function _rootOfEpoch(uint256 round) internal pure returns (bytes32) {
        return keccak256(abi.encode("epoch", round));
    }

    /// @dev Version 1, nothing observed but the time, neutral parameters.
    function _observation(uint256 time) internal pure returns (bytes32) {
        bytes memory market = abi.encodePacked(uint16(0), uint16(0), uint16(0), uint16(5_000), uint48(0), uint48(0));
        return
            bytes32(
                abi.encodePacked(uint8(1), uint8(0), market, uint40(time), uint16(5_000), uint16(10_000), uint8(9))
            );
    }
}
