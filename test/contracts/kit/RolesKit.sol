// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopRoles} from "../../../contracts/interfaces/ILoopRoles.sol";
import {Kit} from "./Kit.sol";

/// @title Every job its own account
abstract contract RolesKit is Kit {
    uint48 internal constant ADMIN_DELAY = 2 days;

    address internal immutable ADMIN = _account("admin");
    address internal immutable OPERATOR = _account("operator");
    address internal immutable REGISTRAR = _account("registrar");
    address internal immutable GUARDIAN = _account("guardian");
    address internal immutable PARAMETERS = _account("parameter authority");
    address internal immutable PUBLISHER = _account("publisher");
    address internal immutable VOUCHER_SIGNER = _account("voucher signer");
    address internal immutable STRANGER = _account("stranger");

    function _jobs() internal view returns (ILoopRoles.Jobs memory) {
        return
            ILoopRoles.Jobs({
                admin: ADMIN,
                adminDelay: ADMIN_DELAY,
                operator: OPERATOR,
                registrar: REGISTRAR,
                guardian: GUARDIAN,
                parameterAuthority: PARAMETERS,
                publisher: PUBLISHER,
                voucherSigner: VOUCHER_SIGNER
            });
    }
}
