import { Interface } from "ethers";

import { MARKET_ADAPTER } from "./chain-abi-adapters.ts";

/** Chainlink Functions in front of the oracle (contracts/interfaces/IFunctionsAdapter.sol); see `chain-abi.ts`. */
export const FUNCTIONS = new Interface([
  ...MARKET_ADAPTER.fragments,
  "function request(bytes data) returns (bytes32 requestId)",
  "function configuration() view returns (address router, uint64 subscriptionId, bytes32 donId, bytes32 requestHash, uint256 leastInterval)",
  "function pending() view returns (bytes32 requestId, uint256 sentAt)",
  "event Requested(bytes32 indexed requestId)",
  "error FunctionsInvalidConfiguration()",
  "error FunctionsOtherRequest(bytes32 requestHash, bytes32 expected)",
  "error FunctionsTooSoon(uint256 earliest)",
  "error FunctionsUnauthorizedRouter(address caller)",
  "error FunctionsUnknownRequest(bytes32 requestId)",
  "error FunctionsMalformedResponse(uint256 length, bytes err)",
]);
