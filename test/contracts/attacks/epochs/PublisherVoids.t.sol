// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IEpochs} from "../../../../contracts/interfaces/IEpochs.sol";
import {EpochKit} from "../../kit/EpochKit.sol";

/// @dev Vulnerable on purpose: who publishes takes back.
contract OneHandForBoth {
    uint256 public shown;

    function evolve() external {
        ++shown;
    }

    function voidEpoch() external {
        --shown;
    }
}

// The publisher, or the thief of his key, takes back whatever does not suit him: after a crash, the pictures of before.
contract PublisherVoidsTest is EpochKit {
    function test_TheTwinGoesBack() external {
        OneHandForBoth twin = new OneHandForBoth();
        twin.evolve();
        twin.evolve();
        twin.voidEpoch();

        vm.assertEq(twin.shown(), 1, "the pictures of before");
    }

    function test_ThePublisherCannotTakeBack() external {
        _evolve();
        _evolve();
        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochUnauthorizedVoider.selector, PUBLISHER));
        vm.prank(PUBLISHER);
        collection.voidEpoch(2);

        (, uint256 shown, ) = collection.epochs();
        vm.assertEq(shown, 2, "the newest");
    }
}
