// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IEpochs} from "../../../../contracts/interfaces/IEpochs.sol";
import {EpochKit} from "../../kit/EpochKit.sol";

/// @dev Vulnerable on purpose: does not ask whether the round was used.
contract RoundUsedAgain {
    bytes32[] public roots;

    function evolve(bytes32 root, uint256) external {
        roots.push(root);
    }
}

// The publisher draws the same round until he likes what it shows.
contract EvolveTwiceTest is EpochKit {
    function test_TheTwinTakesTheSecondDraw() external {
        RoundUsedAgain twin = new RoundUsedAgain();
        twin.evolve("what the round gives", 1);
        twin.evolve("what he likes better", 1);

        vm.assertEq(twin.roots(1), "what he likes better", "shown now");
    }

    function test_ARoundGivesOneEpoch() external {
        _evolve();
        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochRoundNotNewer.selector, 1, 1));
        _publish("what he likes better", 1);
        _void(1); // nor once it is taken back
        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochRoundNotNewer.selector, 1, 1));
        _publish("what he likes better", 1);
    }
}
