// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IAccessControlDefaultAdminRules} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {
    ADMIN_ROLE,
    GUARDIAN_ROLE,
    OPERATOR_ROLE,
    PARAMETER_ROLE,
    REGISTRAR_ROLE
} from "../../../contracts/access/Roles.sol";
import {ICollectionRoyalty} from "../../../contracts/interfaces/ICollectionRoyalty.sol";
import {ICreatorTokenLegacy, ITransferValidator} from "../../../contracts/interfaces/ICreatorToken.sol";
import {IDatasetRegistry} from "../../../contracts/interfaces/IDatasetRegistry.sol";
import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {ILoopRoles} from "../../../contracts/interfaces/ILoopRoles.sol";
import {IRecipeRegistry} from "../../../contracts/interfaces/IRecipeRegistry.sol";
import {BatchStatus} from "../../../contracts/types/BatchStatus.sol";
import {ITermsInForce} from "../../../contracts/interfaces/ITermsInForce.sol";
import {ICollection} from "../kit/ICollection.sol";
import {AcceptingReceiver, RefusingReceiver} from "../kit/Receivers.sol";
import {TwinPair} from "./TwinPair.sol";

/// @title Lets every third token stay where it is
contract ThirdValidator is ITransferValidator {
    error ThirdTokenStays(address caller, address from, address to, uint256 tokenId);

    function validateTransfer(address caller, address from, address to, uint256 tokenId) external pure {
        require(tokenId % 3 != 0, ThirdTokenStays(caller, from, to, tokenId));
    }
}

/// @title A random course of calls, right ones and wrong ones
/// @dev What must be right for a call to succeed is right most of the time, each part by its own throw: so that courses go
/// far, and fail at every place.
abstract contract TwinCourse is TwinPair {
    uint256 private constant TOKENS = 4; // at most, in a batch
    uint256 private constant WHOLE_EVERY = 16; // steps

    address private immutable VALIDATOR;
    uint256 private _state;
    uint256 private _batches;
    uint256 private _batch; // touched last
    uint256 internal _token;
    address private _who;

    constructor(ICollection ours, ICollection twin) TwinPair(ours, twin) {
        VALIDATOR = address(new ThirdValidator());
        address[7] memory holders = [ADMIN, OPERATOR, REGISTRAR, GUARDIAN, PARAMETERS, PUBLISHER, VOUCHER_SIGNER];
        for (uint256 i = 0; i < 7; ++i) accounts.push(holders[i]);
        accounts.push(STRANGER);
        accounts.push(address(0)); // only ever a counterparty
        accounts.push(_account("alice"));
        accounts.push(_account("bob"));
        accounts.push(address(new AcceptingReceiver()));
        accounts.push(address(new RefusingReceiver()));
        recipes.push(keccak256("never registered"));
    }

    function run(uint256 seed, uint256 steps) external {
        _state = seed;
        _register(keccak256("first"), 0);
        _registerDataset(keccak256(abi.encode("dataset", 0)));
        _register(keccak256("tuned"), keccak256(abi.encode("dataset", 0)));
        for (uint256 i = 0; i < 3; ++i) _openOne();

        for (uint256 step = 1; step <= steps; ++step) {
            _batch = _next(_batches + 2);
            _token = _batch * 1_000_000 + _next(TOKENS + 1);
            _who = _anyone();
            _step(_next(54));

            _compareWhole();
            _compareBatch(_batch);
            _compareToken(_token);
            _compareAccount(_who);
            if (step % WHOLE_EVERY == 0) _compareAll(_batches, TOKENS);
        }
        _compareAll(_batches, TOKENS);
    }

    /* STEPS */

    function _step(uint256 choice) private {
        if (choice < 8) _openOne();
        else if (choice < 19) _sealOne();
        else if (choice < 21) _abandonOne();
        else if (choice < 25) _forgeOne();
        else if (choice < 33) _moveOne();
        else if (choice < 36) _moveParameter();
        else if (choice < 38) _moveJob();
        else if (choice < 39) _moveAdmin();
        else if (choice < 40) _moveRecipe();
        else if (choice < 42) _wait();
        else _evolveSome();
    }

    function _evolveSome() internal virtual;

    function _openOne() private {
        address caller = _mostly(OPERATOR_ROLE);
        address to = _anyone();
        bytes32 recipe = _someRecipe();
        uint256 count = _next(12) == 0 ? _next(6_000) : 1 + _next(TOKENS);
        bytes32 conditions = _mostlyInForce(bytes32(_next(8) == 0 ? _next(256) : _next(16)));
        bool success;
        if (_next(3) == 0) {
            uint256 bps = _next(8) == 0 ? 1_000 + _next(3) : 100 * _next(3);
            address receiver = accounts[_next(8) == 0 ? 8 : 9];
            if (_next(4) != 0) {
                address by = _mostly(PARAMETER_ROLE);
                _both(by, abi.encodeCall(ICollectionRoyalty.offerRoyalty, (receiver, bps, true)));
            }
            (success, ) = _both(
                caller,
                abi.encodeCall(ILoopCollection.openWithRoyalty, (to, recipe, count, conditions, receiver, bps))
            );
        } else {
            (success, ) = _both(caller, abi.encodeCall(ILoopCollection.open, (to, recipe, count, conditions)));
        }
        if (success) _batch = ++_batches;
    }

    function _sealOne() private {
        _findOpen();
        bytes32 blockHash = _seedHash();
        bytes32 root = _next(12) == 0 ? bytes32(0) : keccak256(abi.encode(_batch, "root"));
        address caller = _mostly(OPERATOR_ROLE);
        if ((parentsOf[_batch].length != 0) == (_next(8) != 0)) {
            uint256[] memory parents = parentsOf[_batch];
            if (_next(6) == 0) parents = new uint256[](_next(4));
            if (parents.length != 0 && _next(4) == 0) parents[_next(parents.length)] = _someToken();
            _both(caller, abi.encodeCall(ILoopCollection.sealForged, (_batch, root, blockHash, parents)));
        } else {
            _both(caller, abi.encodeCall(ILoopCollection.seal, (_batch, root, blockHash)));
        }
        _token = _batch * 1_000_000;
    }

    function _abandonOne() private {
        _findOpen();
        if (TWIN.batchOf(_batch).status == BatchStatus.Open && _next(2) == 0) {
            uint256 last = TWIN.sealDeadline(_batch);
            if (block.number <= last) vm.roll(last + _next(3));
        }
        _both(_caller(), abi.encodeCall(ILoopCollection.abandon, (_batch)));
    }

    /// @dev Mostly touches a batch that is still open.
    function _findOpen() private {
        if (_next(8) == 0) return;
        for (uint256 i = 0; i < _batches && TWIN.batchOf(_batch).status != BatchStatus.Open; ++i) {
            _batch = (_batch % _batches) + 1;
        }
    }

    /// @dev Mostly waits for the seed block and gives it a hash.
    function _seedHash() private returns (bytes32 blockHash) {
        if (TWIN.batchOf(_batch).status != BatchStatus.Open) return 0;
        uint256 seedBlock = TWIN.seedBlock(_batch);
        if (block.number <= seedBlock && _next(8) != 0) vm.roll(seedBlock + 1);
        blockHash = keccak256(abi.encode("seed block", seedBlock));
        if (block.number > seedBlock && block.number - seedBlock <= 256) vm.setBlockhash(seedBlock, blockHash);
        if (_next(10) == 0) blockHash = bytes32(_next(2));
    }

    function _forgeOne() private {
        ILoopCollection.ForgeTerms memory terms = TWIN.forgeTerms();
        if (terms.parents == 0 && _next(4) != 0) {
            terms = ILoopCollection.ForgeTerms(_someRecipe(), bytes32(_next(16)), 2);
            _both(_mostly(PARAMETER_ROLE), abi.encodeCall(ILoopCollection.setForgeTerms, (terms)));
            terms = TWIN.forgeTerms();
        }
        _token = _someToken();
        address holder = _ownerOrZero(_token);
        if (holder == address(0)) holder = _caller();

        uint256[] memory parents = new uint256[](terms.parents);
        uint256 found = 0;
        uint256 start = _next(_batches);
        for (uint256 i = 0; i < _batches * TOKENS && found < parents.length; ++i) {
            uint256 tokenId = (1 + ((start + i / TOKENS) % _batches)) * 1_000_000 + (i % TOKENS);
            if (_ownerOrZero(tokenId) == holder && TWIN.lockOf(tokenId) == 0) parents[found++] = tokenId;
        }
        if (parents.length != 0 && _next(5) == 0) parents[_next(parents.length)] = _someToken();
        if (_next(12) == 0) parents = new uint256[](_next(4));
        if (_next(12) == 0) terms.conditions ^= bytes32(uint256(1));
        if (_next(10) == 0) holder = _caller();
        (bool success, ) = _both(holder, abi.encodeCall(ILoopCollection.forge, (parents, terms)));
        if (!success) return;
        _batch = ++_batches;
        parentsOf[_batch] = parents;
        if (_next(4) != 0) _sealOne(); // so that children become parents
    }

    function _moveOne() private {
        if (_next(4) != 0) _token = _someToken();
        address owner = _ownerOrZero(_token);
        address from = _next(6) == 0 || owner == address(0) ? _anyone() : owner;
        address caller = _next(4) == 0 || owner == address(0) ? _caller() : owner;
        address to = _anyone();
        uint256 choice = _next(8);
        if (choice < 3) {
            _both(caller, abi.encodeCall(IERC721.transferFrom, (from, to, _token)));
        } else if (choice < 4) {
            _both(caller, abi.encodeWithSignature("safeTransferFrom(address,address,uint256)", from, to, _token));
        } else if (choice < 5) {
            _both(caller, abi.encodeCall(ILoopCollection.burn, (_token)));
        } else if (choice < 7) {
            _both(caller, abi.encodeCall(IERC721.approve, (to, _token)));
        } else {
            _both(caller, abi.encodeCall(IERC721.setApprovalForAll, (to, _next(2) == 0)));
        }
    }

    function _moveParameter() private {
        address caller = _mostly(PARAMETER_ROLE);
        address receiver = accounts[7 + _next(4)];
        uint256 bps = _next(6) == 0 ? 1_000 + _next(3) : 100 * _next(3);
        uint256 choice = _next(10);
        if (choice < 1) _both(caller, abi.encodeCall(ICollectionRoyalty.setRoyalty, (receiver, bps)));
        else if (choice < 4) {
            _both(caller, abi.encodeCall(ICollectionRoyalty.offerRoyalty, (receiver, bps, _next(4) != 0)));
        } else if (choice < 5) {
            address validator =
                _next(3) == 0
                    ? address(0)
                    : _next(4) == 0
                        ? STRANGER
                        : VALIDATOR;
            _both(caller, abi.encodeCall(ICreatorTokenLegacy.setTransferValidator, (validator)));
        } else if (choice < 6) {
            uint256 limit = _next(4) == 0 ? (1 << 24) - 1 + _next(3) : _next(40);
            _both(caller, abi.encodeCall(ILoopCollection.setWorksPerDay, (limit)));
        } else if (choice < 7) {
            ILoopCollection.ForgeTerms memory terms = ILoopCollection.ForgeTerms(
                recipes[_next(recipes.length)],
                _mostlyInForce(bytes32(_next(20))),
                _next(6) == 0 ? _next(18) : 2 + _next(2)
            );
            _both(caller, abi.encodeCall(ILoopCollection.setForgeTerms, (terms)));
        } else if (choice < 8) {
            (uint16 guard, uint16 odds) = (uint16(_next(3)), uint16(_next(2)));
            _both(caller, abi.encodeCall(ITermsInForce.setTermsInForce, (guard, odds, uint32(_next(3) * 30))));
        } else if (choice < 9) {
            bool stop = _next(3) == 0;
            caller = _mostly(stop ? GUARDIAN_ROLE : ADMIN_ROLE);
            _both(
                caller,
                stop ? abi.encodeCall(ILoopCollection.pause, ()) : abi.encodeCall(ILoopCollection.unpause, ())
            );
        } else if (_next(2) == 0) {
            _both(_mostly(ADMIN_ROLE), abi.encodeCall(ILoopCollection.setOwner, (_who)));
        } else {
            _both(_mostly(ADMIN_ROLE), abi.encodeCall(ILoopCollection.setContractURI, (vm.toString(_token))));
        }
    }

    /// @dev With the parameters in force, but for one in twelve.
    function _mostlyInForce(bytes32 conditions) private returns (bytes32) {
        ITermsInForce.TermsInForce memory terms = OURS.termsInForce();
        if (_next(12) == 0) return conditions;
        return conditions | bytes32((uint256(terms.guardThreshold) << 24) | (uint256(terms.oddsSensitivity) << 8));
    }

    function _moveJob() private {
        bytes32 role = _next(10) == 0 ? bytes32(_next(2)) : _role(_next(7));
        uint256 choice = _next(8);
        if (choice < 4) {
            _bothBooks(_mostly(ADMIN_ROLE), abi.encodeCall(IAccessControl.grantRole, (role, _who)));
            if (_who != address(0) && _next(3) != 0) {
                _bothBooks(_who, abi.encodeCall(ILoopRoles.acceptRole, (role)));
            }
        } else if (choice < 6) {
            // Mostly somebody without a job that the course lives on: offers are withdrawn more often than jobs.
            address who = _next(3) == 0 ? _holderOf(role) : _who;
            _bothBooks(_mostly(ADMIN_ROLE), abi.encodeCall(IAccessControl.revokeRole, (role, who)));
            if (who == address(0)) return;
            // Whoever lost a job may be offered another one.
            role = _role(_next(7));
            _bothBooks(_mostly(ADMIN_ROLE), abi.encodeCall(IAccessControl.grantRole, (role, who)));
            _bothBooks(who, abi.encodeCall(ILoopRoles.acceptRole, (role)));
        } else if (choice < 7) {
            address who = _next(2) == 0 ? _caller() : _holderOf(role);
            address confirmed = _next(4) == 0 ? _who : who;
            _bothBooks(who, abi.encodeCall(IAccessControl.renounceRole, (role, confirmed)));
        } else {
            _bothBooks(_caller(), abi.encodeCall(ILoopRoles.acceptRole, (role)));
        }
    }

    function _moveAdmin() private {
        address admin = _mostly(ADMIN_ROLE);
        uint256 choice = _next(8);
        if (choice < 4) {
            _bothBooks(admin, abi.encodeCall(IAccessControlDefaultAdminRules.beginDefaultAdminTransfer, (_who)));
            if (_next(2) == 0) vm.warp(block.timestamp + _next(6 days));
            if (_who == address(0)) return;
            _bothBooks(_who, abi.encodeCall(IAccessControlDefaultAdminRules.acceptDefaultAdminTransfer, ()));
        } else if (choice < 5) {
            _bothBooks(admin, abi.encodeCall(IAccessControlDefaultAdminRules.cancelDefaultAdminTransfer, ()));
        } else if (choice < 7) {
            uint48 delay = uint48(_next(8 days));
            _bothBooks(admin, abi.encodeCall(IAccessControlDefaultAdminRules.changeDefaultAdminDelay, (delay)));
        } else {
            _bothBooks(admin, abi.encodeCall(IAccessControlDefaultAdminRules.rollbackDefaultAdminDelay, ()));
        }
    }

    function _moveRecipe() private {
        uint256 choice = _next(12);
        if (choice < 6) {
            bytes32 recipe = _next(6) == 0 ? bytes32(0) : keccak256(abi.encode(_next(8)));
            _register(recipe, _next(2) == 0 ? bytes32(0) : _someDataset());
        } else if (choice < 8) {
            _registerDataset(_someDataset());
        } else {
            address caller = _mostly(_next(2) == 0 ? GUARDIAN_ROLE : REGISTRAR_ROLE);
            bytes memory call =
                choice < 9
                    ? abi.encodeCall(IDatasetRegistry.revokeDataset, (_someDataset()))
                    : abi.encodeCall(IRecipeRegistry.revoke, (recipes[_next(recipes.length)]));
            _bothBooks(caller, call);
        }
    }

    function _registerDataset(bytes32 root) private {
        bytes memory call = abi.encodeCall(IDatasetRegistry.registerDataset, (root));
        (bool success, ) = _bothBooks(_mostly(REGISTRAR_ROLE), call);
        if (success) datasets.push(root);
    }

    /// @dev Of no dataset where that is zero.
    function _register(bytes32 recipe, bytes32 dataset) private {
        bytes memory call =
            dataset == bytes32(0)
                ? abi.encodeCall(IRecipeRegistry.register, (recipe))
                : abi.encodeCall(IRecipeRegistry.registerWithDataset, (recipe, dataset));
        (bool success, ) = _bothBooks(_mostly(REGISTRAR_ROLE), call);
        if (success) recipes.push(recipe);
    }

    /// @dev One of a few, registered or not; now and then none.
    function _someDataset() private returns (bytes32) {
        if (_next(16) == 0) return bytes32(0);
        if (datasets.length != 0 && _next(6) != 0) return datasets[_next(datasets.length)];
        return keccak256(abi.encode("dataset", _next(4)));
    }

    function _wait() private {
        vm.roll(block.number + 1 + _next(6));
        vm.warp(block.timestamp + _next(12 hours));
    }

    /* CHOOSING */

    /// @dev The account that has the job, or now and then any.
    function _mostly(bytes32 role) internal returns (address) {
        if (_next(10) == 0) return _caller();
        address holder = _holderOf(role);
        if (holder != STRANGER || role == ADMIN_ROLE || _next(4) == 0) return holder;

        holder = accounts[7 + _next(accounts.length - 7)]; // the job is free: somebody is offered it
        _bothBooks(_holderOf(ADMIN_ROLE), abi.encodeCall(IAccessControl.grantRole, (role, holder)));
        if (holder == address(0)) return STRANGER;
        _bothBooks(holder, abi.encodeCall(ILoopRoles.acceptRole, (role)));
        return holder;
    }

    /// @dev Mostly a registered one.
    function _someRecipe() private returns (bytes32) {
        return recipes[_next(12) == 0 || recipes.length == 1 ? 0 : 1 + _next(recipes.length - 1)];
    }

    function _anyone() internal returns (address) {
        return accounts[_next(accounts.length)];
    }

    function _caller() internal returns (address caller) {
        caller = _anyone();
        if (caller == address(0)) caller = STRANGER;
    }

    /// @dev A token that lives, if one is found quickly.
    function _someToken() internal returns (uint256 tokenId) {
        for (uint256 i = 0; i < 8; ++i) {
            tokenId = (1 + _next(_batches)) * 1_000_000 + _next(TOKENS);
            if (_ownerOrZero(tokenId) != address(0)) return tokenId;
        }
    }

    function _ownerOrZero(uint256 tokenId) internal view returns (address) {
        (bool exists, bytes memory answer) = address(TWIN).staticcall(abi.encodeCall(IERC721.ownerOf, (tokenId)));
        return exists ? abi.decode(answer, (address)) : address(0);
    }

    function _next(uint256 below) internal returns (uint256) {
        _state = uint256(keccak256(abi.encode(_state)));
        return below == 0 ? 0 : _state % below;
    }
}
