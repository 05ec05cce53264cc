// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";

import {LoopKit} from "../../kit/LoopKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: answers what the royalty is, and not that it can be asked.
contract SilentRoyalty is TwinToken {
    function royaltyInfo(uint256, uint256 salePrice) external view returns (address, uint256) {
        return (address(this), salePrice / 20);
    }
}

/// @dev A market as they are: asks by ERC-165 first, and pays nothing where the answer is no.
library Market {
    function royaltyOn(address token, uint256 tokenId, uint256 price) internal view returns (uint256 amount) {
        if (!IERC165(token).supportsInterface(type(IERC2981).interfaceId)) return 0;
        (, amount) = IERC2981(token).royaltyInfo(tokenId, price);
    }
}

// A seller picks a market that needs a reason not to pay.
contract RoyaltyHiddenTest is LoopKit {
    function test_TheTwinEarnsNothing() external {
        vm.assertEq(Market.royaltyOn(address(new SilentRoyalty()), 1, 1 ether), 0, "not asked");
    }

    function test_TheCollectionEarnsItsShare() external view {
        vm.assertEq(Market.royaltyOn(address(collection), _id(1, 0), 1 ether), 0.05 ether, "asked and paid");
    }

    function test_TheCollectionDoesNotSayYesToAnything() external view {
        vm.assertTrue(!collection.supportsInterface(0xffffffff), "ERC-165 forbids this id");
    }
}
