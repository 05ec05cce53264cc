// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IParameterController} from "../../../../contracts/interfaces/IParameterController.sol";
import {StewardKit} from "./StewardKit.sol";

/// @dev Vulnerable on purpose: an agent with the authority itself, as agents get whole wallets today.
contract WholeWallet {
    uint256[6] public values = [uint256(500), 3, 50_000_000, 1 days, 5_000, 10_000];

    function set(uint256 slot, uint256 value) external {
        values[slot] = value;
    }
}

// A thief sets whatever comes to his mind.
contract StolenKeyRandomTest is StewardKit {
    function test_TheTwinIsAnywhere() external {
        WholeWallet twin = new WholeWallet();
        for (uint256 i = 0; i < 6; ++i) twin.set(i, uint256(keccak256(abi.encode(i))));

        vm.assertTrue(twin.values(0) > 10_000, "more than the whole price");
    }

    function testFuzz_TheControllerStaysInItsBox(uint256 seed) external {
        IParameterController.SlotInfo[SLOTS] memory start;
        for (uint256 i = 0; i < SLOTS; ++i) start[i] = controller.slotOf(IParameterController.Slot(i));
        for (uint256 n = 0; n < 60; ++n) {
            uint256 dice = uint256(keccak256(abi.encode(seed, n)));
            if (dice % 4 == 0) _wait(1 + ((dice >> 16) % 2 days));
            uint256 slot = (dice >> 8) % SLOTS;
            uint256 near = controller.valueOf(IParameterController.Slot(slot));
            uint256 value = dice % 3 == 0 ? uint64(dice >> 64) : near + ((dice >> 64) % 7) - (near < 3 ? 0 : 3);
            _try(slot, uint64(value), oracle.latestRound());
        }

        for (uint256 i = 0; i < SLOTS; ++i) {
            IParameterController.Limits memory limits = start[i].limits;
            uint256 value = controller.valueOf(IParameterController.Slot(i));
            uint256 most = limits.budget + (uint256(limits.budget) * (block.timestamp - NOW)) / limits.window;
            vm.assertTrue(value >= limits.low && value <= limits.high, "bounds");
            vm.assertTrue(_length(start[i].value, value) <= most, "drift");
        }
    }
}
