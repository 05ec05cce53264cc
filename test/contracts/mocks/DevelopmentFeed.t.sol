// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// DevelopmentFeed
// ├── given a development chain
// │   ├── when nobody told it anything: it says zeros
// │   ├── when anybody tells it something: it says that, as round 1
// │   ├── when it is told again: it says the newer, as the next round
// │   └── when it is asked what it is: it has eight decimals and says that it is no market
// └── given any other chain: it cannot be deployed

import {DevelopmentFeed} from "../../../contracts/mocks/DevelopmentFeed.sol";
import {Kit} from "../kit/Kit.sol";

interface ChainCheats {
    function chainId(uint256 id) external;
}

contract DevelopmentFeedTest is Kit {
    DevelopmentFeed private _feed;

    function setUp() external {
        _feed = DevelopmentFeed(_deploy("DevelopmentFeed", ""));
    }

    function _says(uint256 roundId, int256 answer, uint256 updatedAt) private view {
        (uint80 id, int256 said, uint256 startedAt, uint256 told, uint80 answeredIn) = _feed.latestRoundData();
        vm.assertEq(id, roundId, "round");
        vm.assertEq(uint256(said), uint256(answer), "answer");
        vm.assertEq(startedAt, updatedAt, "startedAt");
        vm.assertEq(told, updatedAt, "updatedAt");
        vm.assertEq(answeredIn, roundId, "answeredInRound");
    }

    function test_WhenNobodyToldItAnything_ItSaysZeros() external view {
        _says(0, 0, 0);
    }

    function test_WhenAnybodyTellsItSomething_ItSaysThatAsRound1() external {
        vm.prank(_account("anybody"));
        _feed.tell(123e8, 1_700_000_000);

        _says(1, 123e8, 1_700_000_000);
    }

    function test_WhenItIsToldAgain_ItSaysTheNewerAsTheNextRound() external {
        _feed.tell(123e8, 1_700_000_000);
        _feed.tell(-1, 1_600_000_000);

        _says(2, -1, 1_600_000_000);
    }

    function test_WhenItIsAskedWhatItIs_ItHasEightDecimalsAndSaysThatItIsNoMarket() external view {
        vm.assertEq(_feed.decimals(), 8, "decimals");
        vm.assertEq(_feed.description(), "stand-in of a development chain: no market", "description");
    }

    function test_GivenAnyOtherChain_ItCannotBeDeployed() external {
        uint256[4] memory chains = [uint256(1), 31_336, 31_338, 11_155_111];
        for (uint256 i = 0; i < chains.length; ++i) {
            ChainCheats(address(vm)).chainId(chains[i]);
            vm.expectRevert(abi.encodeWithSelector(DevelopmentFeed.DevelopmentFeedElsewhere.selector, chains[i]));
            this.deploy();
        }
        ChainCheats(address(vm)).chainId(31_337);
        this.deploy();
    }

    function deploy() external returns (address) {
        return _deploy("DevelopmentFeed", "");
    }
}
