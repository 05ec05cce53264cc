// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {
    GUARDIAN_ROLE,
    OPERATOR_ROLE,
    PARAMETER_ROLE,
    PUBLISHER_ROLE,
    REGISTRAR_ROLE,
    STEWARD_ROLE,
    VOUCHER_ROLE
} from "../../../contracts/access/Roles.sol";
import {IFoundingProof} from "../../../contracts/interfaces/IFoundingProof.sol";
import {IParameterController} from "../../../contracts/interfaces/IParameterController.sol";
import {FoundedKit} from "../kit/FoundedKit.sol";

// constructor
// ├── given the DAO has every office and those who left have nothing
// │   └── it is deployed, which proves it
// ├── when one who left, or who deploys it, has a job, or was offered one
// │   └── it reverts with the job
// ├── when one who left, or everybody, has a role in the timelock
// │   └── it reverts with the role
// ├── when another has an office, or may take it
// │   └── it reverts with the office
// └── when the DAO's contracts lack a role
//     └── it reverts with the role
contract FoundingProofTest is FoundedKit {
    function test_ProvesTheFounding() external {
        IFoundingProof.Founding memory dao = _founding();
        vm.expectEmit();
        emit IFoundingProof.Founded(address(timelock), address(governor), dao.leavers);
        _deploy("FoundingProof", abi.encode(dao));
    }

    /* WHAT IS LEFT */

    function test_RevertWhen_OneHasAJob() external {
        _requireKept(OPERATOR, "OPERATOR_ROLE");
        _requireKept(GUARDIAN, "GUARDIAN_ROLE");
        _requireKept(PUBLISHER, "PUBLISHER_ROLE");
        _requireKept(VOUCHER_SIGNER, "VOUCHER_ROLE");
        _requireKept(STEWARD, "STEWARD_ROLE");
        _requireKept(address(seat), "REGISTRAR_ROLE");
        _requireKept(address(controller), "PARAMETER_ROLE");
        _requireKept(address(timelock), "DEFAULT_ADMIN_ROLE");
    }

    function test_RevertWhen_OneWasOfferedAJob() external {
        bytes32[7] memory roles = [
            OPERATOR_ROLE,
            REGISTRAR_ROLE,
            GUARDIAN_ROLE,
            PARAMETER_ROLE,
            PUBLISHER_ROLE,
            VOUCHER_ROLE,
            STEWARD_ROLE
        ];
        string[7] memory names = [
            "OPERATOR_ROLE",
            "REGISTRAR_ROLE",
            "GUARDIAN_ROLE",
            "PARAMETER_ROLE",
            "PUBLISHER_ROLE",
            "VOUCHER_ROLE",
            "STEWARD_ROLE"
        ];
        for (uint256 i = 0; i < 7; ++i) {
            _byTimelock(address(registry), abi.encodeCall(IAccessControl.grantRole, (roles[i], FOUNDER)));
            _expectKeeps(FOUNDER, names[i], address(registry));
            _prove();
            _byTimelock(address(registry), abi.encodeCall(IAccessControl.revokeRole, (roles[i], FOUNDER)));
        }
        _prove();
    }

    function test_RevertWhen_WhoDeploysHasAJob() external {
        IFoundingProof.Founding memory dao = _founding();
        _byTimelock(address(registry), abi.encodeCall(IAccessControl.grantRole, (OPERATOR_ROLE, address(this))));
        _expectKeeps(address(this), "OPERATOR_ROLE", address(registry));
        this.prove(dao);
    }

    function test_RevertWhen_OneHasARoleInTheTimelock() external {
        address[2] memory accounts = [FOUNDER, address(0)]; // a role of zero's is everybody's
        bytes32[4] memory roles = [bytes32(0), PROPOSER_ROLE, CANCELLER_ROLE, EXECUTOR_ROLE];
        string[4] memory names = ["DEFAULT_ADMIN_ROLE", "PROPOSER_ROLE", "CANCELLER_ROLE", "EXECUTOR_ROLE"];
        for (uint256 i = 0; i < 8; ++i) {
            address account = accounts[i / 4];
            _byTimelock(address(timelock), abi.encodeCall(IAccessControl.grantRole, (roles[i % 4], account)));
            _expectKeeps(account, names[i % 4], address(timelock));
            _prove();
            _byTimelock(address(timelock), abi.encodeCall(IAccessControl.revokeRole, (roles[i % 4], account)));
        }
        _prove();
    }

    /* OFFICES */

    function test_RevertWhen_AnotherMayBecomeAdmin() external {
        _byTimelock(address(registry), abi.encodeWithSignature("beginDefaultAdminTransfer(address)", CAROL));
        _expectElsewhere("pending admin", CAROL, address(0));
        _prove();
    }

    function test_RevertWhen_AnotherOwnsTheCollectionsPage() external {
        _byTimelock(address(collection), abi.encodeCall(collection.setOwner, (ADMIN)));
        _expectElsewhere("owner of the collection", ADMIN, address(timelock));
        _prove();
    }

    function test_RevertWhen_APartIsOfAnotherDao() external {
        IFoundingProof.Founding memory dao = _founding();
        dao.timelock = address(_deployTimelock());
        _expectElsewhere("admin", address(timelock), dao.timelock);
        this.prove(dao);

        dao = _founding();
        dao.governor = address(_deployGovernor(_daoSettings()));
        _expectElsewhere("governor of the timelock", address(governor), dao.governor);
        this.prove(dao);

        dao = _founding();
        dao.votes = _deploy("LoopVotes", abi.encode(collection, "", ""));
        _expectElsewhere("votes of the governor", address(votes), dao.votes);
        this.prove(dao);
    }

    function test_RevertWhen_TheControllerGuardsAnotherWrapper() external {
        IParameterController.Settings memory settings = _controllerSettings();
        settings.wrapper = CAROL;
        IFoundingProof.Founding memory dao = _founding();
        dao.controller = _deploy("ParameterController", abi.encode(settings));
        _expectElsewhere("wrapper of the controller", CAROL, address(votes));
        this.prove(dao);
    }

    function test_RevertWhen_ThePartHasNoJob() external {
        _byTimelock(
            address(registry),
            abi.encodeCall(IAccessControl.revokeRole, (PARAMETER_ROLE, address(controller)))
        );
        _expectMissing(address(controller), "PARAMETER_ROLE", address(registry));
        _prove();
    }

    function test_RevertWhen_TheGovernorCannotCancel() external {
        _byTimelock(address(timelock), abi.encodeCall(IAccessControl.revokeRole, (CANCELLER_ROLE, address(governor))));
        _expectMissing(address(governor), "CANCELLER_ROLE", address(timelock));
        _prove();
    }

    /* HELPERS */

    /// @dev Outside, so that its revert is one of a call.
    function prove(IFoundingProof.Founding memory dao) external {
        _deploy("FoundingProof", abi.encode(dao));
    }

    function _prove() private {
        this.prove(_founding());
    }

    function _requireKept(address account, string memory role) private {
        IFoundingProof.Founding memory dao = _founding();
        dao.leavers[2] = account;
        _expectKeeps(account, role, address(registry));
        this.prove(dao);
    }

    function _byTimelock(address target, bytes memory data) private {
        vm.prank(address(timelock));
        (bool done, ) = target.call(data);
        vm.assertTrue(done, "done");
    }

    function _expectKeeps(address account, string memory role, address where) private {
        vm.expectRevert(abi.encodeWithSelector(IFoundingProof.FoundingProofKeeps.selector, account, role, where));
    }

    function _expectElsewhere(string memory office, address holder, address expected) private {
        vm.expectRevert(
            abi.encodeWithSelector(IFoundingProof.FoundingProofOfficeElsewhere.selector, office, holder, expected)
        );
    }

    function _expectMissing(address account, string memory role, address where) private {
        vm.expectRevert(abi.encodeWithSelector(IFoundingProof.FoundingProofRoleMissing.selector, account, role, where));
    }
}
