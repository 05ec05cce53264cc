// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IEpochs} from "../../../../contracts/interfaces/IEpochs.sol";
import {EpochKit} from "../../kit/EpochKit.sol";

/// @dev Vulnerable on purpose: a round is used once, but in any order.
contract AnyOrder {
    mapping(uint256 round => bool) private _used;
    uint256 public shownRound;

    function evolve(bytes32, uint256 round) external {
        require(!_used[round], "used");
        _used[round] = true;
        shownRound = round;
    }
}

// The publisher left out a round, and comes back to it when its market suits him.
contract EvolveOutOfOrderTest is EpochKit {
    function test_TheTwinGoesBackInTime() external {
        AnyOrder twin = new AnyOrder();
        twin.evolve("two", 2);
        twin.evolve("one", 1);

        vm.assertEq(twin.shownRound(), 1, "an older market");
    }

    function test_TheCollectionGoesForward() external {
        _accept();
        _accept();
        vm.roll(block.number + 1);
        _publish("two", 2);

        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochRoundNotNewer.selector, 1, 2));
        _publish("one", 1);
    }
}
