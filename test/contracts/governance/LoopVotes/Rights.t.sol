// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC2981} from "@openzeppelin/contracts/interfaces/IERC2981.sol";
import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IAttunement} from "../../../../contracts/interfaces/IAttunement.sol";
import {IERC7160} from "../../../../contracts/interfaces/IERC7160.sol";
import {ILoopVotes} from "../../../../contracts/interfaces/ILoopVotes.sol";
import {DaoKit} from "../../kit/DaoKit.sol";

// given a wrapped work
// ├── it answers tokenURI, tokenURIs, royaltyInfo, contractURI and owner as the original does, at every epoch
// ├── given it is not wrapped, what is asked about a work reverts
// ├── it says that it can do what the original can
// pinTokenURI, unpinTokenURI
// ├── by the holder of the wrapped, the original keeps what it shows; both tell marketplaces
// └── when the caller is approved only, is a stranger, or the work is not wrapped
//     └── it reverts, as in the collection
// attune
// ├── by the holder or whom he approved, the original's dials turn
// └── when the caller is a stranger, or the work is not wrapped
//     └── it reverts
// unwrapping
// └── leaves pin and dials as they are
// refresh, refreshVoided
// ├── after an epoch was published or taken back, anybody has the event emitted, once
// └── when nothing is new
//     └── it reverts
contract RightsTest is DaoKit {
    uint256 private constant WORK = 1_000_000; // ALICE's, wrapped
    uint256 private constant BARE = 2_000_000; // BOB's, not wrapped

    function setUp() public override {
        super.setUp();
        _wrap(ALICE, _works(1, 0, 2));
    }

    /* WHAT THE ORIGINAL ANSWERS */

    function test_AnswersAsTheOriginal() external {
        _requireSameAnswers();
        _evolve();
        _requireSameAnswers();
        _pin(address(votes), WORK, 0);
        _requireSameAnswers();
        vm.prank(PARAMETERS);
        collection.setRoyalty(BOB, 750);
        vm.prank(ADMIN);
        collection.setOwner(CAROL);
        vm.prank(ADMIN);
        collection.setContractURI("ipfs://new");
        _requireSameAnswers();
    }

    function testFuzz_PaysTheOriginalsRoyalty(uint256 bps, uint256 price) external {
        bps = _bound(bps, 0, 1_000);
        price = _bound(price, 0, type(uint128).max);
        vm.prank(PARAMETERS);
        collection.setRoyalty(BOB, bps);
        (address receiver, uint256 amount) = votes.royaltyInfo(WORK, price);
        vm.assertEq(receiver, BOB, "receiver");
        vm.assertEq(amount, (price * bps) / 10_000, "amount");
    }

    function _requireSameAnswers() private view {
        vm.assertEq(votes.tokenURI(WORK), collection.tokenURI(WORK), "tokenURI");
        (uint256 index, string[] memory uris, bool pinned) = votes.tokenURIs(WORK);
        (uint256 index_, string[] memory uris_, bool pinned_) = collection.tokenURIs(WORK);
        vm.assertEq(abi.encode(index, uris, pinned), abi.encode(index_, uris_, pinned_), "tokenURIs");
        (address receiver, uint256 amount) = votes.royaltyInfo(WORK, 1 ether);
        (address receiver_, uint256 amount_) = collection.royaltyInfo(WORK, 1 ether);
        vm.assertEq(abi.encode(receiver, amount), abi.encode(receiver_, amount_), "royaltyInfo");
        vm.assertEq(votes.contractURI(), collection.contractURI(), "contractURI");
        vm.assertEq(votes.owner(), collection.owner(), "owner");
        vm.assertEq(votes.getTransferValidator(), collection.getTransferValidator(), "validator");
    }

    function test_RevertWhen_AskedAboutABareWork() external {
        bytes memory refusal = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, BARE);
        vm.expectRevert(refusal);
        votes.tokenURI(BARE);
        vm.expectRevert(refusal);
        votes.tokenURIs(BARE);
        vm.expectRevert(refusal);
        votes.hasPinnedTokenURI(BARE);
        vm.expectRevert(refusal);
        votes.attunementOf(BARE);
    }

    function test_SaysWhatItCan() external view {
        vm.assertTrue(votes.supportsInterface(type(IERC2981).interfaceId), "ERC-2981");
        vm.assertTrue(votes.supportsInterface(0x49064906), "ERC-4906");
        vm.assertTrue(votes.supportsInterface(type(IERC7160).interfaceId), "ERC-7160");
        vm.assertTrue(votes.supportsInterface(0x80ac58cd), "ERC-721");
        vm.assertTrue(votes.supportsInterface(0xe90fb3f6), "votes");
        vm.assertTrue(votes.supportsInterface(0xda287a1d), "ERC-6372");
        vm.assertTrue(!votes.supportsInterface(0xffffffff), "not everything");
    }

    /* PINNING */

    function test_PinsForItsHolder() external {
        uint256 epoch = _evolve();
        _evolve();
        string memory shown = collection.tokenURIAt(WORK, epoch);

        vm.expectEmit(address(collection));
        emit IERC7160.TokenUriPinned(WORK, epoch);
        vm.expectEmit(address(votes));
        emit IERC7160.TokenUriPinned(WORK, epoch);
        vm.expectEmit(address(votes));
        emit IERC4906.MetadataUpdate(WORK);
        vm.prank(ALICE);
        votes.pinTokenURI(WORK, epoch);
        vm.assertEq(votes.tokenURI(WORK), shown, "the pinned one");
        vm.assertTrue(votes.hasPinnedTokenURI(WORK), "pinned");

        vm.expectEmit(address(votes));
        emit IERC7160.TokenUriUnpinned(WORK);
        vm.expectEmit(address(votes));
        emit IERC4906.MetadataUpdate(WORK);
        vm.prank(ALICE);
        votes.unpinTokenURI(WORK);
        vm.assertEq(votes.tokenURI(WORK), collection.tokenURIAt(WORK, epoch + 1), "follows again");
    }

    function test_PinsForTheNextHolder() external {
        vm.prank(ALICE);
        votes.transferFrom(ALICE, BOB, WORK);
        _expectWrongHolder(ALICE);
        votes.pinTokenURI(WORK, 0);
        vm.prank(BOB);
        votes.pinTokenURI(WORK, 0);
        vm.assertTrue(collection.hasPinnedTokenURI(WORK), "by whom it is now");
    }

    function test_RevertWhen_PinnedByAnother() external {
        vm.prank(ALICE);
        votes.setApprovalForAll(CAROL, true);
        _expectWrongHolder(CAROL); // approved, which is not enough in the collection either
        votes.pinTokenURI(WORK, 0);
        _expectWrongHolder(STRANGER);
        votes.unpinTokenURI(WORK);

        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, BARE));
        vm.prank(BOB);
        votes.pinTokenURI(BARE, 0);
    }

    /* ATTUNING */

    function test_AttunesForItsHolder() external {
        vm.expectEmit(address(votes));
        emit IAttunement.Attuned(WORK, ALICE, 1, 1);
        vm.expectEmit(address(votes));
        emit IERC4906.MetadataUpdate(WORK);
        vm.prank(ALICE);
        votes.attune(WORK, 1);
        vm.assertEq(collection.attunementOf(WORK), 1, "one up");

        vm.prank(ALICE);
        votes.approve(CAROL, WORK);
        vm.prank(CAROL);
        votes.attune(WORK, 1);
        vm.assertEq(votes.attunementOf(WORK), 2, "by whom she approved");
    }

    function test_RevertWhen_AttunedByAnother() external {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, STRANGER, WORK));
        vm.prank(STRANGER);
        votes.attune(WORK, 1);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, BARE));
        vm.prank(BOB);
        votes.attune(BARE, 1);
    }

    function test_KeepsPinAndDialsWhenUnwrapped() external {
        vm.prank(ALICE);
        votes.pinTokenURI(WORK, 0);
        vm.prank(ALICE);
        votes.attune(WORK, 5);
        uint256 dials = votes.attunementOf(WORK);
        _unwrap(ALICE, _works(1, 0, 1));
        vm.assertTrue(collection.hasPinnedTokenURI(WORK), "pin");
        vm.assertEq(collection.attunementOf(WORK), dials, "dials");
    }

    /* TELLING */

    function test_TellsOfEpochsOnce() external {
        _expectNothingNew();
        votes.refresh();
        uint256 epoch = _evolve();
        _expectBatchUpdate();
        vm.prank(STRANGER);
        votes.refresh();
        _expectNothingNew();
        votes.refresh();

        _void(epoch);
        _expectBatchUpdate();
        votes.refresh();
        _expectNothingNew();
        votes.refresh();
    }

    function test_TellsOfAPinnedEpochTakenBack() external {
        uint256 pinned = _evolve();
        _evolve();
        votes.refresh();
        vm.expectRevert(abi.encodeWithSelector(ILoopVotes.LoopVotesEpochStands.selector, pinned));
        votes.refreshVoided(pinned);

        _void(pinned); // shown stays the second, so only who pinned the first sees a change
        _expectNothingNew();
        votes.refresh();
        _expectBatchUpdate();
        votes.refreshVoided(pinned);
        _expectNothingNew();
        votes.refreshVoided(pinned);
    }

    /* HELPERS */

    function _expectBatchUpdate() private {
        vm.expectEmit(address(votes));
        emit IERC4906.BatchMetadataUpdate(0, type(uint256).max);
    }

    function _expectNothingNew() private {
        vm.expectRevert(abi.encodeWithSelector(ILoopVotes.LoopVotesNothingNew.selector));
    }

    function _expectWrongHolder(address caller) private {
        address holder = votes.ownerOf(WORK);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, caller, WORK, holder));
        vm.prank(caller);
    }
}
