// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC4906} from "@openzeppelin/contracts/interfaces/IERC4906.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IEpochs} from "../../../contracts/interfaces/IEpochs.sol";
import {IERC7160} from "../../../contracts/interfaces/IERC7160.sol";
import {IERC7496} from "../../../contracts/interfaces/IERC7496.sol";
import {CidLib} from "../../../contracts/libraries/CidLib.sol";
import {EpochKit} from "../kit/EpochKit.sol";
import {FreeOracle} from "../mocks/FreeOracle.sol";

// pinTokenURI
// ├── when the caller is not the holder, whom he approved for it or for all included
// │   └── it reverts
// ├── given the work does not exist, or is burned
// │   └── it reverts
// ├── when there is no such epoch, it was voided, or does not cover the work
// │   └── it reverts, each by its own error
// └── when everything is in order
//     ├── it shows that epoch, or genesis, from then on and emits three events
//     ├── it writes one word: fresh for a work that never moved, and keeps owner, balance and approval
//     └── it can be pinned again to another
// unpinTokenURI
// ├── when the caller is not the holder
// │   └── it reverts
// └── it follows again and emits three events, pinned before or not
// a pin
// ├── survives transfers, and is then the next holder's alone
// ├── given its epoch is voided, shows what an unpinned work shows, though it stays pinned
// └── ends with burning
// tokenURI, epochOf
// ├── given the newest sound epoch covers the work, it is that one's
// ├── given it does not, it is genesis, though an older one may be shown by a pin only
// └── given every epoch is voided, it is genesis
// tokenURIAt
// ├── when the epoch is unknown, voided or does not cover the work, or the work does not exist
// │   └── it reverts
// └── it is the epoch's, whatever is pinned
// tokenURIs
// └── it lists genesis and every epoch by its number, genesis in the place of those that do not stand
contract PinnedURIsTest is EpochKit {
    uint256 private constant TOKEN = 1_000_002;
    uint256 private constant LATE = 2_000_000; // sealed after the first epoch's round
    uint256 private constant GENESIS = 0;

    /// @dev Batch 1 is Alice's and covered by epochs 1 and 2, batch 2 is Bob's and covered by epoch 2 only.
    function setUp() public override {
        super.setUp();
        _mint(ALICE, 5);
        _evolve();
        _mint(BOB, 1);
        _evolve();
    }

    /* PINNING */

    function testFuzz_RevertWhen_CallerIsNotTheHolder(address caller, bool lets) external {
        vm.assume(caller != ALICE && caller != address(0));
        vm.prank(ALICE);
        collection.setApprovalForAll(BOB, true);
        vm.prank(ALICE);
        collection.approve(CAROL, TOKEN);
        address[3] memory callers = [caller, BOB, CAROL];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(
                abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, callers[i], TOKEN, ALICE)
            );
            vm.prank(callers[i]);
            if (lets) collection.unpinTokenURI(TOKEN);
            else collection.pinTokenURI(TOKEN, 1);
        }
    }

    function testFuzz_RevertGiven_WorkDoesNotExist(uint256 tokenId, uint256 index) external {
        vm.assume(tokenId < 1_000_000 || (tokenId > 1_000_004 && tokenId != LATE));
        bytes memory refusal = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId);
        vm.expectRevert(refusal);
        _pin(ALICE, tokenId, index);
        vm.expectRevert(refusal);
        _unpin(ALICE, tokenId);
        vm.expectRevert(refusal);
        collection.hasPinnedTokenURI(tokenId);
        vm.expectRevert(refusal);
        collection.epochOf(tokenId);
        vm.expectRevert(refusal);
        collection.tokenURI(tokenId);
        vm.expectRevert(refusal);
        collection.tokenURIAt(tokenId, index);
        vm.expectRevert(refusal);
        collection.tokenURIs(tokenId);
    }

    function testFuzz_RevertWhen_EpochIsUnknown(uint256 index) external {
        vm.assume(index > 2);
        _refuse(TOKEN, index, abi.encodeWithSelector(IEpochs.EpochUnknown.selector, index));
        _refuse(TOKEN, type(uint16).max, abi.encodeWithSelector(IEpochs.EpochUnknown.selector, type(uint16).max));
    }

    function test_RevertGiven_EpochIsVoided() external {
        _void(1);
        _refuse(TOKEN, 1, abi.encodeWithSelector(IEpochs.EpochIsVoided.selector, 1));
    }

    function test_RevertGiven_EpochDoesNotCoverTheWork() external {
        _refuse(LATE, 1, abi.encodeWithSelector(IEpochs.EpochDoesNotCover.selector, 1, LATE));
        _pin(BOB, LATE, 2);
        _expectShown(LATE, 2, true);
    }

    function testFuzz_PinsAnEpochOrGenesis(uint256 index) external {
        index = _bound(index, 0, 2);
        vm.expectEmit(address(collection));
        emit IERC7160.TokenUriPinned(TOKEN, index);
        vm.expectEmit(address(collection));
        emit IERC4906.MetadataUpdate(TOKEN);
        vm.expectEmit(address(collection));
        emit IERC7496.TraitUpdated(keccak256("epoch"), TOKEN, bytes32(index));
        _pin(ALICE, TOKEN, index);

        _evolve();
        _expectShown(TOKEN, index, true);
        _expectShown(TOKEN + 1, 3, false);
    }

    function test_PinsToAnotherOne() external {
        _pin(ALICE, TOKEN, 1);
        _pin(ALICE, TOKEN, GENESIS);
        _expectShown(TOKEN, GENESIS, true);
        _pin(ALICE, TOKEN, 2);
        _expectShown(TOKEN, 2, true);
    }

    function test_WritesOneWordAndKeepsTheRest() external {
        vm.prank(ALICE);
        collection.approve(CAROL, TOKEN);
        vm.record();
        _pin(ALICE, TOKEN, 1);
        (, bytes32[] memory writes) = vm.accesses(address(collection));

        vm.assertEq(writes.length, 1, "one slot");
        vm.assertEq(collection.ownerOf(TOKEN), ALICE, "owner");
        vm.assertEq(collection.balanceOf(ALICE), 5, "balance");
        vm.assertEq(collection.getApproved(TOKEN), CAROL, "approval");
        vm.prank(CAROL);
        collection.transferFrom(ALICE, CAROL, TOKEN);
        vm.assertEq(collection.ownerOf(TOKEN), CAROL, "moved");
    }

    /* LETTING GO */

    function testFuzz_FollowsAgain(uint256 index, bool pinned) external {
        if (pinned) _pin(ALICE, TOKEN, _bound(index, 0, 2));
        _evolve();
        vm.expectEmit(address(collection));
        emit IERC7160.TokenUriUnpinned(TOKEN);
        vm.expectEmit(address(collection));
        emit IERC4906.MetadataUpdate(TOKEN);
        vm.expectEmit(address(collection));
        emit IERC7496.TraitUpdated(keccak256("epoch"), TOKEN, bytes32(uint256(3)));
        _unpin(ALICE, TOKEN);

        _expectShown(TOKEN, 3, false);
        vm.assertEq(collection.ownerOf(TOKEN), ALICE, "owner");
    }

    /* A PIN'S LIFE */

    function test_SurvivesTransfers() external {
        _pin(ALICE, TOKEN, 1);
        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, TOKEN);
        vm.prank(BOB);
        collection.transferFrom(BOB, CAROL, TOKEN);
        _expectShown(TOKEN, 1, true);

        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, ALICE, TOKEN, CAROL));
        _unpin(ALICE, TOKEN);
        _unpin(CAROL, TOKEN);
        _expectShown(TOKEN, 2, false);
    }

    function test_FallsBackGivenItsEpochIsVoided() external {
        _pin(ALICE, TOKEN, 1);
        _void(1);
        _expectShown(TOKEN, 2, true);
        _void(2);
        _expectShown(TOKEN, GENESIS, true);
        _evolve();
        _expectShown(TOKEN, 3, true);
    }

    function test_EndsWithBurning() external {
        _pin(ALICE, TOKEN, 1);
        vm.record();
        collection.ownerOf(TOKEN);
        (bytes32[] memory reads, ) = vm.accesses(address(collection));
        vm.assertEq(uint16(uint256(vm.load(address(collection), reads[0])) >> 192), 1, "pinned");
        vm.prank(ALICE);
        collection.burn(TOKEN);

        vm.assertEq(uint16(uint256(vm.load(address(collection), reads[0])) >> 192), 0, "ended");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, TOKEN));
        collection.hasPinnedTokenURI(TOKEN);
    }

    /* WHAT A WORK SHOWS */

    function test_FollowsTheNewestThatCoversIt() external {
        _expectShown(TOKEN, 2, false);
        _expectShown(LATE, 2, false);
        _void(2);
        _expectShown(TOKEN, 1, false);
        _expectShown(LATE, GENESIS, false); // the shown one does not cover it
        _void(1);
        _expectShown(TOKEN, GENESIS, false);

        uint256 fresh = _id(_mint(CAROL, 1), 0);
        _expectShown(fresh, GENESIS, false);
        _evolve();
        _expectShown(fresh, 3, false);
    }

    function test_TellsWhereItLiesAtEachEpoch() external {
        _pin(ALICE, TOKEN, GENESIS);
        for (uint256 epoch = 0; epoch < 3; ++epoch) {
            vm.assertEq(collection.tokenURIAt(TOKEN, epoch), _uri(TOKEN, epoch), "whatever is pinned");
        }
        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochUnknown.selector, 3));
        collection.tokenURIAt(TOKEN, 3);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochDoesNotCover.selector, 1, LATE));
        collection.tokenURIAt(LATE, 1);
        _void(1);
        vm.expectRevert(abi.encodeWithSelector(IEpochs.EpochIsVoided.selector, 1));
        collection.tokenURIAt(TOKEN, 1);
    }

    function test_ListsGenesisAndEveryEpoch() external {
        _evolve();
        _void(2);
        _pin(BOB, LATE, GENESIS);

        (uint256 index, string[] memory uris, bool pinned) = collection.tokenURIs(TOKEN);
        vm.assertEq(uris.length, 4, "genesis and three");
        vm.assertEq(index, 3, "shown");
        vm.assertTrue(!pinned, "follows");
        for (uint256 i = 0; i < 4; ++i) vm.assertEq(uris[i], _uri(TOKEN, i == 2 ? GENESIS : i), "uri");

        (index, uris, pinned) = collection.tokenURIs(LATE);
        vm.assertEq(index, GENESIS, "shown");
        vm.assertTrue(pinned, "pinned");
        for (uint256 i = 0; i < 4; ++i) vm.assertEq(uris[i], _uri(LATE, i == 3 ? i : GENESIS), "uri");
    }

    /// @dev Any course of evolving, voiding, pinning and moving, against a plain list.
    function testFuzz_ShowsWhatAPlainModelShows(uint256 seed) external {
        FreeOracle free = new FreeOracle();
        _setOracle(address(free));
        bool[] memory voided = new bool[](64);
        uint256[] memory covered = new uint256[](64);
        (covered[1], covered[2]) = (1, 2);
        uint256 count = 2;
        uint256 pin = type(uint256).max; // follows
        address holder = ALICE;
        for (uint256 step = 0; step < 40; ++step) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 epoch = _bound(seed >> 8, 0, count);
            if (seed % 5 == 0) {
                ++count;
                covered[count] = 2;
                free.tell(count, 1, 2);
                _publish(_rootOfEpoch(count), count);
            } else if (seed % 5 == 1 && epoch != 0 && !voided[epoch]) {
                voided[epoch] = true;
                _void(epoch);
            } else if (seed % 5 == 2 && !voided[epoch]) {
                pin = epoch;
                _pin(holder, TOKEN, epoch);
            } else if (seed % 5 == 3) {
                pin = type(uint256).max;
                _unpin(holder, TOKEN);
            } else if (seed % 5 == 4) {
                address to = holder == ALICE ? BOB : ALICE;
                vm.prank(holder);
                collection.transferFrom(holder, to, TOKEN);
                holder = to;
            }

            uint256 newest = count;
            while (voided[newest]) --newest;
            bool follows = pin == type(uint256).max;
            _expectShown(TOKEN, follows || voided[pin] ? newest : pin, !follows);
            _expectShown(LATE, covered[newest] < 2 ? GENESIS : newest, false);
        }
    }

    /* HELPERS */

    function _unpin(address holder, uint256 tokenId) private {
        vm.prank(holder);
        collection.unpinTokenURI(tokenId);
    }

    function _refuse(uint256 tokenId, uint256 index, bytes memory refusal) private {
        address holder = collection.ownerOf(tokenId);
        vm.expectRevert(refusal);
        _pin(holder, tokenId, index);
    }

    function _expectShown(uint256 tokenId, uint256 epoch, bool pinned) private view {
        vm.assertEq(collection.epochOf(tokenId), epoch, "epoch");
        vm.assertEq(collection.tokenURI(tokenId), _uri(tokenId, epoch), "uri");
        vm.assertTrue(collection.hasPinnedTokenURI(tokenId) == pinned, "pinned");
    }

    function _uri(uint256 tokenId, uint256 epoch) private pure returns (string memory) {
        uint256 batch = tokenId / 1_000_000;
        string memory root = CidLib.toText(epoch == GENESIS ? _rootOf(batch) : _rootOfEpoch(epoch));
        string memory folder = epoch == GENESIS ? "" : string.concat("/", vm.toString(batch));
        return string.concat("ipfs://", root, folder, "/", vm.toString(tokenId), ".json");
    }
}
