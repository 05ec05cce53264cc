// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: the cap counts the living.
contract LivingCap is TwinToken {
    uint256 private constant MAX = 2;
    uint256 private _living;
    uint256 public everMinted;

    function open(address to) external {
        require(_living < MAX, "sold out");
        _living += 1;
        _mint(to, ++everMinted);
    }

    function burn(uint256 tokenId) external {
        _living -= 1;
        _burn(tokenId);
    }
}

// Works are burned, or forged, to make room for more than were ever promised.
contract SupplyByForgingTest is ForgeKit {
    function test_TheTwinMintsOn() external {
        LivingCap twin = new LivingCap();
        for (uint256 i = 1; i < 6; ++i) {
            twin.open(ALICE);
            twin.burn(i);
        }

        vm.assertEq(twin.everMinted(), 5, "of a supply of two");
    }

    function test_TheCollectionCountsTheBurned() external {
        ILoopCollection.Settings memory settings = _settings();
        settings.maxSupply = 3;
        collection = _deployCollection(settings);
        _setTerms(_terms(2));
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);
        uint256 child = _forge(ALICE, parents); // the third of three
        _sealForged(child, parents);
        vm.prank(ALICE);
        collection.burn(_id(child, 0));

        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionSupplyExceeded.selector, 1, 0));
        _open(ALICE, 1);
    }

    function test_TheCollectionCountsChildren() external {
        ILoopCollection.Settings memory settings = _settings();
        settings.maxSupply = 2;
        collection = _deployCollection(settings);
        _setTerms(_terms(2));
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);

        vm.expectRevert(abi.encodeWithSelector(ILoopCollection.LoopCollectionSupplyExceeded.selector, 1, 0));
        _forge(ALICE, parents);
    }
}
