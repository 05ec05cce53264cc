// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {ERC721A} from "erc721a/contracts/ERC721A.sol";

/// @title ERC721A 4.3 with nothing else
/// @dev For the gas table only, never deployed by the product: no roles, no royalties, no batches, no metadata.
contract PlainERC721A is ERC721A("Plain", "PLAIN") {
    function mint(address to, uint256 count) external {
        _mint(to, count);
    }

    function burn(uint256 tokenId) external {
        _burn(tokenId, true);
    }

    function _startTokenId() internal pure override returns (uint256) {
        return 1;
    }
}
