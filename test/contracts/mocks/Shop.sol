// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {StandInSeaport} from "./StandInSeaport.sol";

/// @title A marketplace in its smallest form: owners ask a price, buyers pay it, and the royalty is paid out of it
/// @dev It tells of a sale by Seaport's event, so that at Seaport's address of a development chain it stands in for Seaport.
contract Shop {
    mapping(IERC721 works => mapping(uint256 tokenId => mapping(address owner => uint256))) public askOf;

    error ShopNotForSale(uint256 tokenId);
    error ShopOtherPrice(uint256 asked);
    error ShopCannotPay(address to, uint256 amount);

    /// @notice Offers a work for a price; zero takes the offer back. The shop must be approved to move it.
    function ask(IERC721 works, uint256 tokenId, uint256 price) external {
        askOf[works][tokenId][msg.sender] = price;
    }

    /// @notice Pays the price: the royalty to its receiver and the rest to the owner, who gives the work.
    function buy(IERC721 works, uint256 tokenId) external payable {
        address owner = works.ownerOf(tokenId);
        uint256 price = askOf[works][tokenId][owner];
        require(price != 0, ShopNotForSale(tokenId));
        require(msg.value == price, ShopOtherPrice(price));
        delete askOf[works][tokenId][owner];
        (address receiver, uint256 royalty) = IERC2981(address(works)).royaltyInfo(tokenId, price);

        works.transferFrom(owner, msg.sender, tokenId);
        _tell(works, tokenId, owner, price - royalty, receiver, royalty);
        _pay(owner, price - royalty);
        _pay(receiver, royalty);
    }

    function _pay(address to, uint256 amount) private {
        (bool success, ) = to.call{value: amount}("");
        require(success, ShopCannotPay(to, amount));
    }

    function _tell(
        IERC721 works,
        uint256 tokenId,
        address owner,
        uint256 proceeds,
        address receiver,
        uint256 royalty
    ) private {
        StandInSeaport.SpentItem[] memory offer = new StandInSeaport.SpentItem[](1);
        offer[0] = StandInSeaport.SpentItem(2, address(works), tokenId, 1);
        StandInSeaport.ReceivedItem[] memory consideration = new StandInSeaport.ReceivedItem[](2);
        consideration[0] = StandInSeaport.ReceivedItem(0, address(0), 0, proceeds, owner);
        consideration[1] = StandInSeaport.ReceivedItem(0, address(0), 0, royalty, receiver);
        bytes32 orderHash = keccak256(abi.encode(works, tokenId, owner, block.number));

        emit StandInSeaport.OrderFulfilled(orderHash, owner, address(0), msg.sender, offer, consideration);
    }
}
