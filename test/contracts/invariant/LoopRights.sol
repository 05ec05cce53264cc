// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {
    ADMIN_ROLE,
    GUARDIAN_ROLE,
    OPERATOR_ROLE,
    PARAMETER_ROLE,
    PUBLISHER_ROLE,
    REGISTRAR_ROLE
} from "../../../contracts/access/Roles.sol";
import {ICollectionRoyalty} from "../../../contracts/interfaces/ICollectionRoyalty.sol";
import {ICreatorToken, ICreatorTokenLegacy} from "../../../contracts/interfaces/ICreatorToken.sol";
import {IDatasetRegistry} from "../../../contracts/interfaces/IDatasetRegistry.sol";
import {IEpochs} from "../../../contracts/interfaces/IEpochs.sol";
import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";
import {LoopRecipes} from "./LoopRecipes.sol";

/// @title What the jobs may move, and that nobody else may
abstract contract LoopRights is LoopRecipes {
    uint256 private constant MAX_ROYALTY_BPS = 1_000;

    function setRoyalty(uint256 receiver, uint256 bps) external counted {
        royaltyReceiverNote = _actor(receiver);
        royaltyBpsNote = bps % (MAX_ROYALTY_BPS + 1);

        vm.prank(PARAMETERS);
        COLLECTION.setRoyalty(royaltyReceiverNote, royaltyBpsNote);
        _worked();
    }

    function setTransferValidator(uint256 pick) external counted {
        _setValidator(pick % 2 == 0 ? address(VALIDATOR) : address(0));
        _worked();
    }

    function setForgeTerms(uint256 parents, uint256 pick) external counted {
        _setTerms(pick % 8 == 0 ? 0 : _bound(parents, 2, 4), pick);
        _worked();
    }

    function setWorksPerDay(uint256 limit) external counted {
        _setLimit(limit % 64);
        _worked();
    }

    function pause() external counted {
        vm.prank(GUARDIAN);
        COLLECTION.pause();
        pausedNote = true;
        _worked();
    }

    function wait(uint256 blocks, uint256 time) external counted {
        vm.roll(block.number + _bound(blocks, 1, 6));
        vm.warp(block.timestamp + _bound(time, 12, 4 hours));
        _worked();
    }

    /* MUST REVERT */

    function setBadlyMustRevert(uint256 bps) external counted {
        bps = _bound(bps, MAX_ROYALTY_BPS + 1, type(uint256).max - 1);
        bytes memory expected = abi.encodeWithSelector(
            ICollectionRoyalty.CollectionRoyaltyTooHigh.selector,
            bps,
            MAX_ROYALTY_BPS
        );
        _badly(abi.encodeCall(ICollectionRoyalty.setRoyalty, (STRANGER, bps)), expected, "16, royalty too high");
        _badly(abi.encodeCall(ICollectionRoyalty.offerRoyalty, (STRANGER, bps, true)), expected, "15, offer too high");
        expected = abi.encodeWithSelector(ICollectionRoyalty.CollectionRoyaltyReceiverMissing.selector);
        _badly(abi.encodeCall(ICollectionRoyalty.setRoyalty, (address(0), 1)), expected, "16, royalty to nobody");
        expected = abi.encodeWithSelector(ICreatorToken.CreatorTokenInvalidValidator.selector, STRANGER);
        _badly(abi.encodeCall(ICreatorTokenLegacy.setTransferValidator, (STRANGER)), expected, "22, no contract");
        expected = abi.encodeWithSelector(
            ILoopCollection.LoopCollectionWorksPerDayTooHigh.selector,
            1 << 24,
            (1 << 24) - 1
        );
        _badly(abi.encodeCall(ILoopCollection.setWorksPerDay, (1 << 24)), expected, "19, limit too high");
        _worked();
    }

    /// @dev 24: each privileged call, by an account that has another job or none.
    function doAnothersJobMustRevert(uint256 pick, uint256 caller) external counted {
        bytes[15] memory calls = [
            abi.encodeCall(ILoopCollection.open, (_actor(pick), recipes[0], 1, 0)),
            abi.encodeCall(ILoopCollection.pause, ()),
            abi.encodeCall(ILoopCollection.unpause, ()),
            abi.encodeCall(ILoopCollection.setOwner, (STRANGER)),
            abi.encodeCall(ILoopCollection.setContractURI, ("ipfs://other")),
            abi.encodeCall(ILoopCollection.setWorksPerDay, (1)),
            abi.encodeCall(ILoopCollection.setForgeTerms, (termsNote)),
            abi.encodeCall(ICollectionRoyalty.setRoyalty, (STRANGER, 1)),
            abi.encodeCall(ICreatorTokenLegacy.setTransferValidator, (address(0))),
            abi.encodeCall(IRecipeRegistry.register, (bytes32(pick))),
            abi.encodeCall(IEpochs.evolve, (bytes32(pick), pick)),
            abi.encodeCall(IEpochs.setOracle, (ORACLE)),
            abi.encodeCall(IMarketOracle.setAdapters, (STRANGER, address(0))),
            abi.encodeCall(IRecipeRegistry.registerWithDataset, (bytes32(pick), bytes32(pick))),
            abi.encodeCall(IDatasetRegistry.registerDataset, (bytes32(pick)))
        ];
        bytes32[15] memory roles = [
            OPERATOR_ROLE,
            GUARDIAN_ROLE,
            ADMIN_ROLE,
            ADMIN_ROLE,
            ADMIN_ROLE,
            PARAMETER_ROLE,
            PARAMETER_ROLE,
            PARAMETER_ROLE,
            PARAMETER_ROLE,
            REGISTRAR_ROLE,
            PUBLISHER_ROLE,
            ADMIN_ROLE,
            ADMIN_ROLE,
            REGISTRAR_ROLE,
            REGISTRAR_ROLE
        ];
        address[8] memory callers = [
            ADMIN,
            OPERATOR,
            REGISTRAR,
            GUARDIAN,
            PARAMETERS,
            PUBLISHER,
            VOUCHER_SIGNER,
            STRANGER
        ];
        uint256 which = pick % 15;
        address by = callers[caller % 8];
        if (IAccessControl(address(REGISTRY)).hasRole(roles[which], by)) by = STRANGER;

        _refused(
            which == 9 || which > 12
                ? address(REGISTRY)
                : which == 12
                    ? address(ORACLE)
                    : address(COLLECTION),
            by,
            calls[which],
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, by, roles[which]),
            "24, another's job"
        );
        _worked();
    }

    /* DOING */

    function _badly(bytes memory call, bytes memory expected, string memory reason) private {
        _refused(address(COLLECTION), PARAMETERS, call, expected, reason);
    }
}
