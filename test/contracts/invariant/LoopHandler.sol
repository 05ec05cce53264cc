// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {ICollection} from "../kit/ICollection.sol";
import {LoopChecks} from "./LoopChecks.sol";
import {LoopEpochs} from "./LoopEpochs.sol";
import {LoopNotes} from "./LoopNotes.sol";

/// @title Everything that anyone can do with the collection, and what must hold after each step
contract LoopHandler is LoopEpochs, LoopChecks {
    constructor(ICollection collection, bytes32 recipe) LoopNotes(collection, recipe) {}

    function actions() public pure override returns (bytes4[] memory selectors) {
        selectors = new bytes4[](45);
        selectors[0] = this.open.selector;
        selectors[1] = this.openWithRoyalty.selector;
        selectors[2] = this.seal.selector;
        selectors[3] = this.abandon.selector;
        selectors[4] = this.openPastLimitsMustRevert.selector;
        selectors[5] = this.openRevokedMustRevert.selector;
        selectors[6] = this.sealWronglyMustRevert.selector;
        selectors[7] = this.endTwiceMustRevert.selector;
        selectors[8] = this.forge.selector;
        selectors[9] = this.sealForged.selector;
        selectors[10] = this.abandonForged.selector;
        selectors[11] = this.moveLockedMustRevert.selector;
        selectors[12] = this.forgeWronglyMustRevert.selector;
        selectors[13] = this.sealForgedWronglyMustRevert.selector;
        selectors[14] = this.transfer.selector;
        selectors[15] = this.transferByApproved.selector;
        selectors[16] = this.approve.selector;
        selectors[17] = this.burn.selector;
        selectors[18] = this.moveByStrangerMustRevert.selector;
        selectors[19] = this.moveRefusedMustRevert.selector;
        selectors[20] = this.useBurnedMustRevert.selector;
        selectors[21] = this.setRoyalty.selector;
        selectors[22] = this.setTransferValidator.selector;
        selectors[23] = this.setForgeTerms.selector;
        selectors[24] = this.setWorksPerDay.selector;
        selectors[25] = this.pause.selector;
        selectors[26] = this.register.selector;
        selectors[27] = this.revoke.selector;
        selectors[28] = this.wait.selector;
        selectors[29] = this.sealRevokedMustRevert.selector;
        selectors[30] = this.setBadlyMustRevert.selector;
        selectors[31] = this.doAnothersJobMustRevert.selector;
        selectors[32] = this.bringRound.selector;
        selectors[33] = this.evolve.selector;
        selectors[34] = this.voidEpoch.selector;
        selectors[35] = this.pin.selector;
        selectors[36] = this.unpin.selector;
        selectors[37] = this.attune.selector;
        selectors[38] = this.bringWronglyMustRevert.selector;
        selectors[39] = this.evolveWronglyMustRevert.selector;
        selectors[40] = this.pinWronglyMustRevert.selector;
        selectors[41] = this.attuneWronglyMustRevert.selector;
        selectors[42] = this.bringByFallback.selector;
        selectors[43] = this.registerWithDataset.selector;
        selectors[44] = this.revokeDataset.selector;
    }
}
