// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAttunement} from "../../../../contracts/interfaces/IAttunement.sol";
import {EpochKit} from "../../kit/EpochKit.sol";

/// @dev Vulnerable on purpose: adds to a byte of a word, and a full byte carries into the next dial.
contract CarriesOver {
    uint256 public dials;

    function turnUp(uint256 dial) external {
        dials += 1 << (8 * dial);
    }
}

// A holder turns one dial on and on until it moves another, further than that one could be turned.
contract DialOverflowTest is EpochKit {
    function test_TheTwinCarriesIntoTheNextDial() external {
        CarriesOver twin = new CarriesOver();
        for (uint256 i = 0; i < 256; ++i) twin.turnUp(0);

        vm.assertEq(twin.dials(), 1 << 8, "the next dial moved");
    }

    function test_ADialEndsAtEight() external {
        uint256 tokenId = _id(_mint(ALICE, 1), 0);
        for (uint256 act = 0; act < 8; ++act) {
            for (uint256 i = 0; i < 8 * (1 + (act % 2)); ++i) _attune(ALICE, tokenId, act);
            uint256 before = collection.attunementOf(tokenId);

            vm.expectRevert(abi.encodeWithSelector(IAttunement.AttunementAtEnd.selector, tokenId, act));
            _attune(ALICE, tokenId, act);
            vm.assertEq(collection.attunementOf(tokenId), before, "as it was");
        }
        vm.assertEq(collection.attunementOf(tokenId), 0x08080808, "each at its upper end");
    }
}
