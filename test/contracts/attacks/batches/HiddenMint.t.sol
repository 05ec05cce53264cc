// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC2309} from "@openzeppelin/contracts/interfaces/IERC2309.sol";
import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

import {LoopKit} from "../../kit/LoopKit.sol";
import {Vm} from "../../kit/Vm.sol";

/// @dev Vulnerable on purpose: one event for a whole batch after the constructor, where ERC-2309 forbids it.
contract QuietMint is IERC2309 {
    mapping(address owner => uint256) public balanceOf;

    function mint(address to, uint256 count) external {
        balanceOf[to] += count;
        emit ConsecutiveTransfer(0, count - 1, address(0), to);
    }
}

/// @dev What indexers, wallets and marketplaces count.
library Indexer {
    function transfers(Vm.Log[] memory logs) internal pure returns (uint256 count) {
        for (uint256 i = 0; i < logs.length; ++i) {
            if (logs[i].topics[0] == IERC721.Transfer.selector) count += 1;
        }
    }
}

// Works are minted past the indexers, so that a supply looks smaller than it is.
contract HiddenMintTest is LoopKit {
    function test_TheTwinMintsUnseen() external {
        QuietMint twin = new QuietMint();
        vm.recordLogs();
        twin.mint(ALICE, 30);

        vm.assertEq(Indexer.transfers(vm.getRecordedLogs()), 0, "nobody saw them");
        vm.assertEq(twin.balanceOf(ALICE), 30, "but they are there");
    }

    function test_TheCollectionShowsEachWork() external {
        uint256 batch = _open(ALICE, 30);
        bytes32 blockHash = _seed(batch);
        vm.recordLogs();
        vm.prank(OPERATOR);
        collection.seal(batch, _rootOf(batch), blockHash);
        Vm.Log[] memory logs = vm.getRecordedLogs();

        vm.assertEq(Indexer.transfers(logs), collection.balanceOf(ALICE), "one Transfer each");
        for (uint256 i = 0; i < logs.length; ++i) {
            vm.assertTrue(logs[i].topics[0] != IERC2309.ConsecutiveTransfer.selector, "and no ConsecutiveTransfer");
        }
    }
}
