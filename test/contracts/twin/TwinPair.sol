// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IAccessControlDefaultAdminRules} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";

import {
    ADMIN_ROLE,
    GUARDIAN_ROLE,
    OPERATOR_ROLE,
    PARAMETER_ROLE,
    PUBLISHER_ROLE,
    REGISTRAR_ROLE,
    VOUCHER_ROLE
} from "../../../contracts/access/Roles.sol";
import {ICollectionRoyalty} from "../../../contracts/interfaces/ICollectionRoyalty.sol";
import {IAttunement} from "../../../contracts/interfaces/IAttunement.sol";
import {ICreatorTokenLegacy} from "../../../contracts/interfaces/ICreatorToken.sol";
import {IDatasetRegistry} from "../../../contracts/interfaces/IDatasetRegistry.sol";
import {IEpochs} from "../../../contracts/interfaces/IEpochs.sol";
import {IERC7160} from "../../../contracts/interfaces/IERC7160.sol";
import {IERC721Batch} from "../../../contracts/interfaces/IERC721Batch.sol";
import {IERC7496} from "../../../contracts/interfaces/IERC7496.sol";
import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {ILoopRoles} from "../../../contracts/interfaces/ILoopRoles.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";
import {ITermsInForce} from "../../../contracts/interfaces/ITermsInForce.sol";
import {ICollection} from "../kit/ICollection.sol";
import {RolesKit} from "../kit/RolesKit.sol";
import {Vm} from "../kit/Vm.sol";

/// @title The contracts and their twins: the same call to both, and every answer, error, event and state held together
abstract contract TwinPair is RolesKit {
    ICollection internal immutable OURS;
    ICollection internal immutable TWIN;
    IRecipeRegistry internal immutable OUR_BOOK;
    IRecipeRegistry internal immutable TWIN_BOOK;

    address[] internal accounts; // all that ever call, or are called anything
    bytes32[] internal recipes; // registered ones and one that is not
    bytes32[] internal datasets; // registered ones
    mapping(uint256 child => uint256[]) internal parentsOf;
    uint256 public calls;
    uint256 public successes;

    bytes32[7] private _roles = [
        ADMIN_ROLE,
        OPERATOR_ROLE,
        REGISTRAR_ROLE,
        GUARDIAN_ROLE,
        PARAMETER_ROLE,
        PUBLISHER_ROLE,
        VOUCHER_ROLE
    ];

    bytes32[5] private _traits = [
        keccak256("epoch"),
        keccak256("generation"),
        keccak256("batch"),
        keccak256("attunement"),
        keccak256("palette")
    ];

    constructor(ICollection ours, ICollection twin) {
        OURS = ours;
        TWIN = twin;
        OUR_BOOK = ours.REGISTRY();
        TWIN_BOOK = twin.REGISTRY();
    }

    /* CALLING */

    function _both(address caller, bytes memory call) internal returns (bool success, bytes memory answer) {
        return _call(address(OURS), address(TWIN), caller, call);
    }

    function _bothBooks(address caller, bytes memory call) internal returns (bool success, bytes memory answer) {
        return _call(address(OUR_BOOK), address(TWIN_BOOK), caller, call);
    }

    function _call(
        address ours,
        address twin,
        address caller,
        bytes memory call
    ) private returns (bool success, bytes memory answer) {
        vm.recordLogs();
        vm.prank(caller);
        (success, answer) = ours.call(call);
        Vm.Log[] memory logs = vm.getRecordedLogs();

        vm.recordLogs();
        vm.prank(caller);
        (bool expected, bytes memory expectedAnswer) = twin.call(call);
        Vm.Log[] memory expectedLogs = vm.getRecordedLogs();

        string memory name = vm.toString(call);
        _same(success == expected, "success or revert", name);
        if (keccak256(answer) != keccak256(expectedAnswer)) vm.assertEq(answer, expectedAnswer, name);
        calls += 1;
        if (!success) return (success, answer); // the runner also records what a reverted call emitted

        successes += 1;
        _same(logs.length == expectedLogs.length, "number of events", name);
        for (uint256 i = 0; i < logs.length; ++i) {
            bytes32 emitted = keccak256(abi.encode(logs[i].topics, logs[i].data));
            _same(emitted == keccak256(abi.encode(expectedLogs[i].topics, expectedLogs[i].data)), "event", name);
        }
    }

    /* STATE */

    /// @dev What is one of a kind, and the balances.
    function _compareWhole() internal view {
        _view(abi.encodeCall(ILoopCollection.totals, ()));
        _view(abi.encodeCall(ILoopCollection.limits, ()));
        _view(abi.encodeCall(ILoopCollection.forgeTerms, ()));
        _view(abi.encodeCall(ITermsInForce.termsInForce, ()));
        _view(abi.encodeCall(ICreatorTokenLegacy.getTransferValidator, ()));
        _view(abi.encodeCall(IEpochs.epochs, ()));
        _view(abi.encodeCall(IEpochs.oracle, ()));
        _view(abi.encodeWithSignature("owner()"));
        _view(abi.encodeWithSignature("contractURI()"));
        _viewBook(abi.encodeCall(IRecipeRegistry.count, ()));
        _viewBook(abi.encodeCall(IDatasetRegistry.totalDatasets, ()));
        _viewBook(abi.encodeWithSignature("owner()"));
        _viewBook(abi.encodeCall(IAccessControlDefaultAdminRules.defaultAdmin, ()));
        _viewBook(abi.encodeCall(IAccessControlDefaultAdminRules.pendingDefaultAdmin, ()));
        _viewBook(abi.encodeCall(IAccessControlDefaultAdminRules.defaultAdminDelay, ()));
        _viewBook(abi.encodeCall(IAccessControlDefaultAdminRules.pendingDefaultAdminDelay, ()));
        for (uint256 i = 0; i < accounts.length; ++i) _view(abi.encodeCall(IERC721.balanceOf, (accounts[i])));
    }

    function _compareBatch(uint256 batch) internal view {
        _view(abi.encodeCall(ILoopCollection.batchOf, (batch)));
        _view(abi.encodeCall(ILoopCollection.seedBlock, (batch)));
        _view(abi.encodeCall(ILoopCollection.sealDeadline, (batch)));
    }

    function _compareToken(uint256 tokenId) internal view {
        _view(abi.encodeCall(IERC721.ownerOf, (tokenId)));
        _view(abi.encodeCall(IERC721.getApproved, (tokenId)));
        _view(abi.encodeCall(IERC721Batch.lockOf, (tokenId)));
        _view(abi.encodeCall(IEpochs.epochOf, (tokenId)));
        _view(abi.encodeCall(IERC7160.hasPinnedTokenURI, (tokenId)));
        _view(abi.encodeCall(IAttunement.attunementOf, (tokenId)));
        _view(abi.encodeCall(IERC2981.royaltyInfo, (tokenId, uint256(keccak256(abi.encode(tokenId))))));
    }

    /// @dev What it shows and could show, and its traits: the last one is none.
    function _compareURIs(uint256 tokenId) private view {
        (uint256 count, , ) = TWIN.epochs();
        _view(abi.encodeCall(IERC721Metadata.tokenURI, (tokenId)));
        _view(abi.encodeCall(IERC7160.tokenURIs, (tokenId)));
        _view(abi.encodeCall(IEpochs.tokenURIAt, (tokenId, tokenId % (count + 2))));
        for (uint256 i = 0; i < 5; ++i) _view(abi.encodeCall(IERC7496.getTraitValue, (tokenId, _traits[i])));
    }

    function _compareAccount(address account) internal view {
        for (uint256 i = 0; i < 7; ++i) {
            _viewBook(abi.encodeCall(IAccessControl.hasRole, (_roles[i], account)));
            _viewBook(abi.encodeCall(ILoopRoles.isOffered, (_roles[i], account)));
            _viewBook(abi.encodeCall(ILoopRoles.requireRole, (_roles[i], account)));
        }
    }

    function _compareAll(uint256 lastBatch, uint256 tokensPerBatch) internal view {
        _compareWhole();
        for (uint256 batch = 0; batch <= lastBatch + 1; ++batch) {
            _compareBatch(batch);
            for (uint256 i = 0; i <= tokensPerBatch; ++i) {
                _compareToken(batch * 1_000_000 + i);
                _compareURIs(batch * 1_000_000 + i);
            }
        }
        (uint256 count, , ) = TWIN.epochs();
        for (uint256 epoch = 0; epoch <= count + 1; ++epoch) _view(abi.encodeCall(IEpochs.epochAt, (epoch)));
        for (uint256 i = 0; i < accounts.length; ++i) {
            _compareAccount(accounts[i]);
            for (uint256 j = 0; j < accounts.length; ++j) {
                _view(abi.encodeCall(IERC721.isApprovedForAll, (accounts[i], accounts[j])));
            }
        }
        for (uint256 i = 0; i < recipes.length; ++i) {
            _viewBook(abi.encodeCall(IRecipeRegistry.numberOf, (recipes[i])));
            _viewBook(abi.encodeCall(IRecipeRegistry.isRevoked, (recipes[i])));
            _viewBook(abi.encodeCall(IRecipeRegistry.requireActive, (recipes[i])));
            _viewBook(abi.encodeCall(IRecipeRegistry.recipeAt, (i)));
            _viewBook(abi.encodeCall(IRecipeRegistry.requireActiveAt, (i)));
            _viewBook(abi.encodeCall(IRecipeRegistry.list, (i, i + 2)));
            _viewBook(abi.encodeCall(IRecipeRegistry.datasetOf, (recipes[i])));
            _viewBook(abi.encodeCall(IDatasetRegistry.listDatasets, (i, i + 2)));
            _viewBook(abi.encodeCall(IDatasetRegistry.isDatasetRevoked, (recipes[i]))); // which is none's root
        }
        for (uint256 i = 0; i < datasets.length; ++i) {
            _viewBook(abi.encodeCall(IDatasetRegistry.isDatasetRevoked, (datasets[i])));
        }
        bytes4[6] memory ids = [bytes4(0x01ffc9a7), 0x80ac58cd, 0x49064906, 0xad0d7f6c, 0x06e1bc5b, 0xaf332f3e];
        for (uint256 i = 0; i < 6; ++i) _view(abi.encodeWithSignature("supportsInterface(bytes4)", ids[i]));
    }

    function _view(bytes memory call) private view {
        _compareViews(address(OURS), address(TWIN), call);
    }

    function _viewBook(bytes memory call) private view {
        _compareViews(address(OUR_BOOK), address(TWIN_BOOK), call);
    }

    function _compareViews(address ours, address twin, bytes memory call) private view {
        (bool success, bytes memory answer) = ours.staticcall(call);
        (bool expected, bytes memory expectedAnswer) = twin.staticcall(call);
        if (success == expected && keccak256(answer) == keccak256(expectedAnswer)) return;

        _same(success == expected, "success or revert of a view", vm.toString(call));
        vm.assertEq(answer, expectedAnswer, vm.toString(call));
    }

    function _same(bool condition, string memory what, string memory call) private pure {
        if (!condition) vm.assertTrue(false, string.concat("Not as the twin: ", what, " of ", call));
    }

    /* ROLES */

    function _role(uint256 pick) internal view returns (bytes32) {
        return _roles[pick % 7];
    }

    function _holderOf(bytes32 role) internal view returns (address) {
        for (uint256 i = 0; i < accounts.length; ++i) {
            if (IAccessControl(address(TWIN_BOOK)).hasRole(role, accounts[i])) return accounts[i];
        }
        return STRANGER;
    }
}
