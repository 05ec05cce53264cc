// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @title What most vulnerable twins begin with: a plain token that anyone mints
abstract contract TwinToken is ERC721("", "") {
    function mint(address to, uint256 tokenId) external {
        _mint(to, tokenId);
    }
}
