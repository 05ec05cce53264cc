// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {IERC721Receiver} from "@openzeppelin/contracts/token/ERC721/IERC721Receiver.sol";

import {BatchStatus} from "../../../../contracts/types/BatchStatus.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: it asks the recipient at the seal, when the seed and thus the works are known.
contract AskingSeal is ERC721("", "") {
    function seal(address to, uint256 count) external {
        for (uint256 i = 0; i < count; ++i) _safeMint(to, i);
    }
}

/// @dev A buyer who takes only works that he likes.
contract PickyBuyer is IERC721Receiver {
    bool public likesTheWorks;

    function onERC721Received(address, address, uint256, bytes calldata) external view returns (bytes4) {
        require(likesTheWorks, "open another batch for me");
        return IERC721Receiver.onERC721Received.selector;
    }
}

// A buyer sees the seed, dislikes the works, and lets the seal fail until the batch is abandoned and opened anew.
contract RecipientVetoTest is LoopKit {
    function test_TheTwinCanBeVetoed() external {
        AskingSeal twin = new AskingSeal();
        PickyBuyer buyer = new PickyBuyer();

        vm.expectRevert(abi.encodeWithSignature("Error(string)", "open another batch for me"));
        twin.seal(address(buyer), 3);
    }

    function test_TheCollectionCannot() external {
        PickyBuyer buyer = new PickyBuyer();
        uint256 batch = _mint(address(buyer), 3);

        vm.assertTrue(collection.batchOf(batch).status == BatchStatus.Sealed, "sealed");
        vm.assertEq(collection.balanceOf(address(buyer)), 3, "whatever the buyer likes");
    }
}
