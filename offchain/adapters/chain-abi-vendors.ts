import { Interface } from "ethers";

import { MARKET_ADAPTER } from "./chain-abi-adapters.ts";

/** Rounds out of CRE's reports; see `chain-abi.ts`. */
export const CRE_RECEIVER = new Interface([
  ...MARKET_ADAPTER.fragments,
  "function onReport(bytes metadata, bytes report)",
  "function source() view returns (address forwarder, address owner, bytes10 name)",
  "error CreReceiverUnauthorizedForwarder(address caller)",
  "error CreReceiverUnknownWorkflow(address owner, bytes10 name)",
]);

/** Rounds out of a data feed. */
export const DATA_FEED_ADAPTER = new Interface([
  ...MARKET_ADAPTER.fragments,
  "function poke()",
  "function FEED() view returns (address)",
  "error DataFeedUnsoundAnswer(int256 answer)",
  "error DataFeedStale(uint256 updatedAt, uint256 oldest)",
  "error DataFeedUnsoundTime(uint256 updatedAt)",
  "error DataFeedDecimalsChanged(uint256 decimals, uint256 expected)",
  "error DataFeedSequencerDown(uint256 upSince, uint256 grace)",
  "error DataFeedSameDay(uint256 day)",
]);

/** The stand-in for a feed on development chains. */
export const DEVELOPMENT_FEED = new Interface([
  "function tell(int256 answer, uint256 updatedAt)",
]);
