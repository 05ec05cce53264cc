// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IEpochs} from "../../../../contracts/interfaces/IEpochs.sol";
import {EpochKit} from "../../kit/EpochKit.sol";

/// @dev Vulnerable on purpose: publishes at once, though holders may still act in this block.
contract PublishedAtOnce {
    uint256 public acts;
    uint256 public actsComputed;
    uint256 public roundBlock;

    function accept() external {
        roundBlock = block.number;
    }

    function attune() external {
        ++acts;
    }

    function evolve() external {
        actsComputed = acts;
    }
}

// The publisher brings round and epoch in one block; a holder's act lands behind them, in the block that counts.
contract RoundOfThisBlockTest is EpochKit {
    function test_TheTwinMissesAnActThatCounts() external {
        PublishedAtOnce twin = new PublishedAtOnce();
        twin.accept();
        twin.evolve();
        twin.attune();

        vm.assertEq(twin.roundBlock(), block.number, "the act counts");
        vm.assertTrue(twin.actsComputed() != twin.acts(), "and is not in the epoch");
    }

    function test_TheCollectionWaitsForTheNextBlock() external {
        _mint(ALICE, 1);
        uint256 round = _accept();
        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochTooEarly.selector, round, block.number));
        _publish("computed too early", round);

        _attune(ALICE, _id(1, 0), 1);
        vm.roll(block.number + 1);
        vm.assertEq(_publish("with the act", round), 1, "published");
    }
}
