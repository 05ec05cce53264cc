// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {EpochKit} from "../../kit/EpochKit.sol";

/// @dev Vulnerable on purpose: a pin is obeyed, whatever became of its epoch.
contract BlindPins {
    mapping(uint256 epoch => bool) public voided;
    uint256 public pin;

    function voidEpoch(uint256 epoch) external {
        voided[epoch] = true;
    }

    function pinTo(uint256 epoch) external {
        pin = epoch;
    }

    function shown() external view returns (uint256) {
        return pin;
    }
}

// A publisher gone mad fills an epoch with what is not the artist's; a seller pins it before it is taken back.
contract VoidedStaysPinnedTest is EpochKit {
    function test_TheTwinGoesOnShowingIt() external {
        BlindPins twin = new BlindPins();
        twin.pinTo(2);
        twin.voidEpoch(2);

        vm.assertTrue(twin.voided(twin.shown()), "what was taken back");
    }

    function test_ABuyerSeesTheNewestSoundOne() external {
        uint256 tokenId = _id(_mint(ALICE, 1), 0);
        _evolve();
        _evolve();
        _pin(ALICE, tokenId, 2);
        _void(2);

        vm.assertEq(collection.epochOf(tokenId), 1, "the one before");
        vm.assertEq(collection.tokenURI(tokenId), collection.tokenURIAt(tokenId, 1), "its files");
    }
}
