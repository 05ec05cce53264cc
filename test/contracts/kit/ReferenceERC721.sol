// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721Burnable} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Burnable.sol";

/// @title OpenZeppelin's ERC721 as it comes: the twin that the collection is compared with
contract ReferenceERC721 is ERC721, ERC721Burnable {
    constructor() ERC721("Generative Loop", "LOOP") {}

    function mintRange(address to, uint256 first, uint256 count) external {
        for (uint256 i = 0; i < count; ++i) _mint(to, first + i);
    }
}
