// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {AcceptingReceiver, RefusingReceiver} from "../../kit/Receivers.sol";
import {LoopKit} from "../../kit/LoopKit.sol";
import {ReferenceERC721} from "../../kit/ReferenceERC721.sol";
import {Vm} from "../../kit/Vm.sol";

// any course of mints, transfers, safe transfers, approvals, operators and burns
// ├── it succeeds or reverts exactly as on plain OpenZeppelin, with the same answer or the same error
// ├── it emits the same events in the same order
// └── it leaves the same owners, approvals and balances
contract DifferentialTest is LoopKit {
    uint256 private constant STEPS = 48;
    uint256 private constant POOL = 12; // positions looked at in each of up to six batches

    ReferenceERC721 private twin;
    address[6] private actors;
    uint256 private batches;
    uint256 private state;

    function setUp() public override {
        super.setUp();
        twin = new ReferenceERC721();
        actors = [
            ALICE,
            BOB,
            CAROL,
            address(new AcceptingReceiver()),
            address(new RefusingReceiver()),
            address(0) // only ever a counterparty, never a caller
        ];
        _mintBoth(ALICE, 5);
    }

    function testFuzz_BehavesAsPlainOpenZeppelin(uint256 seed) external {
        state = seed;
        for (uint256 step = 0; step < STEPS; ++step) {
            uint256 tokenId = _token();
            _step(tokenId);
            _compareToken(tokenId);
        }

        for (uint256 batch = 0; batch <= batches + 1; ++batch) {
            for (uint256 i = 0; i < POOL; ++i) _compareToken(_id(batch, i));
        }
        _compareActors();
    }

    /* STEPS */

    function _step(uint256 tokenId) private {
        uint256 choice = _next(16);
        address caller = actors[_next(5)];
        address from = _next(4) == 0 ? actors[_next(6)] : _ownerOrZero(tokenId);
        address to = actors[_next(6)];
        if (_next(3) > 0) caller = from == address(0) ? caller : from; // often the right caller, so that much succeeds

        if (choice == 0 && batches < 6) {
            _mintBoth(actors[_next(5)], 1 + _next(POOL));
        } else if (choice < 7) {
            _both(caller, abi.encodeCall(IERC721.transferFrom, (from, to, tokenId)));
        } else if (choice < 8) {
            _both(caller, abi.encodeWithSignature("safeTransferFrom(address,address,uint256)", from, to, tokenId));
        } else if (choice < 9) {
            _both(
                caller,
                abi.encodeWithSignature(
                    "safeTransferFrom(address,address,uint256,bytes)",
                    from,
                    to,
                    tokenId,
                    abi.encode(choice)
                )
            );
        } else if (choice < 12) {
            _both(caller, abi.encodeCall(IERC721.approve, (to, tokenId)));
        } else if (choice < 14) {
            _both(caller, abi.encodeCall(IERC721.setApprovalForAll, (to, _next(2) == 0)));
        } else {
            _both(caller, abi.encodeWithSignature("burn(uint256)", tokenId));
        }
    }

    function _mintBoth(address to, uint256 count) private {
        batches = _open(to, count);
        bytes32 blockHash = _seed(batches);

        vm.recordLogs();
        vm.prank(OPERATOR);
        collection.seal(batches, _rootOf(batches), blockHash);
        Vm.Log[] memory ours = vm.getRecordedLogs();

        vm.recordLogs();
        twin.mintRange(to, _id(batches, 0), count);
        _compareLogs(ours, 1, vm.getRecordedLogs()); // ours begin with Sealed
    }

    function _both(address caller, bytes memory call) private {
        vm.recordLogs();
        vm.prank(caller);
        (bool success, bytes memory answer) = address(collection).call(call);
        Vm.Log[] memory ours = vm.getRecordedLogs();

        vm.recordLogs();
        vm.prank(caller);
        (bool expected, bytes memory expectedAnswer) = address(twin).call(call);

        vm.assertTrue(success == expected, "success or revert");
        vm.assertEq(answer, expectedAnswer, "answer or error");
        _compareLogs(ours, 0, vm.getRecordedLogs());
    }

    /* COMPARING */

    function _compareLogs(Vm.Log[] memory ours, uint256 skip, Vm.Log[] memory expected) private pure {
        vm.assertEq(ours.length - skip, expected.length, "number of events");
        for (uint256 i = 0; i < expected.length; ++i) {
            vm.assertEq(
                abi.encode(ours[i + skip].topics, ours[i + skip].data),
                abi.encode(expected[i].topics, expected[i].data),
                "event"
            );
        }
    }

    function _compareToken(uint256 tokenId) private view {
        _compareView(abi.encodeCall(IERC721.ownerOf, (tokenId)), "ownerOf");
        _compareView(abi.encodeCall(IERC721.getApproved, (tokenId)), "getApproved");
    }

    function _compareActors() private view {
        for (uint256 i = 0; i < actors.length; ++i) {
            _compareView(abi.encodeCall(IERC721.balanceOf, (actors[i])), "balanceOf");
            for (uint256 j = 0; j < actors.length; ++j) {
                _compareView(abi.encodeCall(IERC721.isApprovedForAll, (actors[i], actors[j])), "isApprovedForAll");
            }
        }
    }

    function _compareView(bytes memory call, string memory name) private view {
        (bool success, bytes memory answer) = address(collection).staticcall(call);
        (bool expected, bytes memory expectedAnswer) = address(twin).staticcall(call);
        vm.assertTrue(success == expected, name);
        vm.assertEq(answer, expectedAnswer, name);
    }

    /* CHOOSING */

    function _ownerOrZero(uint256 tokenId) private view returns (address) {
        (bool exists, bytes memory answer) = address(twin).staticcall(abi.encodeCall(IERC721.ownerOf, (tokenId)));
        return exists ? abi.decode(answer, (address)) : address(0);
    }

    /// @dev Mostly few tokens again and again, so that histories grow long; some that never were.
    function _token() private returns (uint256) {
        return _id(1 + _next(batches), _next(5) == 0 ? _next(POOL + 2) : _next(3));
    }

    function _next(uint256 below) private returns (uint256) {
        state = uint256(keccak256(abi.encode(state)));
        return state % below;
    }
}
