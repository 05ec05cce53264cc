// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IAggregatorV3} from "../interfaces/vendors/IAggregatorV3.sol";

/// @title DevelopmentFeed
/// @notice Stands in for a vendor's feed on a development chain, where there is none: it says what anybody told it last, and so
/// is worth nothing. It refuses to be deployed on any other chain.
contract DevelopmentFeed is IAggregatorV3 {
    uint256 private constant DEVELOPMENT_CHAIN = 31_337;
    uint8 private constant DECIMALS = 8; // as most feeds have

    uint80 private _roundId;
    int256 private _answer;
    uint256 private _updatedAt;

    /// @notice This is no development chain.
    error DevelopmentFeedElsewhere(uint256 chainId);

    constructor() {
        require(block.chainid == DEVELOPMENT_CHAIN, DevelopmentFeedElsewhere(block.chainid));
    }

    /// @notice Says this from now on, as another round. Anybody may.
    /// @param answer The price, with 8 decimals.
    /// @param updatedAt Unix seconds.
    function tell(int256 answer, uint256 updatedAt) external {
        _roundId += 1;
        (_answer, _updatedAt) = (answer, updatedAt);
    }

    /// @inheritdoc IAggregatorV3
    function latestRoundData()
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound)
    {
        return (_roundId, _answer, _updatedAt, _updatedAt, _roundId);
    }

    /// @inheritdoc IAggregatorV3
    function decimals() external pure returns (uint8) {
        return DECIMALS;
    }

    /// @notice What every reader of a feed can see.
    function description() external pure returns (string memory text) {
        return "stand-in of a development chain: no market";
    }
}
