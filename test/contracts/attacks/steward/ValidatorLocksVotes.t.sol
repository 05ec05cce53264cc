// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IParameterController} from "../../../../contracts/interfaces/IParameterController.sol";
import {PickyValidator} from "../../mocks/PickyValidator.sol";
import {StewardKit} from "./StewardKit.sol";

/// @dev Vulnerable on purpose: names any validator.
contract AnyValidator {
    address public validator;

    function setTransferValidator(address newValidator) external {
        validator = newValidator;
    }
}

// A majority names a validator that lets works into the wrapper, and none out again.
contract ValidatorLocksVotesTest is StewardKit {
    function test_TheTwinLocksThemIn() external {
        AnyValidator twin = new AnyValidator();
        PickyValidator validator = new PickyValidator(WRAPPER, 2);
        twin.setTransferValidator(address(validator));
        vm.assertEq(twin.validator(), address(validator), "named");

        vm.expectRevert(abi.encodeWithSignature("Error(string)", "not out of the wrapper"));
        validator.validateTransfer(WRAPPER, WRAPPER, ALICE, _id(1, 0));
    }

    function test_TheControllerRefusesIt() external {
        for (uint256 kind = 1; kind <= 4; ++kind) {
            address validator = address(new PickyValidator(WRAPPER, kind));
            vm.expectRevert(
                abi.encodeWithSelector(IParameterController.ParameterControllerValidatorBlocks.selector, validator)
            );
            vm.prank(ADMIN);
            controller.setTransferValidator(validator);
        }
    }
}
