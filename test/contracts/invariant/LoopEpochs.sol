// SPDX-License-Identifier: MIT
pragma solidity ^0.8.20;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";

import {IAttunement} from "../../../contracts/interfaces/IAttunement.sol";
import {IEpochs} from "../../../contracts/interfaces/IEpochs.sol";
import {IERC7160} from "../../../contracts/interfaces/IERC7160.sol";
import {IMarketOracle} from "../../../contracts/interfaces/IMarketOracle.sol";
import {LoopRights} from "./LoopRights.sol";

/// @title Rounds, epochs, and what holders do about them
abstract contract LoopEpochs is LoopRights {
    function bringRound(uint256 pick) external counted {
        _bring(pick);
        _worked();
    }

    /// @dev Not a second before the active one is stale; what it brings puts itself off no more than the active one.
    function bringByFallback(uint256 pick) external counted {
        uint256 earliest = heardNote + STALE_AFTER;
        if (block.timestamp < earliest) {
            vm.warp(earliest - 1);
            bytes memory call = abi.encodeCall(IMarketOracle.accept, (_observation(earliest - 1, 0)));
            bytes memory expected = abi.encodeWithSelector(
                IMarketOracle.MarketOracleFallbackTooEarly.selector,
                earliest
            );
            _refused(address(ORACLE), FALLBACK, call, expected, "45, the fallback did not wait");
            vm.warp(earliest);
        }
        _bringAs(FALLBACK, pick);
        _worked();
    }

    function evolve(uint256 pick) external counted {
        _publish(pick);
        _worked();
    }

    function voidEpoch(uint256 pick) external counted {
        if (epochNotes.length == 1 || pick % 4 == 0) _publish(pick);
        uint256 epoch = pick % 3 == 0 ? _shownNote() : _findSound(pick);
        if (epoch == 0) return;
        address by = pick % 2 == 0 ? GUARDIAN : ADMIN;

        vm.prank(by);
        COLLECTION.voidEpoch(epoch);
        epochNotes[epoch].voided = true;
        _refused(
            address(COLLECTION),
            by,
            abi.encodeCall(IEpochs.voidEpoch, (epoch)),
            abi.encodeWithSelector(IEpochs.EpochIsVoided.selector, epoch),
            "39, voided twice"
        );
        _worked();
    }

    /// @dev Locked works, too: a pin moves nothing.
    function pin(uint256 pick, uint256 index) external counted {
        if (epochNotes.length < 4) _publish(pick);
        uint256 tokenId = _someLive(pick);
        if (tokenId == 0) return;
        index = _findCovering(index, tokenId);

        vm.prank(ownerNote[tokenId]);
        COLLECTION.pinTokenURI(tokenId, index);
        pinNote[tokenId] = index + 1;
        _worked();
    }

    function unpin(uint256 pick) external counted {
        uint256 tokenId = _someLive(pick);
        if (tokenId == 0) return;

        vm.prank(ownerNote[tokenId]);
        COLLECTION.unpinTokenURI(tokenId);
        delete pinNote[tokenId];
        _worked();
    }

    function attune(uint256 pick, uint256 act) external counted {
        uint256 tokenId = _someLive(pick);
        if (tokenId == 0) return;
        act = act % 8;
        int256 dial = dialNote[tokenId][act / 2];
        if (dial == _end(act)) act ^= 1;
        address by = approvedNote[tokenId] == address(0) ? ownerNote[tokenId] : approvedNote[tokenId];

        vm.prank(by);
        COLLECTION.attune(tokenId, act);
        dialNote[tokenId][act / 2] = dial + (act % 2 == 0 ? int256(-1) : int256(1));
        _worked();
    }

    /* MUST REVERT */

    function bringWronglyMustRevert(uint256 pick) external counted {
        uint256 last = _bring(pick);
        uint256 lastTime = roundNotes[last].time;
        bytes memory call = abi.encodeCall(IMarketOracle.accept, (_observation(lastTime, 0)));
        bytes memory expected = abi.encodeWithSelector(
            IMarketOracle.MarketOracleStaleObservation.selector,
            lastTime,
            lastTime
        );
        _refused(address(ORACLE), ADAPTER, call, expected, "37, observed no later");

        uint256 future = block.timestamp + 1 + (pick % 1 days);
        call = abi.encodeCall(IMarketOracle.accept, (_observation(future, 0)));
        expected = abi.encodeWithSelector(
            IMarketOracle.MarketOracleFutureObservation.selector,
            future,
            block.timestamp
        );
        _refused(address(ORACLE), ADAPTER, call, expected, "37, observed in the future");
        expected = abi.encodeWithSelector(IMarketOracle.MarketOracleUnauthorizedAdapter.selector, PUBLISHER);
        _refused(address(ORACLE), PUBLISHER, call, expected, "37, brought by another");
        _worked();
    }

    function evolveWronglyMustRevert(uint256 pick) external counted {
        _publish(pick);
        uint256 used = epochNotes[epochNotes.length - 1].round;
        uint256 round = 1 + (pick % used);
        _evolveWrongly(
            round,
            "a root",
            abi.encodeWithSelector(IEpochs.EpochRoundNotNewer.selector, round, used),
            "38, an old round"
        );
        round = _bring(pick);
        _evolveWrongly(round, 0, abi.encodeWithSelector(IEpochs.EpochRootMissing.selector), "39, no root");
        _evolveWrongly(
            round,
            "a root",
            abi.encodeWithSelector(IEpochs.EpochTooEarly.selector, round, block.number),
            "38, a round of this block"
        );
        _evolveWrongly(
            round + 1,
            "a root",
            abi.encodeWithSelector(IMarketOracle.MarketOracleUnknownRound.selector, round + 1),
            "38, a round to come"
        );
        _worked();
    }

    function pinWronglyMustRevert(uint256 pick, uint256 actor) external counted {
        uint256 tokenId = _someLive(pick);
        if (tokenId == 0) return;
        address owner = ownerNote[tokenId];
        address caller = _actor(actor);
        if (caller == owner) caller = STRANGER;

        bytes memory expected = abi.encodeWithSelector(
            IERC721Errors.ERC721IncorrectOwner.selector,
            caller,
            tokenId,
            owner
        );
        bytes memory call = abi.encodeCall(IERC7160.pinTokenURI, (tokenId, 0));
        _refused(address(COLLECTION), caller, call, expected, "42, pinned by another");
        call = abi.encodeCall(IERC7160.unpinTokenURI, (tokenId));
        _refused(address(COLLECTION), caller, call, expected, "42, let go by another");

        uint256 epoch = pick % epochNotes.length;
        if (epoch == 0 || _stands(epoch, tokenId)) epoch = epochNotes.length;
        if (epoch == epochNotes.length) {
            expected = abi.encodeWithSelector(IEpochs.EpochUnknown.selector, epoch);
        } else if (epochNotes[epoch].voided) {
            expected = abi.encodeWithSelector(IEpochs.EpochIsVoided.selector, epoch);
        } else {
            expected = abi.encodeWithSelector(IEpochs.EpochDoesNotCover.selector, epoch, tokenId);
        }
        call = abi.encodeCall(IERC7160.pinTokenURI, (tokenId, epoch));
        _refused(address(COLLECTION), owner, call, expected, "41, pinned to what does not stand");
        _worked();
    }

    function attuneWronglyMustRevert(uint256 pick, uint256 act) external counted {
        uint256 tokenId = _someLive(pick);
        if (tokenId == 0) return;
        act = act % 8;
        bytes memory call = abi.encodeCall(IAttunement.attune, (tokenId, act));
        bytes memory expected = abi.encodeWithSelector(
            IERC721Errors.ERC721InsufficientApproval.selector,
            STRANGER,
            tokenId
        );
        _refused(address(COLLECTION), STRANGER, call, expected, "44, turned by a stranger");

        int256 step = act % 2 == 0 ? int256(-1) : int256(1);
        while (dialNote[tokenId][act / 2] != _end(act)) {
            vm.prank(ownerNote[tokenId]);
            COLLECTION.attune(tokenId, act);
            dialNote[tokenId][act / 2] += step;
        }
        expected = abi.encodeWithSelector(IAttunement.AttunementAtEnd.selector, tokenId, act);
        _refused(address(COLLECTION), ownerNote[tokenId], call, expected, "44, turned past its end");
        _worked();
    }

    /* DOING */

    function _bring(uint256 pick) private returns (uint256 round) {
        round = _bringAs(ADAPTER, pick);
        heardNote = block.timestamp;
    }

    /// @dev Observed now; a second later if the last one was.
    function _bringAs(address adapter, uint256 pick) private returns (uint256 round) {
        uint256 last = roundNotes.length - 1;
        if (block.timestamp <= roundNotes[last].time) vm.warp(roundNotes[last].time + 1);
        bytes32 observation = _observation(block.timestamp, uint16(pick));

        vm.prank(adapter);
        round = ORACLE.accept(observation);
        _holds(round == roundNotes.length, "37, rounds are numbered in order");
        roundNotes.push(RoundNote(observation, block.timestamp, block.number, sealedOrder.length));
    }

    /// @dev An epoch of any round that is newer than the last one's, now and then of one that comes first.
    function _publish(uint256 pick) private {
        uint256 used = epochNotes[epochNotes.length - 1].round;
        if (used == roundNotes.length - 1 || pick % 4 == 1) _bring(pick);
        uint256 round = used + 1 + (pick % (roundNotes.length - 1 - used));
        if (roundNotes[round].blockNumber == block.number) vm.roll(block.number + 1);
        bytes32 root = keccak256(abi.encode("epoch", round, pick));

        vm.prank(PUBLISHER);
        uint256 epoch = COLLECTION.evolve(root, round);
        _holds(epoch == epochNotes.length, "38, epochs are numbered in order");
        epochNotes.push(EpochNote(root, round, roundNotes[round].seals, block.timestamp, false));
    }

    function _evolveWrongly(uint256 round, bytes32 root, bytes memory expected, string memory reason) private {
        _refused(address(COLLECTION), PUBLISHER, abi.encodeCall(IEpochs.evolve, (root, round)), expected, reason);
    }

    /* PICKING */

    function _someLive(uint256 pick) private returns (uint256 tokenId) {
        if (live.length == 0 && _free(pick) == 0) return 0;
        return live[pick % live.length];
    }

    function _findSound(uint256 pick) private view returns (uint256) {
        uint256 length = epochNotes.length;
        for (uint256 i = 0; i < length && i < SCAN; ++i) {
            uint256 epoch = ((pick % length) + i) % length;
            if (epoch != 0 && !epochNotes[epoch].voided) return epoch;
        }
        return 0;
    }

    /// @dev Zero, which is genesis, if none was found.
    function _findCovering(uint256 pick, uint256 tokenId) private view returns (uint256) {
        uint256 length = epochNotes.length;
        for (uint256 i = 0; i < length && i < SCAN; ++i) {
            uint256 epoch = ((pick % length) + i) % length;
            if (_stands(epoch, tokenId)) return epoch;
        }
        return 0;
    }

    function _end(uint256 act) private pure returns (int256) {
        return act % 2 == 0 ? int256(-8) : int256(8);
    }

    /// @dev Nothing observed but the change, so that rounds differ.
    function _observation(uint256 time, uint16 change) private pure returns (bytes32) {
        bytes memory market = abi.encodePacked(change, uint16(0), uint16(0), uint16(5_000), uint48(0), uint48(0));
        return
            bytes32(
                abi.encodePacked(uint8(1), uint8(1), market, uint40(time), uint16(5_000), uint16(10_000), uint8(9))
            );
    }
}
