// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";

import {ILoopCollection} from "../../../../contracts/interfaces/ILoopCollection.sol";
import {ICollection} from "../../kit/ICollection.sol";
import {LoopKit} from "../../kit/LoopKit.sol";

/// @dev Vulnerable on purpose: the seed is there in the transaction that mints (Meebits 2021).
contract InstantMint {
    mapping(uint256 tokenId => uint256) public rarityOf;
    uint256 public minted;

    function mint() external returns (uint256 tokenId) {
        tokenId = ++minted;
        rarityOf[tokenId] = uint256(keccak256(abi.encode(blockhash(block.number - 1), tokenId))) % 10;
    }
}

/// @dev Tries in each block, and takes back what is not rare.
contract Rerolling {
    function mintRare(InstantMint twin) external {
        require(twin.rarityOf(twin.mint()) == 0, "not rare");
    }

    function openAndSeal(ICollection collection, bytes32 recipe, bytes32 conditions) external {
        uint256 batch = collection.open(address(this), recipe, 1, conditions);
        collection.seal(batch, "root", blockhash(block.number - 1));
    }
}

// A contract mints, looks, and reverts unless the work is rare: every try is free but for gas.
contract RevertUnlessRareTest is LoopKit {
    function test_TheTwinIsTriedUntilItIsRare() external {
        InstantMint twin = new InstantMint();
        Rerolling contracted = new Rerolling();
        uint256 tries = 0;
        for (bool done = false; !done && tries < 200; ++tries) {
            vm.roll(START + tries);
            vm.setBlockhash(START + tries - 1, keccak256(abi.encode(tries)));
            (done, ) = address(contracted).call(abi.encodeCall(Rerolling.mintRare, (twin)));
        }

        vm.assertEq(twin.rarityOf(1), 0, "the first and only one is rare");
        vm.assertTrue(tries > 1, "after some tries");
    }

    function test_TheCollectionTellsNothingInTheSameTransaction() external {
        Rerolling contracted = new Rerolling();
        vm.prank(ADMIN);
        IAccessControl(address(registry)).grantRole(keccak256("OPERATOR_ROLE"), address(contracted));
        vm.prank(address(contracted));
        registry.acceptRole(keccak256("OPERATOR_ROLE"));

        vm.expectRevert(
            abi.encodeWithSelector(ILoopCollection.LoopCollectionSealTooEarly.selector, 1, START + SEED_DELAY)
        );
        contracted.openAndSeal(collection, RECIPE, CONDITIONS);
    }
}
