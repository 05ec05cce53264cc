// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IAttunement} from "../../../contracts/interfaces/IAttunement.sol";
import {IEpochs} from "../../../contracts/interfaces/IEpochs.sol";
import {IERC7160} from "../../../contracts/interfaces/IERC7160.sol";
import {IERC7496} from "../../../contracts/interfaces/IERC7496.sol";
import {EpochKit} from "../kit/EpochKit.sol";

// getTraitValue, getTraitValues
// ├── given the work does not exist
// │   └── they revert
// ├── when the trait is unknown
// │   └── they revert with the standard's error
// └── they answer with what the views answer, in the order asked for
// setTrait
// └── it reverts, whoever calls and whatever it says
// getTraitMetadataURI
// └── it names the four traits
// supportsInterface
// └── it is true for the standards' own ids, which their interfaces here have, and for ours
contract DynamicTraitsTest is EpochKit {
    uint256 private constant TOKEN = 2_000_001;
    bytes32 private constant EPOCH = keccak256("epoch");
    bytes32 private constant GENERATION = keccak256("generation");
    bytes32 private constant BATCH = keccak256("batch");
    bytes32 private constant ATTUNEMENT = keccak256("attunement");

    function setUp() public override {
        super.setUp();
        _mint(ALICE, 2);
        _mint(BOB, 2);
        _evolve();
        _evolve();
    }

    function testFuzz_RevertGiven_WorkDoesNotExist(uint256 tokenId) external {
        vm.assume(tokenId < 1_000_000 || tokenId > 2_000_001 || tokenId % 1_000_000 > 1);
        bytes memory refusal = abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, tokenId);
        vm.expectRevert(refusal);
        collection.getTraitValue(tokenId, BATCH);
        vm.expectRevert(refusal);
        collection.getTraitValues(tokenId, new bytes32[](0));
    }

    function testFuzz_RevertWhen_TraitIsUnknown(bytes32 key) external {
        vm.assume(key != EPOCH && key != GENERATION && key != BATCH && key != ATTUNEMENT);
        bytes32[] memory keys = new bytes32[](2);
        (keys[0], keys[1]) = (BATCH, key);
        bytes memory refusal = abi.encodeWithSelector(IERC7496.TraitKeyUnknown.selector, key);
        vm.expectRevert(refusal);
        collection.getTraitValue(TOKEN, key);
        vm.expectRevert(refusal);
        collection.getTraitValues(TOKEN, keys);
    }

    function testFuzz_AnswersAsTheViewsDo(uint256 pin, uint256 act, uint256 generation) external {
        pin = _bound(pin, 0, 2);
        act = _bound(act, 0, 7);
        generation = _bound(generation, 0, 15);
        _pin(BOB, TOKEN, pin);
        _attune(BOB, TOKEN, act);
        _setGeneration(2, generation);

        bytes32[] memory keys = new bytes32[](5);
        (keys[0], keys[1], keys[2], keys[3], keys[4]) = (ATTUNEMENT, BATCH, GENERATION, EPOCH, BATCH);
        bytes32[] memory values = collection.getTraitValues(TOKEN, keys);
        vm.assertEq(values.length, 5, "as many");
        vm.assertEq(uint256(values[0]), collection.attunementOf(TOKEN), "attunement");
        vm.assertEq(uint256(values[1]), 2, "batch");
        vm.assertEq(uint256(values[2]), generation, "generation");
        vm.assertEq(uint256(values[3]), pin, "epoch");
        vm.assertEq(uint256(values[4]), 2, "batch again");
        for (uint256 i = 0; i < 5; ++i) vm.assertEq(collection.getTraitValue(TOKEN, keys[i]), values[i], "one by one");
    }

    function testFuzz_NobodySetsATrait(address caller, uint256 tokenId, bytes32 key, bytes32 value) external {
        address[3] memory callers = [caller, BOB, ADMIN];
        for (uint256 i = 0; i < 3; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IERC7496.DynamicTraitsNotSettable.selector, key));
            vm.prank(callers[i]);
            collection.setTrait(i == 1 ? TOKEN : tokenId, key, value);
        }
    }

    function test_NamesItsTraits() external view {
        vm.assertEq(
            collection.getTraitMetadataURI(),
            'data:application/json;utf8,{"traits":{'
            '"epoch":{"displayName":"Epoch","dataType":{"type":"decimal"}},'
            '"generation":{"displayName":"Generation","dataType":{"type":"decimal"}},'
            '"batch":{"displayName":"Batch","dataType":{"type":"decimal"}},'
            '"attunement":{"displayName":"Attunement","dataType":{"type":"decimal"},"validateOnSale":"requireEq"}}}',
            "as the standard has it"
        );
    }

    function test_SupportsTheStandardsByTheirOwnIds() external view {
        vm.assertTrue(type(IERC7160).interfaceId == 0x06e1bc5b, "ERC-7160");
        vm.assertTrue(type(IERC7496).interfaceId == 0xaf332f3e, "ERC-7496");
        bytes4[4] memory ids = [
            bytes4(0x06e1bc5b),
            0xaf332f3e,
            type(IEpochs).interfaceId,
            type(IAttunement).interfaceId
        ];
        for (uint256 i = 0; i < 4; ++i) vm.assertTrue(collection.supportsInterface(ids[i]), "interface");
    }

    /// @dev Lifts a batch to a generation that would take very many works to reach.
    function _setGeneration(uint256 batch, uint256 generation) private {
        vm.record();
        collection.batchOf(batch);
        (bytes32[] memory reads, ) = vm.accesses(address(collection));
        uint256 head = uint256(vm.load(address(collection), reads[0])) & ~(uint256(0xf) << 248);
        vm.store(address(collection), reads[0], bytes32(head | (generation << 248)));
    }
}
