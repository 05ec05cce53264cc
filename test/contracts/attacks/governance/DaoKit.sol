// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IAccessControlDefaultAdminRules} from "@openzeppelin/contracts/access/extensions/IAccessControlDefaultAdminRules.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {PARAMETER_ROLE} from "../../../../contracts/access/Roles.sol";
import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {ILoopGovernor} from "../../../../contracts/interfaces/ILoopGovernor.sol";
import {ILoopTimelock} from "../../../../contracts/interfaces/ILoopTimelock.sol";
import {IParameterController} from "../../../../contracts/interfaces/IParameterController.sol";
import {IRecipeRegistry} from "../../../../contracts/interfaces/IRecipeRegistry.sol";
import {LoopKit} from "../../kit/LoopKit.sol";
import {GovernorKit} from "./GovernorKit.sol";
import {TwinGovernor, TwinVotes} from "./TwinGovernor.sol";

interface IDaoGovernor is IGovernor {
    function proposalVotes(uint256 id) external view returns (uint256 against, uint256 inFavour, uint256 abstaining);
    function proposalThreshold() external view returns (uint256 votes);
    function setVotingPeriod(uint32 period) external;
}

interface IDaoVotes is IVotes, IERC721 {
    function depositFor(address account, uint256[] calldata ids) external returns (bool);
    function withdrawTo(address account, uint256[] calldata ids) external returns (bool);
}

/// @title A collection governed by its holders, with the terms that a founding has by default
/// @dev Of 100 works ALICE has wrapped 50, BOB 20, CAROL 9 and ERIN 1; DAVE has wrapped none of his 20.
abstract contract DaoKit is LoopKit, GovernorKit {
    /// @dev The controller's constructor's.
    struct ControllerSettings {
        IRecipeRegistry registry;
        ILoopCollection collection;
        address wrapper;
        address royaltyReceiver;
        uint64[6] values;
        IParameterController.Limits[6] limits;
        IParameterController.Breaker breaker;
        uint40 grantExpiry;
    }

    uint256 internal constant NOW = 1_800_000_000;
    uint256 internal constant LOCK = 2 days;
    uint256 internal constant EXTENSION = 1 days;

    address internal immutable DAVE = _account("dave");
    address internal immutable ERIN = _account("erin");

    IDaoGovernor internal governor;
    IDaoVotes internal votes;
    TimelockController internal timelock;
    IParameterController internal controller;

    uint256[] internal alices;
    uint256[] internal bobs;
    uint256[] internal carols;
    uint256[] internal erins;
    uint256[] internal daves;

    function setUp() public virtual override {
        super.setUp();
        vm.warp(NOW);
        alices = _works(ALICE, 50);
        bobs = _works(BOB, 20);
        carols = _works(CAROL, 9);
        erins = _works(ERIN, 1);
        daves = _works(DAVE, 20);
        _deployDao();
        _handOver();
        _wrap(ALICE, alices);
        _wrap(BOB, bobs);
        _wrap(CAROL, carols);
        _wrap(ERIN, erins);
        vm.warp(block.timestamp + 1);
    }

    function _works(address holder, uint256 count) private returns (uint256[] memory ids) {
        uint256 batch = _mint(holder, count);
        ids = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) ids[i] = _id(batch, i);
    }

    function _deployDao() private {
        votes = IDaoVotes(_deploy("LoopVotes", abi.encode(collection, "Loop Votes", "vLOOP")));
        timelock = TimelockController(payable(_deploy("LoopTimelock", abi.encode(registry, LOCK, address(this)))));
        ILoopGovernor.Settings memory terms = ILoopGovernor.Settings({
            votingDelay: 1 days,
            votingPeriod: 5 days,
            lateQuorumExtension: uint48(EXTENSION),
            proposalThreshold: 2,
            quorumPercent: 4,
            floorBps: 200
        });
        governor = IDaoGovernor(_deploy("LoopGovernor", abi.encode(votes, timelock, collection, terms)));
        ILoopTimelock(address(timelock)).appoint(address(governor));
        controller = IParameterController(_deploy("ParameterController", abi.encode(_controllerSettings())));
    }

    function _controllerSettings() private view returns (ControllerSettings memory settings) {
        settings.registry = registry;
        settings.collection = collection;
        settings.wrapper = address(votes);
        settings.royaltyReceiver = TREASURY;
        settings.values = [uint64(500), 2, 0, 1 hours, 5_000, 10_000];
        settings.limits[0] = IParameterController.Limits(0, 1_000, 50, 150, 1 days, 30 days);
        settings.limits[1] = IParameterController.Limits(0, 6, 1, 2, 7 days, 30 days);
        settings.limits[2] = IParameterController.Limits(0, 10_000_000_000, 1, 1, 1 days, 30 days);
        settings.limits[3] = IParameterController.Limits(1 hours, 14 days, 1 hours, 1 days, 1 days, 30 days);
        settings.limits[4] = IParameterController.Limits(4_000, 7_000, 250, 500, 1 days, 30 days);
        settings.limits[5] = IParameterController.Limits(5_000, 20_000, 1_000, 2_000, 1 days, 30 days);
        settings.breaker = IParameterController.Breaker(1 days, 3_000, 5_000);
        settings.grantExpiry = uint40(NOW + 365 days);
    }

    /// @dev Parameters to the controller, and everything else to the timelock.
    function _handOver() private {
        vm.prank(ADMIN);
        collection.setOwner(address(timelock));
        vm.prank(ADMIN);
        IAccessControl(address(registry)).revokeRole(PARAMETER_ROLE, PARAMETERS);
        vm.prank(ADMIN);
        IAccessControl(address(registry)).grantRole(PARAMETER_ROLE, address(controller));
        controller.takeOffice();
        vm.prank(ADMIN);
        IAccessControlDefaultAdminRules(address(registry)).beginDefaultAdminTransfer(address(timelock));
        vm.warp(NOW + ADMIN_DELAY + 1);
        ILoopTimelock(address(timelock)).takeOffice();
    }

    /* WORKS */

    function _wrap(address holder, uint256[] memory ids) internal {
        vm.prank(holder);
        collection.setApprovalForAll(address(votes), true);
        vm.prank(holder);
        votes.depositFor(holder, ids);
    }

    function _unwrap(address holder, uint256[] memory ids) internal {
        vm.prank(holder);
        votes.withdrawTo(holder, ids);
    }

    function _move(IERC721 works, address from, address to, uint256[] memory ids) internal {
        for (uint256 i = 0; i < ids.length; ++i) {
            vm.prank(from);
            works.transferFrom(from, to, ids[i]);
        }
    }

    /* PROPOSALS */

    /// @dev What attackers want: royalties go to them.
    function _theft() internal view returns (Proposal memory) {
        return _draft(address(controller), abi.encodeCall(IParameterController.setRoyaltyReceiver, (STRANGER)));
    }

    /// @dev What anybody may want.
    function _royalty(uint64 bps) internal view returns (Proposal memory) {
        bytes memory call = abi.encodeCall(
            IParameterController.govern,
            (IParameterController.Slot.Royalty, bps, "reasons")
        );
        return _draft(address(controller), call);
    }

    /// @dev In the timelock a proposal has the governor in its salt.
    function _salt(address by, Proposal memory drafted) internal pure returns (bytes32) {
        return bytes20(by) ^ keccak256(bytes(drafted.description));
    }

    /* TWINS */

    /// @dev ALICE has 60 works, all there are, and votes with them.
    function _twinVotes() internal returns (TwinVotes works) {
        works = new TwinVotes();
        works.mint(ALICE, 60);
        _delegate(works, ALICE);
    }

    function _twin() internal returns (TwinGovernor twin) {
        return new TwinGovernor(_twinVotes());
    }

    function _delegate(IVotes works, address holder) internal {
        vm.prank(holder);
        works.delegate(holder);
    }

    /// @dev One to this.
    function _range(uint256 count) internal pure returns (uint256[] memory ids) {
        ids = new uint256[](count);
        for (uint256 i = 0; i < count; ++i) ids[i] = i + 1;
    }
}
