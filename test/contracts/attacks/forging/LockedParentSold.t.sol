// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Batch} from "../../../../contracts/interfaces/IERC721Batch.sol";
import {ForgeKit} from "../../kit/ForgeKit.sol";
import {TwinToken} from "../TwinToken.sol";

/// @dev Vulnerable on purpose: only the holder himself is kept from moving a locked work, not whom he approved.
contract HalfLockingForge is TwinToken {
    mapping(uint256 tokenId => bool) private _locked;

    function lock(uint256 tokenId) external {
        require(ownerOf(tokenId) == msg.sender, "not yours");
        _locked[tokenId] = true;
    }

    function seal(uint256 parent, uint256 child, address to) external {
        _burn(parent);
        _mint(to, child);
    }

    function _update(address to, uint256 tokenId, address auth) internal override returns (address) {
        require(!_locked[tokenId] || auth != _ownerOf(tokenId) || to == address(0), "locked");
        return super._update(to, tokenId, auth);
    }
}

// Alice lists a work, then gives it for a child. Bob buys the listed work, and the seal burns it in his wallet.
contract LockedParentSoldTest is ForgeKit {
    address private immutable MARKET = _account("market");

    function test_TheTwinSellsAWorkThatIsAsGoodAsBurned() external {
        HalfLockingForge twin = new HalfLockingForge();
        twin.mint(ALICE, 1);
        vm.prank(ALICE);
        twin.approve(MARKET, 1);
        vm.prank(ALICE);
        twin.lock(1);
        vm.prank(MARKET);
        twin.transferFrom(ALICE, BOB, 1);
        twin.seal(1, 2, ALICE);

        vm.assertEq(twin.balanceOf(BOB), 0, "Bob paid for it");
        vm.assertEq(twin.ownerOf(2), ALICE, "and Alice has the child");
    }

    function test_TheCollectionDoesNot() external {
        uint256[] memory parents = _first(_mint(ALICE, 2), 2);
        vm.prank(ALICE);
        collection.approve(MARKET, parents[0]);
        uint256 child = _forge(ALICE, parents);

        vm.expectRevert(abi.encodeWithSelector(IERC721Batch.ERC721BatchTokenLocked.selector, parents[0], child));
        vm.prank(MARKET);
        collection.transferFrom(ALICE, BOB, parents[0]);
    }
}
