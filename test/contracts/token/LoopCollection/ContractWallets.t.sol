// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {BlockingValidator} from "../../mocks/BlockingValidator.sol";
import {ContractWallet} from "../../mocks/ContractWallet.sol";

// a work of a contract wallet's
// ├── arrives by a seal without a callback, and by safeTransferFrom with one that has the data
// ├── is approved, transferred, sent safely, burned and forged by the wallet
// ├── is moved by an operator that the wallet approved
// └── passes a validator that blocks an operator, whatever the wallet answers for signatures
contract ContractWalletTest is ForgeKit {
    ContractWallet private wallet;

    function setUp() public override {
        super.setUp();
        wallet = new ContractWallet(ALICE);
    }

    function test_ArrivesBySealWithoutACallback() external {
        uint256 batch = _mint(address(wallet), 3);
        vm.assertEq(collection.ownerOf(_id(batch, 2)), address(wallet), "owner");
        vm.assertEq(wallet.lastData().length, 0, "not called");
    }

    function test_ArrivesSafelyWithTheData() external {
        vm.prank(ALICE);
        collection.safeTransferFrom(ALICE, address(wallet), _id(1, 0), "from ALICE");
        vm.assertEq(collection.ownerOf(_id(1, 0)), address(wallet), "owner");
        vm.assertEq(wallet.lastData(), "from ALICE", "data");
    }

    function test_IsMovedByTheWallet() external {
        uint256 batch = _mint(address(wallet), 5);
        _execute(abi.encodeCall(collection.approve, (BOB, _id(batch, 0))));
        vm.assertEq(collection.getApproved(_id(batch, 0)), BOB, "approved");
        _execute(abi.encodeCall(collection.transferFrom, (address(wallet), CAROL, _id(batch, 1))));
        _execute(
            abi.encodeWithSignature(
                "safeTransferFrom(address,address,uint256,bytes)",
                address(wallet),
                address(wallet),
                _id(batch, 2),
                "to itself"
            )
        );
        vm.assertEq(wallet.lastData(), "to itself", "called back");
        _execute(abi.encodeCall(ILoopCollection.burn, (_id(batch, 3))));

        vm.assertEq(collection.ownerOf(_id(batch, 1)), CAROL, "moved");
        vm.assertEq(collection.balanceOf(address(wallet)), 3, "one moved, one burned");
    }

    function test_IsForgedByTheWallet() external {
        uint256 batch = _mint(address(wallet), 2);
        _execute(abi.encodeCall(ILoopCollection.forge, (_first(batch, 2), _terms(2))));
        _sealForged(batch + 1, _first(batch, 2));

        vm.assertEq(collection.ownerOf(_id(batch + 1, 0)), address(wallet), "the child");
        vm.assertEq(collection.balanceOf(address(wallet)), 1, "and no parent");
    }

    function test_IsMovedByAnOperatorUnlessTheValidatorBlocksHim() external {
        uint256 batch = _mint(address(wallet), 3);
        BlockingValidator validator = new BlockingValidator();
        validator.refuse(CAROL);
        vm.prank(PARAMETERS);
        collection.setTransferValidator(address(validator));
        _execute(abi.encodeCall(collection.setApprovalForAll, (BOB, true)));
        _execute(abi.encodeCall(collection.setApprovalForAll, (CAROL, true)));

        vm.prank(BOB);
        collection.transferFrom(address(wallet), ALICE, _id(batch, 0));
        vm.expectRevert(
            abi.encodeWithSelector(
                BlockingValidator.BlockingValidatorRefuses.selector,
                CAROL,
                address(wallet),
                ALICE,
                _id(batch, 1)
            )
        );
        vm.prank(CAROL);
        collection.transferFrom(address(wallet), ALICE, _id(batch, 1));
        _execute(abi.encodeCall(collection.transferFrom, (address(wallet), ALICE, _id(batch, 1))));
        vm.assertEq(collection.balanceOf(ALICE), 12, "two of the wallet's");
    }

    function test_RevertWhen_AStrangerSpeaksForTheWallet() external {
        uint256 batch = _mint(address(wallet), 1);
        vm.expectRevert(abi.encodeWithSelector(ContractWallet.ContractWalletNotOwner.selector));
        vm.prank(BOB);
        wallet.execute(
            address(collection),
            abi.encodeCall(collection.transferFrom, (address(wallet), BOB, _id(batch, 0)))
        );
    }

    function _execute(bytes memory call) private {
        vm.prank(ALICE);
        wallet.execute(address(collection), call);
    }
}
