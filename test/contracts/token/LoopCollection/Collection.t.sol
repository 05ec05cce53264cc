// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";
import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Metadata} from "@openzeppelin/contracts/token/ERC721/extensions/IERC721Metadata.sol";

import {IERC7572} from "../../../../contracts/interfaces/IERC7572.sol";
import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {CidLib} from "../../../../contracts/libraries/CidLib.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

// tokenURI
// ├── given the token does not exist, or is burned
// │   └── it reverts
// └── it joins the identifier of the batch's root and the id
// batchOf, totals
// └── it is all zero for a batch that was never opened
// seedBlock, sealDeadline
// └── given the batch was never opened, or is sealed
//     └── it reverts
// royaltyInfo
// └── it is the share given at construction, for every token and price
// supportsInterface
// └── it names ERC-165, 721, 721 Metadata, 2981, 4906, 5313, 7572, 721-C by both ids, and its own; no access control
// setOwner, setContractURI
// ├── when the caller is not the admin
// │   └── it reverts
// └── it moves the answer and emits the event
contract CollectionTest is LoopKit {
    /* METADATA */

    function testFuzz_RevertGiven_TokenDoesNotExist(uint256 tokenId) external {
        _mint(ALICE, 3);
        vm.assume(tokenId < _id(1, 0) || tokenId > _id(1, 2));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId));
        collection.tokenURI(tokenId);
    }

    function test_RevertGiven_TokenIsBurned() external {
        _mint(ALICE, 3);
        vm.prank(ALICE);
        collection.burn(_id(1, 1));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, _id(1, 1)));
        collection.tokenURI(_id(1, 1));
    }

    function test_TokenUriJoinsRootAndId() external {
        _mint(ALICE, 3);
        _mint(BOB, 12);
        vm.prank(BOB);
        collection.transferFrom(BOB, ALICE, _id(2, 11));

        string memory expected = string.concat("ipfs://", CidLib.toText(_rootOf(2)), "/2000011.json");
        vm.assertEq(collection.tokenURI(_id(2, 11)), expected, "address");
    }

    /* READING */

    function testFuzz_BatchesNeverOpenedAreZero(uint256 batch) external {
        vm.assertEq(abi.encode(collection.batchOf(batch)), new bytes(9 * 32), "all zero");
        vm.assertEq(abi.encode(collection.totals()), new bytes(5 * 32), "counts");
        _refuseSeedBlock(batch, 0);
    }

    function test_RevertGiven_BatchIsSealed_SeedBlockIsGone() external {
        _refuseSeedBlock(_mint(ALICE, 1), 2);
    }

    function _refuseSeedBlock(uint256 batch, uint8 status) private {
        bytes memory refusal = abi.encodeWithSelector(
            ILoopCollection.LoopCollectionBatchNotOpen.selector,
            batch,
            status
        );
        vm.expectRevert(refusal);
        collection.seedBlock(batch);
        vm.expectRevert(refusal);
        collection.sealDeadline(batch);
    }

    /* THE COLLECTION */

    function testFuzz_Royalty(uint256 tokenId, uint128 price) external view {
        (address receiver, uint256 amount) = collection.royaltyInfo(tokenId, price);
        vm.assertEq(receiver, TREASURY, "receiver");
        vm.assertEq(amount, (uint256(price) * 500) / 10_000, "five percent");
    }

    function test_SupportsItsInterfaces() external view {
        bytes4[10] memory ids = _interfaces();
        for (uint256 i = 0; i < ids.length; ++i) {
            vm.assertTrue(collection.supportsInterface(ids[i]), "interface");
        }
        vm.assertTrue(!collection.supportsInterface(0xffffffff), "ERC-165 forbids this one");
        vm.assertTrue(!collection.supportsInterface(type(IAccessControl).interfaceId), "the jobs are the registry's");
    }

    function test_SupportsNoNeighbouringInterface() external view {
        bytes4[10] memory ids = _interfaces();
        for (uint256 i = 0; i < ids.length; ++i) {
            vm.assertTrue(!collection.supportsInterface(bytes4(uint32(ids[i]) - 1)), "one below");
            vm.assertTrue(!collection.supportsInterface(bytes4(uint32(ids[i]) + 1)), "one above");
        }
    }

    function test_MovesTheOwner() external {
        vm.assertEq(collection.owner(), ADMIN, "the admin at first");
        vm.expectEmit(address(collection));
        emit ILoopCollection.OwnershipTransferred(ADMIN, BOB);
        vm.prank(ADMIN);
        collection.setOwner(BOB);
        vm.assertEq(collection.owner(), BOB, "moved");

        _expectNotAdmin(BOB); // being the owner gives no power
        vm.prank(BOB);
        collection.setOwner(BOB);
    }

    function test_MovesTheContractUri() external {
        vm.assertEq(collection.contractURI(), "ipfs://collection", "at first");
        vm.expectEmit(address(collection));
        emit IERC7572.ContractURIUpdated();
        vm.prank(ADMIN);
        collection.setContractURI("ipfs://another");
        vm.assertEq(collection.contractURI(), "ipfs://another", "moved");

        _expectNotAdmin(OPERATOR);
        vm.prank(OPERATOR);
        collection.setContractURI("");
    }

    function _expectNotAdmin(address caller) private {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, caller, bytes32(0))
        );
    }

    function _interfaces() private pure returns (bytes4[10] memory) {
        return
            [
                type(IERC165).interfaceId,
                type(IERC721).interfaceId,
                type(IERC721Metadata).interfaceId,
                type(IERC2981).interfaceId,
                type(IERC7572).interfaceId,
                type(ILoopCollection).interfaceId,
                bytes4(0x49064906), // ERC-4906
                bytes4(0xad0d7f6c), // ICreatorToken, as marketplaces write it
                bytes4(0xa07d229a), // and its older half
                bytes4(keccak256("owner()"))
            ];
    }
}
