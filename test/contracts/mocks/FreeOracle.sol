// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";

/// @title An oracle that says whatever it is told to
/// @dev For what the real one never says, and for courses that need rounds without observations.
contract FreeOracle {
    struct Answer {
        uint256 blockNumber;
        uint256 seals;
    }

    mapping(uint256 round => Answer) private _answers;

    function tell(uint256 round, uint256 blockNumber, uint256 seals) external {
        _answers[round] = Answer(blockNumber, seals);
    }

    function acceptedAt(uint256 round) external view returns (uint256 blockNumber, uint256 seals) {
        Answer memory answer = _answers[round];
        require(answer.blockNumber != 0, IMarketOracle.MarketOracleUnknownRound(round));
        return (answer.blockNumber, answer.seals);
    }
}
