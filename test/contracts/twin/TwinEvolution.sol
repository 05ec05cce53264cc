// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ADMIN_ROLE, GUARDIAN_ROLE, PUBLISHER_ROLE} from "../../../contracts/access/Roles.sol";
import {IAttunement} from "../../../contracts/interfaces/IAttunement.sol";
import {IEpochs} from "../../../contracts/interfaces/IEpochs.sol";
import {IERC7160} from "../../../contracts/interfaces/IERC7160.sol";
import {IERC7496} from "../../../contracts/interfaces/IERC7496.sol";
import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {ICollection} from "../kit/ICollection.sol";
import {FreeOracle} from "../mocks/FreeOracle.sol";
import {TwinCourse} from "./TwinCourse.sol";

/// @title What happens to a collection that evolves, in a random course of everything else
contract TwinEvolution is TwinCourse {
    FreeOracle private immutable ORACLE;

    constructor(ICollection ours, ICollection twin) TwinCourse(ours, twin) {
        ORACLE = new FreeOracle();
    }

    function _evolveSome() internal override {
        uint256 choice = _next(12);
        if (choice < 1) _moveOracle();
        else if (choice < 5) _publish();
        else if (choice < 6) _takeBack();
        else if (choice < 9) _pinOne();
        else if (choice < 11) _turnOne();
        else _both(_caller(), abi.encodeCall(IERC7496.setTrait, (_someToken(), keccak256("epoch"), bytes32(0))));
    }

    function _moveOracle() private {
        address newOracle =
            _next(4) != 0
                ? address(ORACLE)
                : _next(2) == 0
                    ? STRANGER
                    : address(0);
        _both(_mostly(ADMIN_ROLE), abi.encodeCall(IEpochs.setOracle, (IMarketOracle(newOracle))));
    }

    /// @dev Mostly of the next round, accepted in an earlier block and covering everything.
    function _publish() private {
        if (address(TWIN.oracle()) != address(ORACLE) && _next(6) != 0) {
            _both(_mostly(ADMIN_ROLE), abi.encodeCall(IEpochs.setOracle, (IMarketOracle(address(ORACLE)))));
        }
        (, , uint256 lastRound) = TWIN.epochs();
        uint256 round = _next(8) == 0 ? lastRound : lastRound + 1 + _next(2);
        uint256 seals = TWIN.totals().seals;
        uint256 acceptedIn = _next(8) == 0 ? block.number : block.number - 1;
        if (_next(8) != 0) ORACLE.tell(round, acceptedIn, _next(6) == 0 ? _next(seals + 1) : seals);

        bytes32 root = _next(12) == 0 ? bytes32(0) : keccak256(abi.encode("epoch", round));
        _both(_mostly(PUBLISHER_ROLE), abi.encodeCall(IEpochs.evolve, (root, round)));
    }

    function _takeBack() private {
        (uint256 count, uint256 shown, ) = TWIN.epochs();
        uint256 epoch = _next(2) == 0 ? shown : _next(count + 2);
        address caller = _mostly(_next(2) == 0 ? GUARDIAN_ROLE : ADMIN_ROLE);
        _both(caller, abi.encodeCall(IEpochs.voidEpoch, (epoch)));
    }

    function _pinOne() private {
        _chooseToken();
        address caller = _next(6) == 0 ? _caller() : _holderOrCaller();
        (uint256 count, , ) = TWIN.epochs();
        if (_next(4) == 0) _both(caller, abi.encodeCall(IERC7160.unpinTokenURI, (_token)));
        else _both(caller, abi.encodeCall(IERC7160.pinTokenURI, (_token, _next(count + 1 + _next(2)))));
    }

    function _turnOne() private {
        _chooseToken();
        address caller = _next(6) == 0 ? _caller() : _holderOrCaller();
        uint256 act = _next(9);
        for (uint256 turns = _next(12); turns > 0; --turns) {
            _both(caller, abi.encodeCall(IAttunement.attune, (_token, act)));
        }
    }

    function _chooseToken() private {
        if (_next(8) != 0) _token = _someToken();
    }

    function _holderOrCaller() private returns (address holder) {
        holder = _ownerOrZero(_token);
        if (holder == address(0)) holder = _caller();
    }
}
