// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {Strings} from "@openzeppelin/contracts/utils/Strings.sol";

import {IEpochs} from "../../../contracts/interfaces/IEpochs.sol";
import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {CidLib} from "../../../contracts/libraries/CidLib.sol";
import {LoopNotes} from "./LoopNotes.sol";

/// @title Rounds, epochs, pins and dials held against the notes, numbered as in README.md
abstract contract LoopEpochChecks is LoopNotes {
    function _checkEpochs(uint256 pick) internal view {
        (uint256 count, uint256 shown, uint256 lastRound) = COLLECTION.epochs();
        _holds(count == epochNotes.length - 1, "38, number of epochs");
        _holds(shown == _shownNote(), "40, shown");
        _holds(lastRound == epochNotes[count].round, "38, last round");
        _holds(ORACLE.latestRound() == roundNotes.length - 1, "37, number of rounds");
        (, , uint256 fallbackFrom) = ORACLE.adapters();
        _holds(fallbackFrom == heardNote + STALE_AFTER, "45, when the fallback is heard");
        if (count != 0) _checkEpoch(1 + (pick % count));
        if (roundNotes.length > 1) _checkRound(1 + (pick % (roundNotes.length - 1)));
    }

    function _checkAllEpochs() internal view {
        _checkEpochs(0);
        for (uint256 epoch = 1; epoch < epochNotes.length; ++epoch) _checkEpoch(epoch);
        for (uint256 round = 1; round < roundNotes.length; ++round) _checkRound(round);
        for (uint256 i = 0; i < live.length; ++i) _checkShown(live[i]);
    }

    function _checkRound(uint256 number) private view {
        RoundNote storage note = roundNotes[number];
        IMarketOracle.Round memory round = ORACLE.roundAt(number);

        _holds(round.observation == note.observation, "37, observation");
        _holds(round.blockNumber == note.blockNumber && round.time == note.time, "37, block or time");
        _holds(round.seals == note.seals, "37, seals");
        _holds(note.time > roundNotes[number - 1].time, "37, no newer than the one before");
    }

    function _checkEpoch(uint256 number) private view {
        EpochNote storage note = epochNotes[number];
        IEpochs.Epoch memory epoch = COLLECTION.epochAt(number);

        _holds(epoch.root == note.root, "39, root");
        _holds(epoch.round == note.round && epoch.time == note.time, "39, round or time");
        _holds(epoch.covered == note.covered, "38, covered");
        _holds(epoch.covered >= epochNotes[number - 1].covered, "38, covered fell");
        _holds(epoch.round > epochNotes[number - 1].round, "38, round no newer");
        _holds(epoch.voided == note.voided, "39, voided");
    }

    function _checkShown(uint256 tokenId) internal view {
        uint256 pinned = pinNote[tokenId];
        uint256 expected = _shownNote();
        if (!_stands(expected, tokenId)) expected = 0;
        if (pinned != 0 && _stands(pinned - 1, tokenId)) expected = pinned - 1;

        _holds(COLLECTION.epochOf(tokenId) == expected, "41, what it shows");
        _holds(!epochNotes[expected].voided, "40, a voided epoch is shown");
        _holds(COLLECTION.hasPinnedTokenURI(tokenId) == (pinned != 0), "42, pin");
        _holds(_same(COLLECTION.tokenURIAt(tokenId, 0), _genesisURI(tokenId)), "43, genesis");
        if (expected == 0) _holds(_same(COLLECTION.tokenURI(tokenId), _genesisURI(tokenId)), "43, shown genesis");

        uint256 attunement = 0;
        for (uint256 dial = 0; dial < 4; ++dial) {
            int256 value = dialNote[tokenId][dial];
            _holds(value >= -8 && value <= 8, "44, a dial past its end");
            attunement |= uint256(uint8(int8(value))) << (8 * dial);
        }
        _holds(COLLECTION.attunementOf(tokenId) == attunement, "44, dials");
    }

    function _genesisURI(uint256 tokenId) private pure returns (string memory) {
        string memory root = CidLib.toText(_rootOf(tokenId / 1_000_000));
        return string.concat("ipfs://", root, "/", Strings.toString(tokenId), ".json");
    }

    function _same(string memory left, string memory right) private pure returns (bool) {
        return keccak256(bytes(left)) == keccak256(bytes(right));
    }
}
