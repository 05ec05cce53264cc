// SPDX-License-Identifier: MIT
pragma solidity ^0.8.24;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {ERC721Wrapper} from "@openzeppelin/contracts/token/ERC721/extensions/ERC721Wrapper.sol";

import {IParameterController} from "../../../../contracts/interfaces/IParameterController.sol";
import {DaoKit} from "./DaoKit.sol";

/// @dev Lets everybody into the wrapper and nobody out.
contract Trap {
    address private immutable WRAPPER;

    error Trapped();

    constructor(address wrapper) {
        WRAPPER = wrapper;
    }

    function validateTransfer(address, address from, address, uint256) external view {
        if (from == WRAPPER) revert Trapped();
    }
}

/// @dev Keeps everybody out of the wrapper: who has wrapped already rules alone.
contract Gate {
    address private immutable WRAPPER;

    error Closed();

    constructor(address wrapper) {
        WRAPPER = wrapper;
    }

    function validateTransfer(address, address, address to, uint256) external view {
        if (to == WRAPPER) revert Closed();
    }
}

/// @dev Vulnerable on purpose: its validator is whatever the vote names.
contract ObedientToken is ERC721("", "") {
    Trap private _validator;

    function setTransferValidator(address validator) external {
        _validator = Trap(validator);
    }

    function mint(address to, uint256 tokenId) external {
        _mint(to, tokenId);
    }

    function _update(address to, uint256 tokenId, address auth) internal override returns (address from) {
        from = super._update(to, tokenId, auth);
        if (address(_validator) != address(0)) _validator.validateTransfer(auth, from, to, tokenId);
    }
}

/// @dev Lies: it shuts the wrapper, but only where the collection asks.
contract Liar {
    address private immutable COLLECTION;
    address private immutable WRAPPER;

    error Trapped();

    constructor(address collection, address wrapper) {
        (COLLECTION, WRAPPER) = (collection, wrapper);
    }

    function validateTransfer(address, address from, address, uint256) external view {
        if (msg.sender == COLLECTION && from == WRAPPER) revert Trapped();
    }
}

contract PlainWrapper is ERC721Wrapper {
    constructor(ObedientToken works) ERC721("", "") ERC721Wrapper(works) {}
}

// A majority has a validator named that shuts the others' works in, or their owners out of the vote.
contract ValidatorTrapsTest is DaoKit {
    function test_TheTwinShutsThemIn() external {
        ObedientToken works = new ObedientToken();
        PlainWrapper wrapper = new PlainWrapper(works);
        works.mint(ALICE, 1);
        vm.prank(ALICE);
        works.approve(address(wrapper), 1);
        vm.prank(ALICE);
        wrapper.depositFor(ALICE, _range(1));
        works.setTransferValidator(address(new Trap(address(wrapper))));

        vm.expectRevert(abi.encodeWithSelector(Trap.Trapped.selector));
        vm.prank(ALICE);
        wrapper.withdrawTo(ALICE, _range(1));
    }

    function test_TheControllerRefusesTheTrap() external {
        _assertRefused(address(new Trap(address(votes))));
        _unwrap(ALICE, alices);
        vm.assertEq(collection.balanceOf(ALICE), alices.length, "out");
    }

    function test_TheControllerRefusesTheGate() external {
        _assertRefused(address(new Gate(address(votes))));
        _wrap(DAVE, daves);
        vm.assertEq(votes.balanceOf(DAVE), daves.length, "in");
    }

    function test_WhoIsShutInByALiarVotesHimAway() external {
        _pass(governor, ALICE, _named(address(new Liar(address(collection), address(votes)))));
        vm.expectRevert(abi.encodeWithSelector(Liar.Trapped.selector));
        _unwrap(ALICE, alices);

        _pass(governor, ALICE, _named(address(0)));
        _unwrap(ALICE, alices);
        vm.assertEq(collection.balanceOf(ALICE), alices.length, "out");
    }

    function _assertRefused(address validator) private {
        Proposal memory trap = _named(validator);
        _ripen(governor, ALICE, trap);

        vm.expectRevert(
            abi.encodeWithSelector(IParameterController.ParameterControllerValidatorBlocks.selector, validator)
        );
        _execute(governor, trap);
        vm.assertEq(collection.getTransferValidator(), address(0), "as before");
    }

    function _named(address validator) private view returns (Proposal memory) {
        return _draft(address(controller), abi.encodeCall(IParameterController.setTransferValidator, (validator)));
    }
}
