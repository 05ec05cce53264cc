// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IERC165} from "@openzeppelin/contracts/interfaces/IERC165.sol";

import {PARAMETER_ROLE} from "../../../contracts/access/Roles.sol";
import {ILoopCollection} from "../../../contracts/interfaces/ILoopCollection.sol";
import {ITermsInForce} from "../../../contracts/interfaces/ITermsInForce.sol";
import {EpochKit} from "../kit/EpochKit.sol";

// setTermsInForce
// ├── when the caller is not the parameter authority
// │   └── it reverts
// ├── it keeps them, zeros too, and emits TermsInForceChanged
// └── given the forge is open
//     └── it goes on with them; a closed one stays as it is
// given terms are in force
// ├── opening, with a royalty too, and setting forge terms revert unless guard and odds are those
// ├── closing the forge takes any conditions
// ├── open batches and children keep theirs and are sealed
// └── an epoch reverts until the cadence passed since the last one, void or not, and goes at that very second
// given none were ever set
// └── any conditions open, and epochs follow at once
contract TermsKeeperTest is EpochKit {
    function test_RevertWhen_CallerIsNotTheParameterAuthority() external {
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, ADMIN, PARAMETER_ROLE)
        );
        vm.prank(ADMIN);
        collection.setTermsInForce(1, 2, 3);
    }

    function testFuzz_KeepsThem(uint16 guard, uint16 odds, uint32 cadence) external {
        vm.assertTrue(!collection.termsInForce().isSet, "off");

        vm.expectEmit(address(collection));
        emit ITermsInForce.TermsInForceChanged(guard, odds, cadence);
        _set(guard, odds, cadence);
        ITermsInForce.TermsInForce memory terms = collection.termsInForce();
        vm.assertEq(abi.encode(terms), abi.encode(true, guard, odds, cadence), "terms");
        vm.assertTrue(IERC165(address(collection)).supportsInterface(type(ITermsInForce).interfaceId), "says so");
    }

    /* OPENING */

    function testFuzz_OpensWithTheTermsAlone(uint16 guard, uint16 odds, bytes32 conditions) external {
        conditions &= ~bytes32(uint256(0xf0));
        _set(guard, odds, 0);
        bytes32 expected = _with(conditions, guard, odds);

        vm.prank(OPERATOR);
        vm.assertEq(collection.open(ALICE, RECIPE, 1, expected), 1, "opens");
        if (conditions == expected) return;
        vm.expectRevert(abi.encodeWithSelector(ITermsInForce.TermsNotInForce.selector, conditions, expected));
        vm.prank(OPERATOR);
        collection.open(ALICE, RECIPE, 1, conditions);
    }

    function test_RevertWhen_ARoyaltyComesWithOtherConditions() external {
        _set(0, 0, 0);
        vm.prank(PARAMETERS);
        collection.offerRoyalty(BOB, 100, true);
        vm.expectRevert(
            abi.encodeWithSelector(ITermsInForce.TermsNotInForce.selector, CONDITIONS, _with(CONDITIONS, 0, 0))
        );
        vm.prank(OPERATOR);
        collection.openWithRoyalty(ALICE, RECIPE, 1, CONDITIONS, BOB, 100);
    }

    function test_OpensAnythingBefore() external {
        vm.assertEq(_open(ALICE, 1), 1, "conditions of any kind");
        _set(1, 2, 0);
        _seal(1);
        vm.assertEq(collection.ownerOf(_id(1, 0)), ALICE, "and seals them");
    }

    /* FORGING */

    function testFuzz_ForgesWithTheTermsAlone(uint16 guard, uint16 odds) external {
        bytes32 expected = _with(CONDITIONS, guard, odds);
        _set(guard, odds, 0);
        _setForge(expected, 2);
        bytes32 other = expected ^ bytes32(uint256(1 << 24));

        vm.expectRevert(abi.encodeWithSelector(ITermsInForce.TermsNotInForce.selector, other, expected));
        _setForge(other, 2);
        _setForge(bytes32(0), 0);
        vm.assertEq(collection.forgeTerms().conditions, bytes32(0), "closed with any");
    }

    function testFuzz_AnOpenForgeGoesOnWithThem(uint16 guard, uint16 odds) external {
        bytes32 expected = _with(CONDITIONS, guard, odds);
        vm.assume(expected != CONDITIONS);
        _setForge(CONDITIONS, 2);

        vm.expectEmit(address(collection));
        emit ILoopCollection.ForgeTermsChanged(RECIPE, expected, 2);
        _set(guard, odds, 0);
        vm.assertEq(collection.forgeTerms().conditions, expected, "conditions");
        vm.assertEq(collection.forgeTerms().recipe, RECIPE, "recipe");
        vm.assertEq(collection.forgeTerms().parents, 2, "parents");

        _setForge(bytes32(0), 0);
        _set(guard ^ 1, odds, 0);
        vm.assertEq(collection.forgeTerms().conditions, bytes32(0), "a closed one stays");
    }

    function test_AChildThatIsOpenKeepsItsOwn() external {
        _mint(ALICE, 2);
        _setForge(CONDITIONS, 2);
        uint256[] memory parents = new uint256[](2);
        (parents[0], parents[1]) = (_id(1, 0), _id(1, 1));
        ILoopCollection.ForgeTerms memory agreed = collection.forgeTerms();
        vm.prank(ALICE);
        uint256 child = collection.forge(parents, agreed);

        _set(1, 2, 3);
        bytes32 blockHash = _seed(child);
        vm.prank(OPERATOR);
        collection.sealForged(child, _rootOf(child), blockHash, parents);
        vm.assertEq(collection.ownerOf(_id(child, 0)), ALICE, "sealed");
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionForgeTermsChanged.selector));
        vm.prank(ALICE);
        collection.forge(parents, agreed);
    }

    /* EPOCHS */

    function testFuzz_EpochsKeepTheirDistance(uint32 cadence, uint256 early, bool voided) external {
        cadence = uint32(_bound(cadence, 1, type(uint32).max));
        _set(0, 0, cadence);
        _evolve();
        if (voided) _void(1);
        uint256 earliest = NOW + cadence;
        uint256 round = _accept();
        vm.roll(block.number + 1);

        vm.warp(_bound(early, NOW, earliest - 1));
        vm.expectRevert(abi.encodeWithSelector(ITermsInForce.EpochBeforeCadence.selector, earliest));
        _publish(_rootOfEpoch(round), round);
        vm.warp(earliest);
        vm.assertEq(_publish(_rootOfEpoch(round), round), 2, "at that very second");
    }

    function test_EpochsFollowAtOnceWithoutCadence() external {
        _evolve();
        vm.assertEq(_evolve(), 2, "never set");
        _set(1, 1, 0);
        vm.assertEq(_evolve(), 3, "set to any");
    }

    function test_TheFirstEpochWaitsForNothing() external {
        _set(0, 0, type(uint32).max);
        vm.assertEq(_evolve(), 1, "the first");
    }

    /* KIT */

    function _set(uint16 guard, uint16 odds, uint32 cadence) private {
        vm.prank(PARAMETERS);
        collection.setTermsInForce(guard, odds, cadence);
    }

    function _setForge(bytes32 conditions, uint256 parents) private {
        vm.prank(PARAMETERS);
        collection.setForgeTerms(ILoopCollection.ForgeTerms(RECIPE, conditions, parents));
    }

    /// @dev Bytes 27 to 30 of the conditions, written plainly.
    function _with(bytes32 conditions, uint16 guard, uint16 odds) private pure returns (bytes32) {
        bytes memory text = abi.encodePacked(conditions);
        (text[27], text[28]) = (bytes1(uint8(guard >> 8)), bytes1(uint8(guard)));
        (text[29], text[30]) = (bytes1(uint8(odds >> 8)), bytes1(uint8(odds)));
        return bytes32(text);
    }
}
