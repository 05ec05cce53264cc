// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {ADMIN_ROLE, GUARDIAN_ROLE, PARAMETER_ROLE} from "../../../../contracts/access/Roles.sol";
import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {BatchStatus} from "../../../../contracts/types/BatchStatus.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";

// pause
// ├── it stops opening, opening with a royalty, and sealing; forging has its own tests
// ├── it stops no transfer, approval, burning or abandoning, and none of the parameters
// ├── it takes nothing away: what was open can be sealed once minting goes on
// └── it is the guardian's to begin and the admin's to end; twice is as good as once
// the daily limit
// ├── when an opening goes over what is left of the day
// │   └── it reverts with what is left
// ├── it fits to the last work, and is whole again on the next day
// ├── given it was lowered below what is spent
// │   └── nothing is left, until the next day
// ├── given it is zero
// │   └── nothing can be opened
// ├── given a batch was abandoned
// │   └── its works stay spent
// └── when a limit does not fit 24 bits
//     └── it reverts
// every setter
// └── when the caller has not got its job
//     └── it reverts
contract LimitsTest is ForgeKit {
    uint256 private constant MIDNIGHT = 1_800_057_600; // 20,834 days after 1970

    function setUp() public override {
        vm.warp(MIDNIGHT - 1 days);
        super.setUp();
        vm.warp(MIDNIGHT);
    }

    /* PAUSE */

    function test_PauseStopsMinting() external {
        uint256 batch = _open(ALICE, 1);
        bytes32 blockHash = _seed(batch);
        _pause();

        _expectPaused(OPERATOR);
        collection.open(ALICE, RECIPE, 1, CONDITIONS);
        _expectPaused(OPERATOR);
        collection.openWithRoyalty(ALICE, RECIPE, 1, CONDITIONS, TREASURY, 100);
        _expectPaused(OPERATOR);
        collection.seal(batch, _rootOf(batch), blockHash);
    }

    function test_PauseStopsNothingElse() external {
        uint256 child = _forge(ALICE, _first(1, 2));
        _pause();

        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, _id(1, 5));
        vm.prank(ALICE);
        collection.approve(CAROL, _id(1, 6));
        vm.prank(CAROL);
        collection.burn(_id(1, 6));
        vm.prank(PARAMETERS);
        collection.setRoyalty(BOB, 100);
        _abandon(child);
        vm.prank(ALICE);
        collection.transferFrom(ALICE, BOB, _id(1, 0)); // the lock is void

        vm.assertEq(collection.balanceOf(BOB), 12, "ten of his own and two of hers");
        vm.assertEq(collection.balanceOf(ALICE), 7, "less the burned");
    }

    function test_PauseTakesNothingAway() external {
        uint256 batch = _open(ALICE, 1);
        bytes32 blockHash = _seed(batch);
        _pause();
        vm.expectEmit(address(collection));
        emit ILoopCollection.Unpaused(ADMIN);
        vm.prank(ADMIN);
        collection.unpause();
        vm.assertTrue(!collection.limits().paused, "not paused");

        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), blockHash);
        vm.assertTrue(collection.batchOf(batch).status == BatchStatus.Sealed, "sealed");
        _open(ALICE, 1);
    }

    function test_PausesTwice() external {
        vm.expectEmit(address(collection));
        emit ILoopCollection.Paused(GUARDIAN);
        _pause();
        _pause();
        vm.assertTrue(collection.limits().paused, "paused");
        vm.prank(ADMIN);
        collection.unpause();
        vm.prank(ADMIN);
        collection.unpause();
        vm.assertTrue(!collection.limits().paused, "once is enough");
    }

    /* THE DAILY LIMIT */

    function testFuzz_RevertWhen_OverTheDay(uint24 limit, uint256 spent, uint256 count) external {
        limit = uint24(_bound(limit, 1, 4_999));
        _setWorksPerDay(limit);
        spent = _bound(spent, 0, limit);
        if (spent != 0) _open(ALICE, spent);
        uint256 left = limit - spent;
        count = _bound(count, left + 1, 5_000);

        _expectOver(count, left);
        _open(ALICE, count);
        if (left != 0) _open(ALICE, left);
        _expectOver(1, 0);
        _open(ALICE, 1);
    }

    function testFuzz_IsWholeOnTheNextDay(uint256 today, uint256 gap, uint256 limit) external {
        today = _bound(today, 0, 3_000);
        gap = _bound(gap, 1, 3_000);
        limit = _bound(limit, 1, 5_000);
        _setWorksPerDay(limit);
        vm.warp(MIDNIGHT + today * 1 days + 86_399); // the last second of the day
        _open(ALICE, limit);
        _expectOver(1, 0);
        _open(ALICE, 1);

        vm.warp(MIDNIGHT + (today + gap) * 1 days); // the first of a later one
        _open(ALICE, limit);
        vm.assertEq(collection.limits().spent, limit, "spent anew");
        vm.assertEq(collection.limits().day, (20_834 + today + gap) % 65_536, "on that day");
    }

    function testFuzz_LoweredBelowWhatIsSpent(uint256 spent, uint256 limit) external {
        spent = _bound(spent, 2, 5_000);
        limit = _bound(limit, 1, spent - 1);
        _open(ALICE, spent);
        _setWorksPerDay(limit);

        _expectOver(1, 0);
        _open(ALICE, 1);
        vm.warp(MIDNIGHT + 1 days);
        _expectOver(limit + 1, limit);
        _open(ALICE, limit + 1);
        _open(ALICE, limit);
    }

    function test_RaisedInTheMiddleOfTheDay() external {
        _setWorksPerDay(10);
        _open(ALICE, 10);
        _setWorksPerDay(25);
        _expectOver(16, 15);
        _open(ALICE, 16);
        _open(ALICE, 15);
    }

    function test_ZeroOpensNothing() external {
        _setWorksPerDay(0);
        _expectOver(1, 0);
        _open(ALICE, 1);
    }

    function test_AbandonedWorksStaySpent() external {
        _setWorksPerDay(10);
        uint256 batch = _open(ALICE, 10);
        _abandon(batch);

        _expectOver(1, 0);
        _open(ALICE, 1);
    }

    function test_OpeningWithARoyaltyCounts() external {
        vm.prank(PARAMETERS);
        collection.offerRoyalty(TREASURY, 100, true);
        _setWorksPerDay(10);
        vm.prank(OPERATOR);
        collection.openWithRoyalty(ALICE, RECIPE, 7, CONDITIONS, TREASURY, 100);
        vm.assertEq(collection.limits().spent, 7, "spent");

        _expectOver(4, 3);
        vm.prank(OPERATOR);
        collection.openWithRoyalty(ALICE, RECIPE, 4, CONDITIONS, TREASURY, 100);
    }

    function testFuzz_SetsTheLimit(uint24 limit) external {
        vm.expectEmit(address(collection));
        emit ILoopCollection.WorksPerDayChanged(limit);
        _setWorksPerDay(limit);
        vm.assertEq(collection.limits().worksPerDay, limit, "limit");
    }

    function testFuzz_RevertWhen_LimitDoesNotFit(uint256 limit) external {
        limit = _bound(limit, 1 << 24, type(uint256).max);
        vm.expectRevert(
            abi.encodeWithSelector(ILoopCollection.LoopCollectionWorksPerDayTooHigh.selector, limit, type(uint24).max)
        );
        _setWorksPerDay(limit);
    }

    /* WHO MAY SET WHAT */

    function testFuzz_RevertWhen_CallerHasNotGotTheJob(address caller) external {
        bytes[9] memory calls = [
            abi.encodeCall(collection.setRoyalty, (BOB, 100)),
            abi.encodeCall(collection.offerRoyalty, (BOB, 100, true)),
            abi.encodeCall(collection.setTransferValidator, (address(0))),
            abi.encodeCall(collection.setForgeTerms, (_terms(2))),
            abi.encodeCall(collection.setWorksPerDay, (1)),
            abi.encodeCall(collection.pause, ()),
            abi.encodeCall(collection.unpause, ()),
            abi.encodeCall(collection.setOwner, (BOB)),
            abi.encodeCall(collection.setContractURI, ("ipfs://other"))
        ];
        address[8] memory callers = [
            ADMIN,
            OPERATOR,
            REGISTRAR,
            GUARDIAN,
            PARAMETERS,
            PUBLISHER,
            VOUCHER_SIGNER,
            caller
        ];
        for (uint256 i = 0; i < calls.length; ++i) {
            bytes32 role =
                i < 5
                    ? PARAMETER_ROLE
                    : i == 5
                        ? GUARDIAN_ROLE
                        : ADMIN_ROLE;
            for (uint256 j = 0; j < callers.length; ++j) {
                bool may = IAccessControl(address(registry)).hasRole(role, callers[j]);
                vm.prank(callers[j]);
                (bool success, bytes memory answer) = address(collection).call(calls[i]);

                vm.assertTrue(success == may, "only who has the job");
                bytes memory refusal = abi.encodeWithSelector(
                    IAccessControl.AccessControlUnauthorizedAccount.selector,
                    callers[j],
                    role
                );
                if (!may) vm.assertEq(answer, refusal, "the reason");
            }
        }
    }

    /* HELPERS */

    function _pause() private {
        vm.prank(GUARDIAN);
        collection.pause();
    }

    function _setWorksPerDay(uint256 limit) private {
        vm.prank(PARAMETERS);
        collection.setWorksPerDay(limit);
    }

    function _expectPaused(address caller) private {
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionPaused.selector));
        vm.prank(caller);
    }

    function _expectOver(uint256 count, uint256 left) private {
        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionDailyLimitExceeded.selector, count, left));
    }
}
