// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IEpochs} from "../../../../contracts/interfaces/IEpochs.sol";
import {EpochKit} from "../../kit/EpochKit.sol";

/// @dev Vulnerable on purpose: pins whatever number it is given.
contract PinsAnything {
    uint256 public immutable COVERED = 1; // batches in the epoch's directory
    mapping(uint256 batch => uint256) public pinOf;

    function pinTokenURI(uint256 batch, uint256 index) external {
        pinOf[batch] = index;
    }

    function hasFile(uint256 batch) external view returns (bool) {
        return pinOf[batch] == 0 || batch <= COVERED;
    }
}

// A holder pins an epoch from before his work was born: its URI names a file that no directory holds.
contract UncoveredPinnedTest is EpochKit {
    function test_TheTwinShowsNothing() external {
        PinsAnything twin = new PinsAnything();
        twin.pinTokenURI(2, 1);

        vm.assertTrue(!twin.hasFile(2), "a URI of no file");
    }

    function test_OnlyACoveringEpochIsPinned() external {
        _mint(ALICE, 1);
        _evolve();
        uint256 tokenId = _id(_mint(BOB, 1), 0);

        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochDoesNotCover.selector, 1, tokenId));
        _pin(BOB, tokenId, 1);
        vm.assertEq(collection.epochOf(tokenId), 0, "genesis");
    }
}
