// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";

import {IERC721Batch} from "../../../../contracts/interfaces/IERC721Batch.sol";
import {ITransferValidator} from "../../../../contracts/interfaces/ICreatorToken.sol";
import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {DaoKit} from "../../kit/DaoKit.sol";
import {IWrapper} from "../../kit/IDao.sol";
import {AcceptingReceiver, RefusingReceiver} from "../../kit/Receivers.sol";
import {BlockingValidator} from "../../mocks/BlockingValidator.sol";

// depositFor
// ├── the works go to the wrapper and the account, its own or another's, has them wrapped under the same ids
// ├── when the caller does not hold the work, or it is locked for a child, or burned
// │   └── it reverts
// ├── when the work is wrapped already, or named twice
// │   └── it reverts
// └── when the account is zero, the wrapper, or a contract that refuses
//     └── it reverts
// safeTransferFrom to the wrapper
// ├── the holder has the work wrapped, whoever moved it
// └── when the token is of another collection
//     └── it reverts
// withdrawTo
// ├── the works come back, to another account too, and can be wrapped again
// ├── by whom the holder approved
// ├── when the caller is a stranger, or the account is the wrapper
// │   └── it reverts
// └── a validator that blocks operators does not hold them
// given a wrapped work
// ├── nobody can burn or forge the original
// └── it cannot be sent to the wrapper
// moving a wrapped work
// └── asks the collection's validator with caller, holder, receiver and id, and not before the caller is known to be allowed
// recover
// ├── given a work that was sent without wrapping, the admin gives it to an account
// ├── when it is wrapped, or the wrapper does not hold it
// │   └── it reverts
// └── when the caller is not the admin
//     └── it reverts
contract WrappingTest is DaoKit {
    uint256 private constant WORK = 1_000_003; // ALICE's

    /* WRAPPING */

    function testFuzz_WrapsForAnyAccount(address account, uint256 first, uint256 count) external {
        vm.assume(account != address(0) && account.code.length == 0);
        first = _bound(first, 0, 9);
        count = _bound(count, 1, 10 - first);
        uint256[] memory ids = _works(1, first, count);
        _approve(ALICE);
        vm.prank(ALICE);
        votes.depositFor(account, ids);

        for (uint256 i = 0; i < count; ++i) {
            vm.assertEq(collection.ownerOf(ids[i]), address(votes), "held");
            vm.assertEq(votes.ownerOf(ids[i]), account, "wrapped");
        }
        vm.assertEq(votes.balanceOf(account), count, "as many");
        vm.assertEq(votes.getVotes(account), count, "votes at once");
    }

    function test_RevertWhen_TheWorkIsAnothers() external {
        _approve(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, STRANGER, WORK, ALICE));
        vm.prank(STRANGER);
        votes.depositFor(STRANGER, _one(WORK));
    }

    function test_RevertWhen_TheWorkIsLocked() external {
        vm.prank(REGISTRAR);
        registry.register(keccak256("recipe of children"));
        ILoopCollection.ForgeTerms memory terms = ILoopCollection.ForgeTerms({
            recipe: keccak256("recipe of children"),
            conditions: 0,
            parents: 2
        });
        vm.prank(PARAMETERS);
        collection.setForgeTerms(terms);
        vm.prank(ALICE);
        uint256 child = collection.forge(_works(1, 3, 2), terms);

        _approve(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenLocked.selector, WORK, child));
        vm.prank(ALICE);
        votes.depositFor(ALICE, _one(WORK));
    }

    function test_RevertWhen_TheWorkIsBurned() external {
        vm.prank(ALICE);
        collection.burn(WORK);
        _approve(ALICE);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, WORK));
        vm.prank(ALICE);
        votes.depositFor(ALICE, _one(WORK));
    }

    function test_RevertWhen_WrappedTwice() external {
        uint256[] memory twice = new uint256[](2);
        (twice[0], twice[1]) = (WORK, WORK);
        _approve(ALICE);
        bytes memory refusal = abi.encodeWithSelector(
            IERC721Errors.ERC721IncorrectOwner.selector,
            ALICE,
            WORK,
            address(votes)
        );
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        votes.depositFor(ALICE, twice);

        _wrap(ALICE, _one(WORK));
        vm.expectRevert(refusal);
        vm.prank(ALICE);
        votes.depositFor(ALICE, _one(WORK));
    }

    function test_RevertWhen_TheAccountCannotHoldIt() external {
        address refusing = address(new RefusingReceiver());
        _approve(ALICE);
        _expectInvalidReceiver(address(0));
        votes.depositFor(address(0), _one(WORK));
        _expectInvalidReceiver(address(votes));
        votes.depositFor(address(votes), _one(WORK));
        _expectInvalidReceiver(refusing);
        votes.depositFor(refusing, _one(WORK));

        address accepting = address(new AcceptingReceiver());
        vm.prank(ALICE);
        votes.depositFor(accepting, _one(WORK));
        vm.assertEq(votes.ownerOf(WORK), accepting, "the same contract, but willing");
    }

    function test_WrapsWhatIsSentSafely() external {
        vm.prank(ALICE);
        collection.safeTransferFrom(ALICE, address(votes), WORK);
        vm.assertEq(votes.ownerOf(WORK), ALICE, "for its holder");

        vm.prank(BOB);
        collection.setApprovalForAll(STRANGER, true);
        vm.prank(STRANGER);
        collection.safeTransferFrom(BOB, address(votes), _id(2, 0), "data of any kind");
        vm.assertEq(votes.ownerOf(_id(2, 0)), BOB, "for its holder, not for who moved it");
    }

    function test_RevertWhen_AnotherCollectionIsSent() external {
        OtherCollection other = new OtherCollection();
        other.mint(ALICE, WORK);
        vm.expectRevert(abi.encodeWithSelector(IWrapper.ERC721UnsupportedToken.selector, address(other)));
        vm.prank(ALICE);
        other.safeTransferFrom(ALICE, address(votes), WORK);
        vm.expectRevert(abi.encodeWithSelector(IWrapper.ERC721UnsupportedToken.selector, STRANGER));
        vm.prank(STRANGER);
        votes.onERC721Received(STRANGER, STRANGER, WORK, "");
    }

    /* UNWRAPPING */

    function test_UnwrapsAndWrapsAgain() external {
        _wrap(ALICE, _works(1, 0, 10));
        vm.prank(ALICE);
        votes.withdrawTo(BOB, _works(1, 0, 4));

        vm.assertEq(collection.balanceOf(BOB), 14, "ten of his own and four");
        vm.assertEq(votes.balanceOf(ALICE), 6, "six left");
        vm.assertEq(votes.getVotes(ALICE), 6, "votes left");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, _id(1, 0)));
        votes.ownerOf(_id(1, 0));

        _wrap(BOB, _works(1, 0, 4));
        vm.assertEq(votes.ownerOf(_id(1, 0)), BOB, "wrapped again");
    }

    function test_UnwrapsByWhomTheHolderApproved() external {
        _wrap(ALICE, _one(WORK));
        vm.prank(ALICE);
        votes.approve(CAROL, WORK);
        vm.prank(CAROL);
        votes.withdrawTo(CAROL, _one(WORK));
        vm.assertEq(collection.ownerOf(WORK), CAROL, "where she said");
    }

    function test_RevertWhen_AStrangerUnwraps() external {
        _wrap(ALICE, _one(WORK));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, STRANGER, WORK));
        vm.prank(STRANGER);
        votes.withdrawTo(STRANGER, _one(WORK));

        _expectInvalidReceiver(address(votes));
        votes.withdrawTo(address(votes), _one(WORK));
        vm.assertEq(votes.ownerOf(WORK), ALICE, "still wrapped");
    }

    function test_UnwrapsUnderAValidatorThatBlocksOperators() external {
        _wrap(ALICE, _one(WORK));
        BlockingValidator validator = new BlockingValidator();
        validator.refuse(address(votes));
        _name(address(validator));
        _unwrap(ALICE, _one(WORK));
        vm.assertEq(collection.ownerOf(WORK), ALICE, "back: the wrapper is the holder there, not an operator");
    }

    /* WRAPPED */

    function test_KeepsTheOriginalFromBurningAndForging() external {
        _wrap(ALICE, _one(WORK));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, ALICE, WORK));
        vm.prank(ALICE);
        collection.burn(WORK);

        vm.prank(REGISTRAR);
        registry.register(keccak256("recipe of children"));
        ILoopCollection.ForgeTerms memory terms = ILoopCollection.ForgeTerms({
            recipe: keccak256("recipe of children"),
            conditions: 0,
            parents: 2
        });
        vm.prank(PARAMETERS);
        collection.setForgeTerms(terms);
        vm.expectRevert(
            abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, ALICE, WORK, address(votes))
        );
        vm.prank(ALICE);
        collection.forge(_works(1, 3, 2), terms);
    }

    function test_RevertWhen_SentToTheWrapper() external {
        _wrap(ALICE, _one(WORK));
        _expectInvalidReceiver(address(votes));
        votes.transferFrom(ALICE, address(votes), WORK);
    }

    function test_AsksTheValidator() external {
        _wrap(ALICE, _one(WORK));
        _name(address(new RelatingValidator()));
        vm.prank(ALICE);
        votes.approve(BOB, WORK);

        vm.expectRevert(abi.encodeWithSelector(RelatingValidator.Told.selector, BOB, ALICE, CAROL, WORK));
        vm.prank(BOB);
        votes.transferFrom(ALICE, CAROL, WORK);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, STRANGER, WORK));
        vm.prank(STRANGER);
        votes.transferFrom(ALICE, CAROL, WORK);

        _name(address(0));
        vm.prank(BOB);
        votes.transferFrom(ALICE, CAROL, WORK);
        vm.assertEq(votes.ownerOf(WORK), CAROL, "and off, it moves");
    }

    function test_ABlockedOperatorMovesNeitherForm() external {
        BlockingValidator validator = new BlockingValidator();
        validator.refuse(CAROL);
        _name(address(validator));
        _wrap(ALICE, _one(WORK));
        vm.prank(ALICE);
        votes.setApprovalForAll(CAROL, true);

        vm.expectRevert(
            abi.encodeWithSelector(BlockingValidator.BlockingValidatorRefuses.selector, CAROL, ALICE, BOB, WORK)
        );
        vm.prank(CAROL);
        votes.safeTransferFrom(ALICE, BOB, WORK);
        vm.prank(ALICE);
        votes.safeTransferFrom(ALICE, BOB, WORK);
        vm.assertEq(votes.ownerOf(WORK), BOB, "its holder may");
    }

    /* RECOVERING */

    function test_RecoversWhatWasStranded() external {
        vm.prank(ALICE);
        collection.transferFrom(ALICE, address(votes), WORK);
        vm.prank(ADMIN);
        votes.recover(ALICE, WORK);
        vm.assertEq(votes.ownerOf(WORK), ALICE, "wrapped for whom the admin says");
        _unwrap(ALICE, _one(WORK));
        vm.assertEq(collection.ownerOf(WORK), ALICE, "and back");
    }

    function test_RevertWhen_NothingIsStranded() external {
        vm.expectRevert(
            abi.encodeWithSelector(IERC721Errors.ERC721IncorrectOwner.selector, address(votes), WORK, ALICE)
        );
        vm.prank(ADMIN);
        votes.recover(ADMIN, WORK);

        _wrap(ALICE, _one(WORK));
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidSender.selector, address(0)));
        vm.prank(ADMIN);
        votes.recover(ADMIN, WORK);
    }

    function test_RevertWhen_AStrangerRecovers() external {
        vm.prank(ALICE);
        collection.transferFrom(ALICE, address(votes), WORK);
        vm.expectRevert(
            abi.encodeWithSignature("AccessControlUnauthorizedAccount(address,bytes32)", ALICE, bytes32(0))
        );
        vm.prank(ALICE);
        votes.recover(ALICE, WORK);
    }

    /* HELPERS */

    function _approve(address holder) private {
        vm.prank(holder);
        collection.setApprovalForAll(address(votes), true);
    }

    function _name(address validator) private {
        vm.prank(PARAMETERS);
        collection.setTransferValidator(validator);
    }

    function _expectInvalidReceiver(address account) private {
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InvalidReceiver.selector, account));
        vm.prank(ALICE);
    }

    function _one(uint256 tokenId) private pure returns (uint256[] memory ids) {
        ids = new uint256[](1);
        ids[0] = tokenId;
    }
}

/// @title Refuses everything and tells what it was asked
contract RelatingValidator is ITransferValidator {
    error Told(address caller, address from, address to, uint256 tokenId);

    function validateTransfer(address caller, address from, address to, uint256 tokenId) external pure {
        revert Told(caller, from, to, tokenId);
    }
}

/// @title Works of somebody else's, under the same ids
contract OtherCollection is ERC721("Other", "OTHER") {
    function mint(address to, uint256 tokenId) external {
        _mint(to, tokenId);
    }
}
