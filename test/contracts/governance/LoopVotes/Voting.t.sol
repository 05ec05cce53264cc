// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";

import {DaoKit} from "../../kit/DaoKit.sol";

// clock
// └── is the time of the block, and CLOCK_MODE says so
// given an account that named nobody
// ├── its first wrapped work makes it its own delegate, with the event that indexers read
// └── naming address zero is naming itself
// delegate, delegateBySig
// └── move all votes of the account, and of what it gets later
// any course of wrapping, unwrapping, moving and delegating
// ├── the votes of all accounts add up to the wrapped works
// ├── each account has the works of those who named it
// └── the wrapper holds exactly the wrapped works
// votes in the past
// └── are those at the end of the second
contract VotingTest is DaoKit {
    bytes32 private constant DELEGATION = keccak256("Delegation(address delegatee,uint256 nonce,uint256 expiry)");
    bytes32 private constant DOMAIN = keccak256(
        "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
    );

    address[5] private accounts;

    function setUp() public override {
        super.setUp();
        accounts = [ALICE, BOB, CAROL, STRANGER, TREASURY];
        for (uint256 i = 0; i < 5; ++i) {
            vm.prank(accounts[i]);
            collection.setApprovalForAll(address(votes), true);
        }
    }

    function test_CountsInSeconds() external {
        vm.assertEq(votes.clock(), block.timestamp, "clock");
        vm.assertEq(votes.CLOCK_MODE(), "mode=timestamp", "mode");
        vm.roll(block.number + 100);
        vm.assertEq(votes.clock(), block.timestamp, "not blocks");
    }

    function test_MakesEveryoneHisOwnDelegate() external {
        vm.assertEq(votes.delegates(ALICE), address(0), "nobody yet");
        vm.expectEmit(address(votes));
        emit IVotes.DelegateChanged(ALICE, address(0), ALICE);
        vm.expectEmit(address(votes));
        emit IVotes.DelegateVotesChanged(ALICE, 0, 1);
        vm.prank(ALICE);
        votes.depositFor(ALICE, _works(1, 0, 1));

        vm.prank(ALICE);
        votes.transferFrom(ALICE, STRANGER, _id(1, 0));
        vm.assertEq(votes.delegates(STRANGER), STRANGER, "the receiver of a wrapped work, too");
        vm.assertEq(votes.getVotes(STRANGER), 1, "his vote");
    }

    function test_KeepsTheDelegateNamedBefore() external {
        vm.prank(ALICE);
        votes.delegate(CAROL);
        _wrap(ALICE, _works(1, 0, 3));
        vm.assertEq(votes.delegates(ALICE), CAROL, "named");
        vm.assertEq(votes.getVotes(CAROL), 3, "hers");
        vm.assertEq(votes.getVotes(ALICE), 0, "none");
    }

    function test_NamingNobodyIsNamingOneself() external {
        _wrap(ALICE, _works(1, 0, 3));
        vm.prank(ALICE);
        votes.delegate(BOB);
        vm.prank(ALICE);
        votes.delegate(address(0));
        vm.assertEq(votes.delegates(ALICE), ALICE, "herself");
        vm.assertEq(votes.getVotes(ALICE), 3, "her votes");
    }

    function testFuzz_DelegatesBySignature(uint256 key) external {
        key = _bound(key, 1, type(uint128).max);
        address signer = vm.addr(key);
        vm.prank(ALICE);
        votes.depositFor(signer, _works(1, 0, 2));

        bytes32 domain = keccak256(
            abi.encode(DOMAIN, keccak256("LoopVotes"), keccak256("1"), block.chainid, address(votes))
        );
        bytes32 message = keccak256(abi.encode(DELEGATION, BOB, 0, block.timestamp));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(key, keccak256(abi.encodePacked(hex"1901", domain, message)));
        votes.delegateBySig(BOB, 0, block.timestamp, v, r, s);
        vm.assertEq(votes.getVotes(BOB), 2, "moved");
    }

    /* THE ALGEBRA */

    /// @dev 24 steps, each three numbers out of one word: what, who, which.
    function testFuzz_VotesAddUpToWrappedWorks(uint256[24] calldata steps) external {
        for (uint256 i = 0; i < steps.length; ++i) {
            uint256 word = uint256(keccak256(abi.encode(steps[i], i)));
            _step(word % 4, accounts[(word >> 8) % 5], accounts[(word >> 16) % 5], (word >> 24) % 20);
            _later((word >> 32) % 2); // some in one second
            _requireSums();
        }
    }

    function _step(uint256 what, address from, address to, uint256 which) private {
        uint256[] memory ids = _works(1 + which / 10, which % 10, 1);
        bool wrapped = collection.ownerOf(ids[0]) == address(votes);
        address holder = wrapped ? votes.ownerOf(ids[0]) : collection.ownerOf(ids[0]);
        if (what == 0) {
            vm.prank(from);
            votes.delegate(to == TREASURY ? address(0) : to);
        } else if (!wrapped) {
            vm.prank(holder);
            votes.depositFor(to, ids);
        } else if (what == 1) {
            vm.prank(holder);
            votes.withdrawTo(to, ids);
        } else {
            vm.prank(holder);
            votes.transferFrom(holder, to, ids[0]);
        }
    }

    function _requireSums() private view {
        uint256 all = 0;
        uint256 wrapped = 0;
        for (uint256 i = 0; i < 5; ++i) {
            all += votes.getVotes(accounts[i]);
            wrapped += votes.balanceOf(accounts[i]);
            uint256 expected = 0;
            for (uint256 j = 0; j < 5; ++j) {
                if (votes.delegates(accounts[j]) == accounts[i]) expected += votes.balanceOf(accounts[j]);
            }
            vm.assertEq(votes.getVotes(accounts[i]), expected, "works of those who named him");
        }
        vm.assertEq(all, wrapped, "votes are wrapped works");
        vm.assertEq(collection.balanceOf(address(votes)), wrapped, "and each is held");
    }

    /* THE PAST */

    function test_RemembersTheEndOfEachSecond() external {
        _wrap(ALICE, _works(1, 0, 4));
        uint256 before = block.timestamp - 1;
        vm.prank(ALICE);
        votes.transferFrom(ALICE, BOB, _id(1, 0));
        vm.prank(BOB);
        votes.transferFrom(BOB, ALICE, _id(1, 0)); // what a flash loan does
        vm.prank(ALICE);
        votes.withdrawTo(ALICE, _works(1, 3, 1));
        _later(1);

        vm.assertEq(votes.getPastVotes(ALICE, before), 4, "four then");
        vm.assertEq(votes.getPastTotalSupply(before), 4, "of four");
        vm.assertEq(votes.getPastVotes(ALICE, before + 1), 3, "three now");
        vm.assertEq(votes.getPastVotes(BOB, before + 1), 0, "what was lent within a second is not counted");
        vm.assertEq(votes.getPastTotalSupply(before + 1), 3, "of three");
    }
}
