// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;

import {IERC165} from "@openzeppelin/contracts/utils/introspection/IERC165.sol";
import {ERC165} from "@openzeppelin/contracts/utils/introspection/ERC165.sol";

import {IMarketAdapter} from "../interfaces/IMarketAdapter.sol";
import {IMarketOracle} from "../interfaces/IMarketOracle.sol";

/// @title MarketAdapter
/// @notice See {IMarketAdapter}: what every adapter has in common.
/// @dev The oracle is a contract of ours that calls nobody but its collection, by STATICCALL: it cannot enter again.
abstract contract MarketAdapter is IMarketAdapter, ERC165 {
    IMarketOracle public immutable ORACLE;

    constructor(IMarketOracle oracle) {
        // A call to an address without code cannot be caught, and deliveries must not revert.
        require(address(oracle).code.length != 0, MarketAdapterOracleMissing(address(oracle)));
        ORACLE = oracle;
    }

    /// @dev Reverts with what the oracle says.
    function _bring(bytes32 observation, bytes32 evidence) internal returns (uint256 round) {
        round = ORACLE.accept(observation);

        emit Brought(round, evidence);
    }

    /// @dev Never reverts, given gas: what the oracle refuses is dropped, and said.
    function _tryToBring(bytes32 observation, bytes32 evidence) internal {
        try ORACLE.accept(observation) returns (uint256 round) {
            emit Brought(round, evidence);
        } catch (bytes memory reason) {
            emit Discarded(evidence, reason);
        }
    }

    /// @inheritdoc IERC165
    function supportsInterface(
        bytes4 interfaceId
    ) public view virtual override(ERC165, IERC165) returns (bool supported) {
        return interfaceId == type(IMarketAdapter).interfaceId || super.supportsInterface(interfaceId);
    }
}
