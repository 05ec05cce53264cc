// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {CidLib} from "../../../../contracts/libraries/CidLib.sol";
import {EpochKit} from "../../kit/EpochKit.sol";

/// @dev Vulnerable on purpose: counts what is sealed when the epoch arrives, not when its round was accepted.
contract CountsOnArrival {
    uint256 public seals;
    uint256 public covered;

    function seal() external {
        ++seals;
    }

    function evolve() external {
        covered = seals;
    }
}

// A batch is sealed after the pictures of an epoch were computed and before they are published: it is in no directory.
contract CoveredAtPublishingTest is EpochKit {
    function test_TheTwinCoversWhatNobodyDrew() external {
        CountsOnArrival twin = new CountsOnArrival();
        twin.seal();
        uint256 drawn = twin.seals();
        twin.seal();
        twin.evolve();

        vm.assertTrue(twin.covered() > drawn, "works without a picture");
    }

    function test_WhatCameAfterTheRoundShowsGenesis() external {
        _mint(ALICE, 1);
        uint256 round = _accept();
        uint256 batch = _mint(BOB, 1);
        _publish("an epoch of one batch", round);

        vm.assertEq(collection.epochAt(1).covered, 1, "what was drawn");
        vm.assertEq(
            collection.tokenURI(_id(batch, 0)),
            string.concat("ipfs://", CidLib.toText(_rootOf(batch)), "/2000000.json"),
            "genesis"
        );
    }
}
