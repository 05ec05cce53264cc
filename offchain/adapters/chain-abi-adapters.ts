import { Interface } from "ethers";

/** What every adapter of the oracle has (contracts/interfaces/IMarketAdapter.sol); see `chain-abi.ts`. */
const ANY = [
  "function ORACLE() view returns (address)",
  "function kind() view returns (bytes32 name)",
  "function supportsInterface(bytes4 interfaceId) view returns (bool supported)",
  "event Brought(uint256 indexed round, bytes32 indexed evidence)",
  "event Discarded(bytes32 indexed evidence, bytes reason)",
  "error MarketAdapterOracleMissing(address oracle)",
] as const;

/** Any adapter. */
export const MARKET_ADAPTER = new Interface(ANY);

/** Reporters who sign what they see. */
export const SIGNED_REPORTERS = new Interface([
  ...ANY,
  "function report(uint256 round, address[] set, uint256 quorum, tuple(bytes32 observation, bytes32 r, bytes32 vs)[] reports)",
  "function setReporters(address[] set, uint256 quorum)",
  "function reporters() view returns (address[] set, uint256 quorum)",
  "event ReportersChanged(address[] reporters, uint256 quorum)",
  "error SignedReportersQuorumOutOfRange(uint256 reporters, uint256 quorum, uint256 max)",
  "error SignedReportersInvalidReporter(address reporter)",
  "error SignedReportersUnknownSet(bytes32 set)",
  "error SignedReportersTooFew(uint256 reports, uint256 quorum)",
  "error SignedReportersUnknownReporter(address signer)",
  "error SignedReportersNotAscending(address signer)",
  "error SignedReportersMalformedReport(address signer, bytes32 observation)",
  "error SignedReportersWrongRound(uint256 round, uint256 next)",
]);

/** The ERC-165 id of an adapter: its two own functions. */
export const ADAPTER_INTERFACE = `0x${(
  BigInt(MARKET_ADAPTER.getFunction("ORACLE")?.selector ?? 0) ^
  BigInt(MARKET_ADAPTER.getFunction("kind")?.selector ?? 0)
)
  .toString(16)
  .padStart(8, "0")}`;
