// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ITransferValidator} from "../../../contracts/interfaces/ICreatorToken.sol";

/// @title Refuses one kind of move through a wrapper, or none
/// @dev 1: into it. 2: out of it. 3: out of it, to contracts. 4: whatever the wrapper moves, as a list of marketplaces' operators does.
contract PickyValidator is ITransferValidator {
    address private immutable WRAPPER;
    uint256 private immutable REFUSED;

    constructor(address wrapper, uint256 refused) {
        (WRAPPER, REFUSED) = (wrapper, refused);
    }

    function validateTransfer(address caller, address from, address to, uint256) external view {
        bool wraps = to == WRAPPER;
        bool unwraps = from == WRAPPER;
        require(REFUSED != 1 || !wraps, "not into the wrapper");
        require(REFUSED != 2 || !unwraps, "not out of the wrapper");
        require(REFUSED != 3 || !unwraps || to.code.length == 0, "not to contracts");
        require(REFUSED != 4 || caller != WRAPPER, "not by the wrapper");
    }
}
