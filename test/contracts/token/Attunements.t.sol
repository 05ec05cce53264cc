// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IAttunement} from "../../../contracts/interfaces/IAttunement.sol";
import {IERC7496} from "../../../contracts/interfaces/IERC7496.sol";
import {EpochKit} from "../kit/EpochKit.sol";

// attune
// ├── when the caller is neither the holder nor approved by him
// │   └── it reverts
// ├── given the work does not exist, or is burned
// │   └── it reverts
// ├── when there is no such act
// │   └── it reverts
// ├── given the dial stands at its end
// │   └── it reverts, both ways, after eight acts
// └── when everything is in order
//     ├── it turns the act's dial by one, and no other, and emits both events, for the approved as well
//     ├── it writes one word
//     └── another work's dials stay
// attunementOf
// ├── given nobody ever turned a dial, it is zero
// ├── it goes with the work
// └── given the work does not exist, or is burned, it reverts
contract AttunementsTest is EpochKit {
    uint256 private constant TOKEN = 1_000_002;

    function setUp() public override {
        super.setUp();
        _mint(ALICE, 5);
    }

    function testFuzz_RevertWhen_CallerIsAStranger(address caller, uint256 act) external {
        vm.assume(caller != ALICE && caller != address(0));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, caller, TOKEN));
        _attune(caller, TOKEN, act);
    }

    function testFuzz_RevertGiven_WorkDoesNotExist(uint256 tokenId, uint256 act) external {
        vm.assume(tokenId < 1_000_000 || tokenId > 1_000_004);
        _refuseAsUnknown(tokenId, act);
    }

    function testFuzz_RevertGiven_WorkIsBurned(uint256 act) external {
        _attune(ALICE, TOKEN, 1);
        vm.prank(ALICE);
        collection.burn(TOKEN);

        _refuseAsUnknown(TOKEN, act);
    }

    function testFuzz_RevertWhen_ActIsUnknown(uint256 act) external {
        act = _bound(act, 8, type(uint256).max);
        vm.expectRevert(abi.encodeWithSelector(IAttunement.AttunementUnknownAct.selector, act));
        _attune(ALICE, TOKEN, act);
    }

    function testFuzz_RevertGiven_DialStandsAtItsEnd(uint256 act) external {
        act = _bound(act, 0, 7);
        for (uint256 i = 0; i < 8; ++i) _attune(ALICE, TOKEN, act);
        vm.expectRevert(abi.encodeWithSelector(IAttunement.AttunementAtEnd.selector, TOKEN, act));
        _attune(ALICE, TOKEN, act);

        for (uint256 i = 0; i < 16; ++i) _attune(ALICE, TOKEN, act ^ 1);
        vm.expectRevert(abi.encodeWithSelector(IAttunement.AttunementAtEnd.selector, TOKEN, act ^ 1));
        _attune(ALICE, TOKEN, act ^ 1);
    }

    function testFuzz_TurnsOneDialByOne(uint256 seed) external {
        vm.assertEq(collection.attunementOf(TOKEN), 0, "nobody turned one");
        vm.prank(ALICE);
        collection.setApprovalForAll(BOB, true);
        vm.prank(ALICE);
        collection.approve(CAROL, TOKEN);
        int256[4] memory dials;
        for (uint256 i = 0; i < 48; ++i) {
            seed = uint256(keccak256(abi.encode(seed)));
            uint256 act = seed % 8;
            int256 turned = dials[act / 2] + (act % 2 == 0 ? int256(-1) : int256(1));
            if (turned < -8 || turned > 8) continue;
            dials[act / 2] = turned;
            address caller =
                i % 3 == 0
                    ? ALICE
                    : i % 3 == 1
                        ? BOB
                        : CAROL;
            vm.expectEmit(address(collection));
            emit IAttunement.Attuned(TOKEN, caller, act, _word(dials));
            vm.expectEmit(address(collection));
            emit IERC7496.TraitUpdated(keccak256("attunement"), TOKEN, bytes32(_word(dials)));
            _attune(caller, TOKEN, act);

            vm.assertEq(collection.attunementOf(TOKEN), _word(dials), "dials");
        }
        vm.assertEq(collection.attunementOf(TOKEN + 1), 0, "another work's");
    }

    function test_WritesOneWord() external {
        vm.record();
        _attune(ALICE, TOKEN, 5);
        (, bytes32[] memory writes) = vm.accesses(address(collection));

        vm.assertEq(writes.length, 1, "one slot");
    }

    function test_GoesWithTheWork() external {
        _attune(ALICE, TOKEN, 1);
        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, TOKEN);
        vm.assertEq(collection.attunementOf(TOKEN), 1, "as sold");

        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, ALICE, TOKEN));
        _attune(ALICE, TOKEN, 1);
        _attune(BOB, TOKEN, 1);
        vm.assertEq(collection.attunementOf(TOKEN), 2, "turned on");
    }

    /* HELPERS */

    function _refuseAsUnknown(uint256 tokenId, uint256 act) private {
        bytes memory refusal = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId);
        vm.expectRevert(refusal);
        _attune(ALICE, tokenId, act);
        vm.expectRevert(refusal);
        collection.attunementOf(tokenId);
    }

    function _word(int256[4] memory dials) private pure returns (uint256) {
        bytes memory packed = abi.encodePacked(
            uint224(0),
            int8(dials[3]),
            int8(dials[2]),
            int8(dials[1]),
            int8(dials[0])
        );
        return uint256(bytes32(packed));
    }
}
