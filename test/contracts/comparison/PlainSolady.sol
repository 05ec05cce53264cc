// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC721} from "solady/src/tokens/ERC721.sol";

/// @title Solady's ERC721 with a mint in a loop and nothing else
/// @dev For the gas table only, never deployed by the product: no roles, no royalties, no batches, no metadata.
contract PlainSolady is ERC721 {
    uint256 private _next = 1;

    function mint(address to, uint256 count) external {
        uint256 first = _next;
        uint256 end = first + count;
        _next = end;
        for (uint256 tokenId = first; tokenId < end; ++tokenId) _mint(to, tokenId);
    }

    function burn(uint256 tokenId) external {
        _burn(msg.sender, tokenId);
    }

    function name() public pure override returns (string memory) {
        return "Plain";
    }

    function symbol() public pure override returns (string memory) {
        return "PLAIN";
    }

    function tokenURI(uint256) public pure override returns (string memory) {
        return "";
    }
}
