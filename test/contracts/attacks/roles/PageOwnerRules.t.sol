// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {ADMIN_ROLE, OPERATOR_ROLE, PARAMETER_ROLE} from "../../../../contracts/access/Roles.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: the owner that marketplaces read is the owner of everything.
contract OwnedMint {
    address public owner = msg.sender;
    uint256 public minted;

    function setOwner(address newOwner) external {
        require(msg.sender == owner, "only the owner");
        owner = newOwner;
    }

    function mint(uint256 count) external {
        require(msg.sender == owner, "only the owner");
        minted += count;
    }
}

// An agency is made `owner()` so that it may edit the collection's page on a marketplace.
contract PageOwnerRulesTest is LoopKit {
    address private immutable AGENCY = _account("agency");

    function test_TheTwinLetsItMint() external {
        OwnedMint twin = new OwnedMint();
        twin.setOwner(AGENCY);
        vm.prank(AGENCY);
        twin.mint(1_000);

        vm.assertEq(twin.minted(), 1_000, "minted by the page's editor");
    }

    function test_TheCollectionGivesItNothing() external {
        vm.prank(ADMIN);
        collection.setOwner(AGENCY);

        _expectDenied(OPERATOR_ROLE);
        collection.open(AGENCY, RECIPE, 1, CONDITIONS);
        _expectDenied(PARAMETER_ROLE);
        collection.setRoyalty(AGENCY, 1_000);
        _expectDenied(ADMIN_ROLE);
        collection.setOwner(STRANGER);
        _expectDenied(ADMIN_ROLE);
        collection.setContractURI("ipfs://another page");
    }

    function _expectDenied(bytes32 role) private {
        vm.expectRevert(abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, AGENCY, role));
        vm.prank(AGENCY);
    }
}
