// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {CreatorToken} from "../../../contracts/token/CreatorToken.sol";
import {ERC721Batch} from "../../../contracts/token/ERC721Batch.sol";
import {LoopCollection} from "../../../contracts/token/LoopCollection.sol";

/// @title The collection, but nobody could ever be asked before a transfer
/// @dev For the gas table only: what the validator's slot costs while it is empty.
contract LoopWithoutValidator is LoopCollection {
    constructor(Settings memory settings) LoopCollection(settings) {}

    function _beforeTransfer(address, address, uint256) internal pure override(CreatorToken, ERC721Batch) {}
}
