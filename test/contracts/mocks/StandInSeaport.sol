// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

/// @title A collection whose works anyone mints and burns
contract FreeWorks is ERC721("Works", "WORKS") {
    function mint(address to, uint256 tokenId) external {
        _mint(to, tokenId);
    }

    function burn(uint256 tokenId) external {
        _burn(tokenId);
    }
}

/// @title Stands in for Seaport: tells exactly its event, and moves what it is told to
/// @dev It checks no order and takes no money; what it says and what it does are up to the test.
contract StandInSeaport {
    struct SpentItem {
        uint8 itemType;
        address token;
        uint256 identifier;
        uint256 amount;
    }

    struct ReceivedItem {
        uint8 itemType;
        address token;
        uint256 identifier;
        uint256 amount;
        address recipient;
    }

    struct Order {
        address offerer;
        address recipient;
        SpentItem[] offer;
        ReceivedItem[] consideration;
    }

    struct Move {
        IERC721 works;
        address from;
        address to;
        uint256 tokenId;
    }

    event OrderFulfilled(
        bytes32 orderHash,
        address indexed offerer,
        address indexed zone,
        address recipient,
        SpentItem[] offer,
        ReceivedItem[] consideration
    );

    function fulfil(Order[] calldata orders, Move[] calldata moves) external {
        for (uint256 i = 0; i < orders.length; ++i)
            emit OrderFulfilled(
                keccak256(abi.encode(i, orders[i])),
                orders[i].offerer,
                address(0),
                orders[i].recipient,
                orders[i].offer,
                orders[i].consideration
            );
        for (uint256 i = 0; i < moves.length; ++i)
            moves[i].works.transferFrom(moves[i].from, moves[i].to, moves[i].tokenId);
    }
}
