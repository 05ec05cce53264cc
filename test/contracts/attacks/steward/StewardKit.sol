// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IParameterController} from "../../../../contracts/interfaces/IParameterController.sol";
import {ControllerKit} from "../../kit/ControllerKit.sol";

/// @title A thief with the steward's key
/// @dev The market stays sound, so that nothing but the limits stands in his way.
abstract contract StewardKit is ControllerKit {
    bytes4 internal constant MOVE = IParameterController.move.selector;

    /// @dev Tries a move as the thief does, and takes a refusal as it comes.
    function _try(uint256 slot, uint256 value, uint256 round) internal returns (bool moved) {
        vm.prank(STEWARD);
        (moved, ) = address(controller).call(abi.encodeWithSelector(MOVE, slot, value, REASONS, round));
    }
}
