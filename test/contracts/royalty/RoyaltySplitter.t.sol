// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

import {IRoyaltySplitter} from "../../../contracts/interfaces/IRoyaltySplitter.sol";
import {Kit} from "../kit/Kit.sol";
import {GreedyPayee, RefusingPayee} from "../mocks/Payees.sol";
import {FailingToken, FreeToken, SilentToken} from "../mocks/Tokens.sol";

// constructor
// ├── when there are no payees, more than 32, or another number of shares
// │   └── it reverts
// ├── when a payee is zero or named twice, or has no shares or more than 1,000,000
// │   └── it reverts
// └── it keeps payees, shares and their sum
// release, of ether
// ├── when the caller is no payee, or nothing is due
// │   └── it reverts
// ├── when the receiver is zero
// │   └── it reverts
// ├── when the receiver refuses
// │   └── it reverts with his reason, the payee draws elsewhere, and nobody else is held up
// ├── when the payee draws again while he is paid
// │   └── he gets his share once
// └── when everything is in order
//     ├── it sends the caller's share of all that ever came in, forced ether included, and emits Released
//     └── over any course of income and draws, nobody gets more than his share, and less than one wei each stays
// release, of tokens
// ├── as of ether, each token by itself
// ├── given the token answers nothing, it pays; given it answers false, it reverts
// └── given the balance shrank
//     └── the last to draw gets what there is
contract RoyaltySplitterTest is Kit {
    address private immutable ALICE = _account("alice");
    address private immutable BOB = _account("bob");
    address private immutable CAROL = _account("carol");

    IRoyaltySplitter private splitter;

    function setUp() external {
        splitter = _split(ALICE, 7, BOB, 3);
    }

    receive() external payable {}

    /* CONSTRUCTION */

    function testFuzz_RevertWhen_NumbersAreOutOfRange(uint256 payees, uint256 shares) external {
        payees = _bound(payees, 0, 40);
        shares = shares % 2 == 0 ? payees : _bound(shares, 0, 40);
        vm.assume(payees == 0 || payees > 32 || payees != shares);

        vm.expectRevert(
            abi.encodeWithSelector(IRoyaltySplitter.RoyaltySplitterPayeesOutOfRange.selector, payees, shares, 32)
        );
        this.deploy(new address[](payees), new uint256[](shares));
    }

    function test_RevertWhen_APayeeIsInvalid() external {
        _refusePayee(address(0), 1);
        _refusePayee(BOB, 0);
        _refusePayee(BOB, 1_000_001);
        _refusePayee(BOB, type(uint256).max);
        _refusePayee(ALICE, 1); // named twice
    }

    function test_KeepsPayeesAndShares() external {
        address[] memory payees = new address[](32);
        uint256[] memory shares = new uint256[](32);
        for (uint256 i = 0; i < 32; ++i) (payees[i], shares[i]) = (address(uint160(i + 1)), 1_000_000 - i);
        IRoyaltySplitter large = this.deploy(payees, shares);

        vm.assertEq(abi.encode(large.payees()), abi.encode(payees), "payees in their order");
        for (uint256 i = 0; i < 32; ++i) vm.assertEq(large.sharesOf(payees[i]), 1_000_000 - i, "shares");
        vm.assertEq(large.totalShares(), 32 * 1_000_000 - 496, "sum");
        vm.assertEq(large.sharesOf(ALICE), 0, "none");
    }

    /* ETHER */

    function testFuzz_RevertWhen_CallerIsNoPayee(address caller, uint96 income) external {
        vm.assume(caller != ALICE && caller != BOB);
        _pay(income);
        _expectNothing(caller);
        vm.prank(caller);
        splitter.release(payable(caller));
        vm.assertEq(splitter.releasable(caller), 0, "nothing");
    }

    function test_RevertGiven_NothingIsDue() external {
        _expectNothing(ALICE);
        _draw(ALICE, ALICE);
        _pay(10);
        _draw(ALICE, ALICE);
        _expectNothing(ALICE);
        _draw(ALICE, ALICE);
        _pay(1); // seven tenths of a wei
        _expectNothing(ALICE);
        _draw(ALICE, ALICE);
    }

    function test_RevertWhen_ReceiverIsZero() external {
        _pay(10);
        vm.expectRevert(abi.encodeWithSelector(IRoyaltySplitter.RoyaltySplitterReceiverMissing.selector));
        _draw(ALICE, address(0));
    }

    function test_PaysToWhomThePayeeNames() external {
        _pay(100);
        vm.expectEmit(address(splitter));
        emit IRoyaltySplitter.Released(ALICE, CAROL, 70);
        vm.assertEq(_draw(ALICE, CAROL), 70, "answer");

        vm.assertEq(CAROL.balance, 70, "received");
        vm.assertEq(ALICE.balance, 0, "not to her");
        vm.assertEq(splitter.releasable(ALICE), 0, "all drawn");
        vm.assertEq(splitter.releasable(BOB), 30, "his is untouched");
    }

    function test_CountsForcedEther() external {
        vm.deal(address(splitter), 10); // as a block's reward comes: no code of the splitter's runs
        vm.assertEq(splitter.releasable(ALICE), 7, "shared like any other");
        vm.assertEq(_draw(BOB, BOB), 3, "drawn");
    }

    function test_APayeeWhoRefusesDrawsElsewhere() external {
        RefusingPayee refusing = new RefusingPayee();
        splitter = _split(address(refusing), 7, BOB, 3);
        _pay(100);

        vm.expectRevert(abi.encodeWithSelector(RefusingPayee.RefusingPayeeRefuses.selector));
        refusing.draw(splitter, payable(address(refusing)));
        vm.assertEq(_draw(BOB, BOB), 30, "BOB is not held up");
        vm.assertEq(refusing.draw(splitter, payable(CAROL)), 70, "nothing was lost");
        vm.assertEq(CAROL.balance, 70, "arrived elsewhere");
    }

    function test_APayeeWhoDrawsAgainGetsHisShareOnce() external {
        GreedyPayee greedy = new GreedyPayee();
        splitter = _split(address(greedy), 7, BOB, 3);
        _pay(100);

        vm.assertEq(greedy.draw(splitter), 70, "his share");
        vm.assertEq(address(greedy).balance, 70, "once");
        vm.assertTrue(!greedy.drewTwice(), "the second draw failed");
        vm.assertEq(
            greedy.answer(),
            abi.encodeWithSelector(IRoyaltySplitter.RoyaltySplitterNothingDue.selector, address(greedy)),
            "for want of anything due"
        );
        vm.assertEq(_draw(BOB, BOB), 30, "BOB's is whole");
    }

    function testFuzz_SharesAnyCourse(uint256[16] calldata course, uint256 first, uint256 second) external {
        first = _bound(first, 1, 1_000_000);
        second = _bound(second, 1, 1_000_000);
        splitter = _split(ALICE, first, BOB, second);
        uint256 income = 0;
        for (uint256 i = 0; i < course.length; ++i) {
            uint256 amount = _bound(course[i] >> 8, 0, 1e24);
            _pay(amount);
            income += amount;
            if (course[i] % 2 == 0) _drawIfDue(ALICE);
            if (course[i] % 3 == 0) _drawIfDue(BOB);
        }
        _drawIfDue(ALICE);
        _drawIfDue(BOB);

        vm.assertEq(ALICE.balance, (income * first) / (first + second), "her share to the wei");
        vm.assertEq(BOB.balance, (income * second) / (first + second), "his share to the wei");
        vm.assertTrue(address(splitter).balance < 2, "dust");
    }

    /* TOKENS */

    function test_PaysEachTokenByItself() external {
        FreeToken one = new FreeToken();
        FreeToken other = new FreeToken();
        one.mint(address(splitter), 100);
        other.mint(address(splitter), 10);
        _pay(1_000);

        vm.expectEmit(address(splitter));
        emit IRoyaltySplitter.TokenReleased(one, ALICE, CAROL, 70);
        vm.assertEq(_draw(one, ALICE, CAROL), 70, "answer");
        vm.assertEq(one.balanceOf(CAROL), 70, "received");
        vm.assertEq(splitter.releasable(one, ALICE), 0, "all drawn");
        vm.assertEq(splitter.releasable(other, ALICE), 7, "the other token is untouched");
        vm.assertEq(splitter.releasable(ALICE), 700, "and the ether");
        _expectNothing(ALICE);
        _draw(one, ALICE, CAROL);
        vm.assertEq(_draw(one, BOB, BOB), 30, "BOB's");
    }

    function test_RevertWhen_TokensCannotBeDrawn() external {
        FreeToken token = new FreeToken();
        token.mint(address(splitter), 100);
        vm.expectRevert(abi.encodeWithSelector(IRoyaltySplitter.RoyaltySplitterReceiverMissing.selector));
        _draw(token, ALICE, address(0));
        _expectNothing(CAROL);
        _draw(token, CAROL, CAROL);
    }

    function test_PaysATokenThatAnswersNothing() external {
        SilentToken token = new SilentToken();
        token.mint(address(splitter), 100);
        vm.assertEq(_draw(IERC20(address(token)), ALICE, CAROL), 70, "answer");
        vm.assertEq(token.balanceOf(CAROL), 70, "received");
    }

    function test_RevertGiven_TheTokenAnswersFalse() external {
        FailingToken token = new FailingToken();
        token.mint(address(splitter), 100);
        vm.expectRevert(abi.encodeWithSelector(SafeERC20.SafeERC20FailedOperation.selector, address(token)));
        _draw(IERC20(address(token)), ALICE, CAROL);
        vm.assertEq(splitter.releasable(IERC20(address(token)), ALICE), 70, "still due");
    }

    function test_ABalanceThatShrinksLeavesTheLastShort() external {
        FreeToken token = new FreeToken();
        token.mint(address(splitter), 100);
        _draw(token, ALICE, ALICE);
        token.burn(address(splitter), 20);

        vm.assertEq(splitter.releasable(token, ALICE), 0, "she has more than her share of eighty");
        vm.assertEq(splitter.releasable(token, BOB), 10, "his share of eighty is 24, and there are ten");
        _expectNothing(ALICE);
        _draw(token, ALICE, ALICE);
        vm.assertEq(_draw(token, BOB, BOB), 10, "all there is");
    }

    /* HELPERS */

    /// @dev An external step, so that the revert has a call to end.
    function deploy(address[] calldata payees, uint256[] calldata shares) external returns (IRoyaltySplitter) {
        return IRoyaltySplitter(payable(_deploy("RoyaltySplitter", abi.encode(payees, shares))));
    }

    function _split(address a, uint256 first, address b, uint256 second) private returns (IRoyaltySplitter) {
        address[] memory payees = new address[](2);
        uint256[] memory shares = new uint256[](2);
        (payees[0], payees[1]) = (a, b);
        (shares[0], shares[1]) = (first, second);

        return this.deploy(payees, shares);
    }

    function _refusePayee(address payee, uint256 share) private {
        vm.expectRevert(
            abi.encodeWithSelector(IRoyaltySplitter.RoyaltySplitterInvalidPayee.selector, payee, share, 1_000_000)
        );
        _split(ALICE, 7, payee, share);
    }

    function _pay(uint256 amount) private {
        vm.deal(address(this), amount);
        (bool success, ) = address(splitter).call{value: amount}("");
        vm.assertTrue(success, "paid in");
    }

    function _draw(address payee, address to) private returns (uint256) {
        vm.prank(payee);
        return splitter.release(payable(to));
    }

    function _draw(IERC20 token, address payee, address to) private returns (uint256) {
        vm.prank(payee);
        return splitter.release(token, to);
    }

    function _drawIfDue(address payee) private {
        if (splitter.releasable(payee) != 0) _draw(payee, payee);
    }

    function _expectNothing(address payee) private {
        vm.expectRevert(abi.encodeWithSelector(IRoyaltySplitter.RoyaltySplitterNothingDue.selector, payee));
    }
}
