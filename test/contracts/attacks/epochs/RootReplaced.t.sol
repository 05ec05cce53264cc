// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IEpochs} from "../../../../contracts/interfaces/IEpochs.sol";
import {EpochKit} from "../../kit/EpochKit.sol";

/// @dev Vulnerable on purpose: an epoch's root can be corrected.
contract CorrectedEpochs {
    mapping(uint256 epoch => bytes32) public rootOf;

    function setRoot(uint256 epoch, bytes32 root) external {
        rootOf[epoch] = root;
    }
}

// A holder pinned the moment he loves; the publisher exchanges it under his hands.
contract RootReplacedTest is EpochKit {
    function test_TheTwinExchangesIt() external {
        CorrectedEpochs twin = new CorrectedEpochs();
        twin.setRoot(1, "what he pinned");
        twin.setRoot(1, "something else");

        vm.assertEq(twin.rootOf(1), "something else", "exchanged");
    }

    function test_ARootStaysForEver() external {
        uint256 tokenId = _id(_mint(ALICE, 1), 0);
        _evolve();
        _pin(ALICE, tokenId, 1);
        string memory pinned = collection.tokenURI(tokenId);

        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochRoundNotNewer.selector, 1, 1));
        _publish("something else", 1);
        _evolve();
        vm.assertEq(collection.epochAt(1).root, _rootOfEpoch(1), "root");
        vm.assertEq(collection.tokenURI(tokenId), pinned, "what he pinned");
    }
}
