// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @title OpenZeppelin's ERC721 with a mint in a loop and nothing else
/// @dev For the gas table only, never deployed by the product: no roles, no royalties, no batches, no metadata.
contract PlainERC721 is ERC721("Plain", "PLAIN") {
    uint256 private _next = 1;

    function mint(address to, uint256 count) external {
        uint256 first = _next;
        uint256 end = first + count;
        _next = end;
        for (uint256 tokenId = first; tokenId < end; ++tokenId) _mint(to, tokenId);
    }

    function burn(uint256 tokenId) external {
        _update(address(0), tokenId, _msgSender());
    }
}
