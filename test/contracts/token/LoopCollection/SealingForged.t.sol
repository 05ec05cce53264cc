// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {OPERATOR_ROLE} from "../../../../contracts/access/Roles.sol";
import {IERC721Batch} from "../../../../contracts/interfaces/IERC721Batch.sol";
import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {IRecipeRegistry} from "../../../../contracts/interfaces/IRecipeRegistry.sol";
import {BatchStatus} from "../../../../contracts/types/BatchStatus.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {Vm} from "../../kit/Vm.sol";

// sealForged
// ├── when the caller is not the operator, the holder of the parents included
// │   └── it reverts
// ├── given the child was never opened, is sealed already, or is abandoned
// │   └── it reverts with the status
// ├── when the root is zero, the block hash is wrong, or it is too early or too late
// │   └── it reverts
// ├── given the recipe was revoked, or minting is paused
// │   └── it reverts
// ├── when the batch has no parents
// │   └── it reverts: {seal} is for those
// ├── when parents are too few, too many, wrong, another child's, free, or named twice
// │   └── it reverts, and nothing is burned
// └── when everything is in order
//     ├── it burns exactly the parents, in whatever order they are given
//     ├── it mints the child to the holder, with its root and the next ordinal
//     ├── it emits a Transfer for each parent, Sealed, and the child's Transfer, and nothing else
//     └── it counts one token minted and none promised
// seal
// └── when the batch has parents
//     └── it reverts
contract SealingForgedTest is ForgeKit {
    uint256 private constant CHILD = 3;

    function setUp() public override {
        super.setUp();
        _forge(ALICE, _first(1, 2));
    }

    /* GATES */

    function testFuzz_RevertWhen_CallerIsNotOperator(address caller) external {
        vm.assume(caller != OPERATOR);
        bytes32 blockHash = _seed(CHILD);
        _refuseCaller(caller, blockHash);
        _refuseCaller(ALICE, blockHash);
        _refuseCaller(ADMIN, blockHash);
    }

    function testFuzz_RevertGiven_ChildWasNeverOpened(uint256 child) external {
        vm.assume(child == 0 || child > CHILD);
        _refuseStatus(child, BatchStatus.None);
    }

    function test_RevertGiven_ChildIsSealed() external {
        _sealForged(CHILD, _first(1, 2));
        _refuseStatus(CHILD, BatchStatus.Sealed);
    }

    function test_RevertGiven_ChildIsAbandoned() external {
        _abandon(CHILD);
        _refuseStatus(CHILD, BatchStatus.Abandoned);
    }

    function test_RevertWhen_RootIsZero() external {
        bytes32 blockHash = _seed(CHILD);
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionRootMissing.selector, CHILD));
        vm.prank(OPERATOR);
        collection.sealForged(CHILD, 0, blockHash, _first(1, 2));
    }

    function testFuzz_RevertWhen_BlockHashIsWrong(bytes32 wrong) external {
        bytes32 blockHash = _seed(CHILD);
        vm.assume(wrong != blockHash);
        _refuse(
            wrong,
            abi.encodeWithSelector(ILoopCollection.LoopCollectionSeedHashMismatch.selector, CHILD, wrong, blockHash)
        );
    }

    function test_RevertWhen_TooEarlyOrTooLate() external {
        uint256 seedAt = collection.seedBlock(CHILD);
        vm.roll(seedAt);
        _refuse(0, abi.encodeWithSelector(ILoopCollection.LoopCollectionSealTooEarly.selector, CHILD, seedAt));
        vm.roll(seedAt + SEAL_WINDOW + 1);
        _refuse(
            0,
            abi.encodeWithSelector(ILoopCollection.LoopCollectionSealTooLate.selector, CHILD, seedAt + SEAL_WINDOW)
        );
    }

    function test_RevertGiven_RecipeWasRevoked() external {
        vm.prank(GUARDIAN);
        registry.revoke(CHILD_RECIPE);
        _refuse(_seed(CHILD), abi.encodeWithSelector(IRecipeRegistry.RecipeRegistryRevoked.selector, CHILD_RECIPE));
    }

    function test_RevertGiven_MintingIsPaused() external {
        vm.prank(GUARDIAN);
        collection.pause();
        _refuse(_seed(CHILD), abi.encodeWithSelector(ILoopCollection.LoopCollectionPaused.selector));
    }

    /* THE OTHER WAY */

    function test_RevertWhen_BatchHasNoParents() external {
        uint256 batch = _open(ALICE, 1);
        bytes32 blockHash = _seed(batch);
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionNotForged.selector, batch));
        vm.prank(OPERATOR);
        collection.sealForged(batch, _rootOf(batch), blockHash, new uint256[](0));
    }

    function test_RevertWhen_SealIsCalledForAChild() external {
        bytes32 blockHash = _seed(CHILD);
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionForged.selector, CHILD));
        vm.prank(OPERATOR);
        collection.seal(CHILD, _rootOf(CHILD), blockHash);
    }

    /* PARENTS */

    function testFuzz_RevertWhen_ParentsAreTooFewOrTooMany(uint256 given) external {
        given = _bound(given, 0, 10);
        vm.assume(given != 2);
        _refuse(
            _seed(CHILD),
            _first(1, given),
            abi.encodeWithSelector(ILoopCollection.LoopCollectionParentsMissing.selector, given, 2)
        );
    }

    function testFuzz_RevertWhen_AParentIsNotLockedForTheChild(uint256 tokenId, bool second) external {
        if (tokenId % 4 > 0) tokenId = _id(1 + (tokenId % 2), (tokenId >> 2) % 12); // often one that exists
        vm.assume(tokenId != _id(1, 0) && tokenId != _id(1, 1));
        _refuseParents(second ? _pair(_id(1, 0), tokenId) : _pair(tokenId, _id(1, 0)), tokenId);
    }

    function test_RevertWhen_AParentIsAnotherChilds() external {
        _forge(ALICE, _pair(_id(1, 2), _id(1, 3)));
        _refuseParents(_pair(_id(1, 0), _id(1, 3)), _id(1, 3));
        _refuseParents(_pair(_id(1, 3), _id(1, 0)), _id(1, 3));
    }

    function test_RevertWhen_AParentIsNamedTwice() external {
        _refuseParents(_pair(_id(1, 0), _id(1, 0)), _id(1, 0));
        _refuseParents(_pair(_id(1, 1), _id(1, 1)), _id(1, 1));
    }

    /* EFFECTS */

    function testFuzz_BurnsExactlyTheParentsInAnyOrder(uint256 count, uint256 turn) external {
        count = _bound(count, 2, 8);
        _setTerms(_terms(count));
        uint256[] memory parents = _first(2, count);
        uint256 child = _forge(BOB, parents);
        uint256[] memory turned = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) turned[i] = parents[(i + (turn % count)) % count];
        _sealForged(child, turned);

        for (uint256 i = 0; i < count; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, parents[i]));
            collection.ownerOf(parents[i]);
        }
        for (uint256 i = count; i < 10; ++i) vm.assertEq(collection.ownerOf(_id(2, i)), BOB, "the others stay");
        vm.assertEq(collection.balanceOf(BOB), 11 - count, "less the parents, and the child");
        vm.assertEq(collection.ownerOf(_id(child, 0)), BOB, "the child");
    }

    function test_BurnsParentsThatMovedBefore() external {
        vm.prank(BOB);
        collection.transferFrom(BOB, CAROL, _id(2, 4));
        vm.prank(BOB);
        collection.transferFrom(BOB, CAROL, _id(2, 5));
        uint256[] memory parents = _pair(_id(2, 4), _id(2, 5));
        uint256 child = _forge(CAROL, parents);
        _sealForged(child, parents);

        vm.assertEq(collection.balanceOf(CAROL), 1, "the child alone");
        vm.assertEq(collection.balanceOf(BOB), 8, "not the batch's recipient");
        vm.assertEq(collection.ownerOf(_id(child, 0)), CAROL, "the child");
    }

    function test_KeepsRootAndOrdinal() external {
        _sealForged(CHILD, _first(1, 2));
        ILoopCollection.Batch memory info = collection.batchOf(CHILD);
        ILoopCollection.Counts memory counts = collection.totals();

        vm.assertTrue(info.status == BatchStatus.Sealed, "sealed");
        vm.assertEq(info.root, _rootOf(CHILD), "root");
        vm.assertEq(info.sealOrdinal, 3, "ordinal");
        vm.assertEq(info.generation, 1, "generation");
        vm.assertEq(info.parents, 2, "parents");
        vm.assertEq(counts.minted, 21, "minted, the burned included");
        vm.assertEq(counts.reserved, 0, "nothing promised");
    }

    function test_EmitsTheBurnsTheSealAndTheMint() external {
        uint256[] memory parents = _pair(_id(1, 1), _id(1, 0));
        bytes32 blockHash = _seed(CHILD);
        vm.recordLogs();
        vm.prank(OPERATOR);
        collection.sealForged(CHILD, _rootOf(CHILD), blockHash, parents);
        Vm.Log[] memory logs = vm.getRecordedLogs();

        vm.assertEq(logs.length, 4, "four events");
        _isTransfer(logs[0], ALICE, address(0), parents[0]);
        _isTransfer(logs[1], ALICE, address(0), parents[1]);
        vm.assertEq(logs[2].topics[0], ILoopCollection.Sealed.selector, "Sealed");
        vm.assertEq(logs[2].topics[1], bytes32(CHILD), "child");
        vm.assertEq(logs[2].topics[2], CHILD_RECIPE, "recipe");
        vm.assertEq(logs[2].data, abi.encode(_rootOf(CHILD), blockHash, 3), "root, hash and ordinal");
        _isTransfer(logs[3], address(0), ALICE, _id(CHILD, 0));
    }

    /* HELPERS */

    function _isTransfer(Vm.Log memory log, address from, address to, uint256 tokenId) private pure {
        vm.assertEq(log.topics[0], IERC721.Transfer.selector, "Transfer");
        vm.assertEq(log.topics[1], bytes32(uint256(uint160(from))), "from");
        vm.assertEq(log.topics[2], bytes32(uint256(uint160(to))), "to");
        vm.assertEq(uint256(log.topics[3]), tokenId, "token");
    }

    function _refuseCaller(address caller, bytes32 blockHash) private {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, caller, OPERATOR_ROLE)
        );
        vm.prank(caller);
        collection.sealForged(CHILD, _rootOf(CHILD), blockHash, _first(1, 2));
    }

    function _refuseStatus(uint256 child, BatchStatus status) private {
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionBatchNotOpen.selector, child, status));
        vm.prank(OPERATOR);
        collection.sealForged(child, _rootOf(child), 0, _first(1, 2));
    }

    function _refuse(bytes32 blockHash, bytes memory refusal) private {
        _refuse(blockHash, _first(1, 2), refusal);
    }

    function _refuse(bytes32 blockHash, uint256[] memory parents, bytes memory refusal) private {
        vm.expectRevert(refusal);
        vm.prank(OPERATOR);
        collection.sealForged(CHILD, _rootOf(CHILD), blockHash, parents);
        vm.assertEq(collection.balanceOf(ALICE), 10, "nothing was burned");
    }

    function _refuseParents(uint256[] memory parents, uint256 wrong) private {
        _refuse(
            _seed(CHILD),
            parents,
            abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenNotLocked.selector, wrong, CHILD)
        );
    }
}
