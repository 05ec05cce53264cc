// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketOracle} from "../../../../contracts/interfaces/IMarketOracle.sol";
import {OracleKit} from "../../kit/OracleKit.sol";

/// @dev Vulnerable on purpose: asks who began the transaction, and takes what was empty before for anybody's.
contract AsksTheOrigin {
    address public adapter;
    bytes32 public last;

    constructor(address firstAdapter) {
        adapter = firstAdapter;
    }

    function accept(bytes32 observation) external {
        // solhint-disable-next-line avoid-tx-origin
        require(adapter == address(0) || tx.origin == adapter, "no adapter");
        last = observation;
    }
}

// A stranger brings a round: as the middle of a call of the adapter's, or while nobody is named.
contract StrangerBringsTest is OracleKit {
    function test_TheTwinTakesIt() external {
        AsksTheOrigin twin = new AsksTheOrigin(ADAPTER);
        vm.prank(STRANGER, ADAPTER);
        twin.accept("phished");
        vm.assertEq(twin.last(), "phished", "from the middle");

        twin = new AsksTheOrigin(address(0));
        vm.prank(STRANGER);
        twin.accept("first");
        vm.assertEq(twin.last(), "first", "before anybody was named");
    }

    function test_OursTakesItFromAdaptersAlone() external {
        bytes memory refusal = abi.encodeWithSelector(IMarketOracle.MarketOracleUnauthorizedAdapter.selector, STRANGER);
        vm.expectRevert(refusal);
        vm.prank(STRANGER, ADAPTER);
        oracle.accept(_observation(NOW));

        _setAdapters(address(0), address(0));
        vm.warp(NOW + 30 days);
        vm.expectRevert(refusal);
        vm.prank(STRANGER);
        oracle.accept(_observation(NOW));
    }
}
