import { getBytes } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { FUNCTIONS } from "./chain-abi-functions.ts";
import { parseContractError } from "./chain-errors.ts";
import type { Receipt } from "./fate-ethers.ts";

/** Longest part of what a script said that is shown. */
const SHOWN = 120;

/** What the router's codes mean, from 1. */
const CODES = [
  "the callback reverted or ran out of gas",
  "it knows no such request",
  "the answer costs more LINK than was set aside",
  "the transmission had too little gas",
  "the subscription's balance is off",
  "the commitment is another",
] as const;

/**
 * Requires that the adapter did not drop the answer to a request.
 * @throws FatalError `courier/discarded` with the contract's error, and in it what the script said.
 */
export function requireBrought(
  { logs }: Receipt,
  adapter: Hex,
  requestId: Hex,
): void {
  for (const { address, topics, data } of logs) {
    if (address !== adapter) continue;
    const event = FUNCTIONS.parseLog({ topics: [...topics], data });
    if (event?.name !== "Discarded" || event.args["evidence"] !== requestId)
      continue;
    throw new FatalError(
      "courier/discarded",
      `The adapter dropped the answer to request \`${requestId}\`: ${explain(event.args["reason"] as Hex)}; send the request again once that is mended.`,
    );
  }
}

/** The failure of a request that the router did not hand on: FatalError `courier/no-callback`. */
export function notCalled(requestId: Hex, code: number): FatalError {
  return new FatalError(
    "courier/no-callback",
    `The router did not bring the answer to request \`${requestId}\` to its adapter, code ${code}: ${CODES[code - 1] ?? "unknown"}; mend that and send the request again.`,
  );
}

/** The error that a revert would have given, with bytes as the text they are. */
function explain(reason: Hex): string {
  const known = parseContractError(reason, FUNCTIONS);
  if (known === null) return reason;
  const args = known.args.map((value, i) =>
    known.fragment.inputs[i]?.type === "bytes"
      ? JSON.stringify(
          new TextDecoder().decode(getBytes(String(value))).slice(0, SHOWN),
        )
      : String(value),
  );
  return `${known.name}(${args.join(", ")})`;
}
