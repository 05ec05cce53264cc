// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

/// @notice Where a batch stands. The only transitions are None -> Open, Open -> Sealed and Open -> Abandoned.
/// @custom:value0 None Never opened.
/// @custom:value1 Open Count, recipe and conditions are fixed; the seed block is not yet proven and no token exists.
/// @custom:value2 Sealed The tokens exist and the root never changes again.
/// @custom:value3 Abandoned The window passed unsealed. No token will ever exist; the works can still be rebuilt and looked at.
enum BatchStatus {
    None,
    Open,
    Sealed,
    Abandoned
}
