// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721URIStorage} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721URIStorage.sol";

/// @title How collections evolve elsewhere: OpenZeppelin's ERC721URIStorage, one URI after the other
/// @dev Nobody is asked whether he may, which only makes it cheaper.
contract NaiveURIs is ERC721URIStorage {
    constructor() ERC721("Naive", "NAIVE") {}

    function mint(address to, uint256 count) external {
        for (uint256 i = 1; i <= count; ++i) _mint(to, i);
    }

    function setTokenURIs(uint256 first, string[] calldata uris) external {
        for (uint256 i = 0; i < uris.length; ++i) _setTokenURI(first + i, uris[i]);
    }
}
