// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ICreatorToken, ICreatorTokenLegacy, ITransferValidator} from "../../../contracts/interfaces/ICreatorToken.sol";
import {ForgeKit} from "../kit/ForgeKit.sol";
import {Vm} from "../kit/Vm.sol";
import {BlockingValidator} from "../mocks/BlockingValidator.sol";

// constructor
// └── it names nobody, and emits TransferValidatorUpdated for marketplaces to see that it could
// setTransferValidator
// ├── when the validator has no code
// │   └── it reverts
// └── it moves the answer, back to nobody too, and emits both
// getTransferValidationFunction
// └── it is validateTransfer of four arguments, a view
// given a validator that blocks an operator
// ├── the operator's transfers revert with the validator's reason, safe ones and the lowest address's too
// ├── the owner's transfers and other operators' go on
// ├── it is told the caller, the holder, the receiver and the token
// ├── it is not asked about minting, burning, forging, approving or sealing a child
// └── switched off, everybody's transfers go on
// given a validator that refuses everything, or whose code is gone
// └── burning and forging go on, so that no work is locked in
// given a validator that would change something
// └── it cannot: the transfer reverts
contract CreatorTokenTest is ForgeKit {
    BlockingValidator private validator;

    function setUp() public override {
        super.setUp();
        validator = new BlockingValidator();
        validator.refuse(CAROL);
        vm.prank(ALICE);
        collection.setApprovalForAll(CAROL, true);
        vm.prank(ALICE);
        collection.setApprovalForAll(BOB, true);
    }

    /* NAMING */

    function test_NamesNobodyAtFirst() external {
        vm.assertEq(collection.getTransferValidator(), address(0), "off");

        vm.recordLogs();
        collection = _deployCollection(_settings());
        Vm.Log[] memory logs = vm.getRecordedLogs();
        uint256 seen = 0;
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] != ICreatorTokenLegacy.TransferValidatorUpdated.selector) continue;
            vm.assertEq(logs[i].emitter, address(collection), "emitter");
            vm.assertEq(logs[i].data, abi.encode(address(0), address(0)), "nobody");
            ++seen;
        }
        vm.assertEq(seen, 1, "one event");
    }

    function testFuzz_RevertWhen_ValidatorHasNoCode(address account) external {
        vm.assume(account != address(0) && account.code.length == 0);
        vm.expectRevert(abi.encodeWithSelector(ICreatorToken.CreatorTokenInvalidValidator.selector, account));
        _name(account);
    }

    function test_MovesTheAnswerAndBack() external {
        vm.expectEmit(address(collection));
        emit ICreatorTokenLegacy.TransferValidatorUpdated(address(0), address(validator));
        _name(address(validator));
        vm.assertEq(collection.getTransferValidator(), address(validator), "on");

        vm.expectEmit(address(collection));
        emit ICreatorTokenLegacy.TransferValidatorUpdated(address(validator), address(0));
        _name(address(0));
        vm.assertEq(collection.getTransferValidator(), address(0), "off");
    }

    function test_NamesTheFunction() external view {
        (bytes4 selector, bool isView) = collection.getTransferValidationFunction();
        vm.assertEq(
            bytes32(selector),
            bytes32(bytes4(0xcaee23ea)),
            "validateTransfer(address,address,address,uint256)"
        );
        vm.assertTrue(isView, "a view");
    }

    /* BLOCKING */

    function testFuzz_BlocksTheOperator(uint256 index) external {
        uint256 tokenId = _id(1, _bound(index, 0, 9));
        _name(address(validator));

        _expectRefusal(ALICE, STRANGER, tokenId);
        collection.transferFrom(ALICE, STRANGER, tokenId);
        _expectRefusal(ALICE, STRANGER, tokenId);
        collection.safeTransferFrom(ALICE, STRANGER, tokenId);
        _expectRefusal(ALICE, STRANGER, tokenId);
        collection.safeTransferFrom(ALICE, STRANGER, tokenId, "data");
        vm.assertEq(collection.ownerOf(tokenId), ALICE, "stays");
    }

    function test_BlocksTheOperatorOfTheLowestAddress() external {
        vm.prank(ALICE);
        collection.transferFrom(ALICE, address(1), _id(1, 0));
        vm.prank(address(1));
        collection.setApprovalForAll(CAROL, true);
        _name(address(validator));

        _expectRefusal(address(1), STRANGER, _id(1, 0));
        collection.transferFrom(address(1), STRANGER, _id(1, 0));
    }

    function test_LetsTheOwnerAndOthersPass() external {
        _name(address(validator));
        vm.prank(ALICE);
        collection.transferFrom(ALICE, STRANGER, _id(1, 0));
        vm.prank(BOB);
        collection.transferFrom(ALICE, STRANGER, _id(1, 1));

        vm.prank(ALICE);
        collection.transferFrom(ALICE, CAROL, _id(1, 2));
        vm.prank(CAROL); // blocked as an operator, and yet an owner
        collection.transferFrom(CAROL, STRANGER, _id(1, 2));
        vm.assertEq(collection.balanceOf(STRANGER), 3, "three arrived");
    }

    function test_LetsTheOperatorPassWhileOff() external {
        vm.prank(CAROL);
        collection.transferFrom(ALICE, STRANGER, _id(1, 0));
        _name(address(validator));
        _name(address(0));
        vm.prank(CAROL);
        collection.transferFrom(ALICE, STRANGER, _id(1, 1));
        vm.assertEq(collection.balanceOf(STRANGER), 2, "both arrived");
    }

    function test_IsToldWhoWhereAndWhat() external {
        _name(address(new TellingValidator()));
        vm.expectRevert(abi.encodeWithSelector(TellingValidator.Told.selector, BOB, ALICE, STRANGER, _id(1, 4)));
        vm.prank(BOB);
        collection.transferFrom(ALICE, STRANGER, _id(1, 4));
    }

    /* WHAT IT IS NOT ASKED ABOUT */

    function test_IsNotAskedAboutAnythingElse() external {
        _name(address(new TellingValidator()));
        _everythingButTransfers();
    }

    function test_KeepsNoWorkLockedIn() external {
        _name(address(validator));
        vm.etch(address(validator), "");
        vm.expectRevert("");
        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, _id(1, 0));
        _everythingButTransfers();
    }

    function test_CannotChangeAnything() external {
        WritingValidator writing = new WritingValidator();
        _name(address(writing));
        vm.expectRevert("");
        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, _id(1, 0));
    }

    function _everythingButTransfers() private {
        uint256 batch = _mint(ALICE, 3);
        vm.prank(ALICE);
        collection.approve(BOB, _id(batch, 0));
        vm.prank(BOB);
        collection.burn(_id(batch, 0));
        uint256 child = _forge(ALICE, _first(1, 2));
        _sealForged(child, _first(1, 2));

        vm.assertEq(collection.balanceOf(ALICE), 11, "ten and three, less one burned and two forged, and the child");
    }

    /* HELPERS */

    function _name(address account) private {
        vm.prank(PARAMETERS);
        collection.setTransferValidator(account);
    }

    function _expectRefusal(address from, address to, uint256 tokenId) private {
        vm.expectRevert(
            abi.encodeWithSelector(BlockingValidator.BlockingValidatorRefuses.selector, CAROL, from, to, tokenId)
        );
        vm.prank(CAROL);
    }
}

/// @title Refuses everything and tells what it was asked
contract TellingValidator is ITransferValidator {
    error Told(address caller, address from, address to, uint256 tokenId);

    function validateTransfer(address caller, address from, address to, uint256 tokenId) external pure {
        revert Told(caller, from, to, tokenId);
    }
}

/// @title Would count what it is asked
contract WritingValidator {
    uint256 private _asked;

    function validateTransfer(address, address, address, uint256) external {
        ++_asked;
    }
}
