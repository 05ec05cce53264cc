// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

// Who receives which share of a sale.
//
//   bit 255 176 175   160 159                  0
//       +------+---------+---------------------+
//       |  0   |   bps   |      receiver       |
//       +------+---------+---------------------+
//         80     16        160
type Royalty is uint256;

using RoyaltyLib for Royalty global;

/// @title Reading and writing a royalty
library RoyaltyLib {
    uint256 private constant RECEIVERS = 2 ** 160;
    uint256 private constant WHOLE = 10_000; // bps

    /// @dev The caller has bounded `bps_` to 16 bits.
    function pack(address receiver_, uint256 bps_) internal pure returns (Royalty) {
        return Royalty.wrap(uint160(receiver_) + bps_ * RECEIVERS);
    }

    function isSet(Royalty royalty) internal pure returns (bool) {
        return Royalty.unwrap(royalty) != 0;
    }

    function receiver(Royalty royalty) internal pure returns (address) {
        return address(uint160(Royalty.unwrap(royalty) % RECEIVERS));
    }

    function bps(Royalty royalty) internal pure returns (uint256) {
        return Royalty.unwrap(royalty) / RECEIVERS;
    }

    /// @dev The share of a price, rounded down. Splitting the price first keeps the product inside 256 bits for every
    /// price there is, and changes nothing: price = whole * 10,000 + rest, and the first part needs no rounding.
    function shareOf(Royalty royalty, uint256 price) internal pure returns (uint256) {
        return amount(price, royalty.bps());
    }

    /// @dev floor(price * bps / 10,000) for `bps_` up to 10,000.
    function amount(uint256 price, uint256 bps_) internal pure returns (uint256) {
        return (price / WHOLE) * bps_ + ((price % WHOLE) * bps_) / WHOLE;
    }
}
