import { Interface } from "ethers";

/** The part of the collection by which it evolves, see `chain-abi.ts`. */
export const EVOLVING = [
  "function evolve(bytes32 root, uint256 round) returns (uint256 epoch)",
  "function voidEpoch(uint256 epoch)",
  "function setOracle(address newOracle)",
  "function oracle() view returns (address current)",
  "function epochs() view returns (uint256 count, uint256 shown, uint256 lastRound)",
  "function epochAt(uint256 epoch) view returns (tuple(bytes32 root, uint256 round, uint256 covered, uint256 time, bool voided) info)",
  "function epochOf(uint256 tokenId) view returns (uint256 epoch)",
  "function tokenURIAt(uint256 tokenId, uint256 epoch) view returns (string uri)",
  "function attune(uint256 tokenId, uint256 act)",
  "function pinTokenURI(uint256 tokenId, uint256 index)",
  "function unpinTokenURI(uint256 tokenId)",
  "event Evolved(uint256 indexed epoch, uint256 indexed round, bytes32 root, address oracle, uint256 covered)",
  "event OracleChanged(address indexed previousOracle, address indexed newOracle)",
  "event Attuned(uint256 indexed tokenId, address indexed by, uint256 act, uint256 attunement)",
  "event TokenUriPinned(uint256 indexed tokenId, uint256 indexed index)",
  "event TokenUriUnpinned(uint256 indexed tokenId)",
  "error EpochOracleMissing()",
  "error EpochRoundNotNewer(uint256 round, uint256 lastRound)",
  "error EpochCoversLess(uint256 covered, uint256 lastCovered)",
  "error EpochTooEarly(uint256 round, uint256 blockNumber)",
  "error EpochRootMissing()",
  "error EpochUnknown(uint256 epoch)",
  "error EpochIsVoided(uint256 epoch)",
  "error EpochDoesNotCover(uint256 epoch, uint256 tokenId)",
  "error EpochsExhausted()",
  "error EpochUnauthorizedVoider(address caller)",
  "error AttunementUnknownAct(uint256 act)",
  "error AttunementAtEnd(uint256 tokenId, uint256 act)",
] as const;

/** Where rounds come from; see `chain-abi.ts`. */
export const ORACLE = new Interface([
  "function accept(bytes32 observation) returns (uint256 round)",
  "function adapter() view returns (address account)",
  "event RoundAccepted(uint256 indexed round, address indexed adapter, bytes32 observation, uint256 seals)",
  "error MarketOracleUnknownRound(uint256 round)",
  "error MarketOracleUnauthorizedAdapter(address caller)",
  "error MarketOracleStaleObservation(uint256 time, uint256 lastTime)",
  "error MarketOracleFutureObservation(uint256 time, uint256 blockTime)",
  "error MarketOracleMalformedObservation(bytes32 observation)",
  "error MarketOracleTooSoon(uint256 earliest)",
]);
