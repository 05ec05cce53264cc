// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketOracle} from "../../../../contracts/interfaces/IMarketOracle.sol";
import {IParameterController} from "../../../../contracts/interfaces/IParameterController.sol";
import {Observation} from "../../../../contracts/types/Observation.sol";
import {StewardKit} from "./StewardKit.sol";

/// @dev Vulnerable on purpose: an automaton that lifts the royalty whenever the newest round says that the market rose.
contract CredulousBox {
    uint256 public value = 500;
    IMarketOracle private immutable ORACLE;

    constructor(IMarketOracle oracle) {
        ORACLE = oracle;
    }

    function follow() external {
        Observation observation = Observation.wrap(ORACLE.roundAt(ORACLE.latestRound()).observation);
        if (observation.change() > 0) value += 50;
    }
}

// Whoever holds the adapter tells of a market that never was, lets an old one stand, or tells nothing at all.
contract PoisonedOracleTest is StewardKit {
    function test_TheTwinFollows() external {
        CredulousBox twin = new CredulousBox(oracle);
        _poison(type(int16).max, 350, ALL);
        twin.follow();
        vm.warp(block.timestamp + 365 days);
        twin.follow();

        vm.assertEq(twin.value(), 600, "a leap that never was, and a year without a word");
    }

    function test_TheControllerActsOnNoLeap() external {
        int16[4] memory changes = [type(int16).max, 3_001, -3_001, type(int16).min];
        for (uint256 i = 0; i < 4; ++i) {
            bytes32 observation = _poison(changes[i], 350, ALL);
            _refuseOdd(observation);
        }
        _refuseOdd(_poison(0, 4_001, ALL));
    }

    function test_TheControllerActsOnNoSilence() external {
        _refuseOdd(_poison(0, 0, 0));

        uint256 acceptedAt = block.timestamp;
        vm.warp(acceptedAt + 365 days);
        bytes4 refused = IParameterController.ParameterControllerOracleStale.selector;
        _refuseMove(ROYALTY, 510, abi.encodeWithSelector(refused, acceptedAt));
    }

    function test_TheControllerGoesNoFurtherOnAPlausibleLie() external {
        for (uint256 day = 0; day < 30; ++day) {
            _poison(2_999, 350, ALL);
            _try(uint256(ROYALTY), controller.valueOf(ROYALTY) + 50, oracle.latestRound());
            vm.warp(block.timestamp + 1 days);
        }
        vm.assertTrue(controller.valueOf(ROYALTY) <= 500 + 2 * 150, "a budget, and what came back in a window");
    }

    function _refuseOdd(bytes32 observation) private {
        bytes4 refused = IParameterController.ParameterControllerOracleOdd.selector;
        _refuseMove(ROYALTY, 510, abi.encodeWithSelector(refused, observation));
    }

    function _poison(int16 change, uint16 volatility, uint8 mask) private returns (bytes32 observation) {
        vm.warp(block.timestamp + 1);
        Market memory market = _market(block.timestamp);
        (market.change, market.volatility, market.mask) = (change, volatility, mask);
        observation = _pack(market);
        _bring(observation);
    }
}
