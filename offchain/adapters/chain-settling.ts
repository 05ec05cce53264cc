import { z } from "zod";

import { FatalError } from "../kernel/errors.ts";
import type { ChainInstance } from "../loop/chain.ts";
import { quantity, refusalOf, type Rpc } from "./rpc.ts";

/**
 * How deep a block lies before something rests on it. A number: so many blocks are above it, its own not counted, so with 3 a
 * transaction in block 100 is settled once there is a block 103. `finalized`: what the chain itself calls final.
 */
export type Settle = number | "finalized";

/** How far the chain is. */
export interface Frontier {
  readonly head: number;
  /** Highest block that is settled; negative while none is. */
  readonly settled: number;
}

/** Reads it anew. */
export type ReadFrontier = (signal?: AbortSignal) => Promise<Frontier>;

/** On chains where whatever is mined is settled: nothing needs to be asked. */
const AT_ONCE: Frontier = { head: Infinity, settled: Infinity };

/**
 * The {@link ReadFrontier} of a chain. On development chains everything is settled at once, whatever is asked for: nobody
 * reorganises them but on purpose.
 * @throws FatalError `chain/no-finality` when read, if the node does not know what is final.
 */
export function createFrontier(
  rpc: Rpc,
  settle: Settle,
  instance: () => Promise<Pick<ChainInstance, "development">>,
): ReadFrontier {
  return async (signal) => {
    if (settle === 0 || (await instance()).development) return AT_ONCE;
    const height = rpc.ask("eth_blockNumber", [], quantity, signal);
    if (settle !== "finalized") {
      const head = await height;
      return { head, settled: head - settle };
    }
    const [head, settled] = await Promise.all([height, finalized(rpc, signal)]);
    return { head, settled };
  };
}

/** A chain that has just begun has no final block: its node says so, or answers with nothing. */
async function finalized(rpc: Rpc, signal?: AbortSignal): Promise<number> {
  try {
    const block = await rpc.ask(
      "eth_getBlockByNumber",
      ["finalized", false],
      z.object({ number: quantity }).nullable(),
      signal,
    );
    return block?.number ?? -1;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === undefined) throw error;
    if (/not found|not available/i.test(refusal.message)) return -1;
    throw new FatalError(
      "chain/no-finality",
      "The node cannot tell which block is `finalized`; set `settle` to a number of blocks for this network, or use another node.",
      { cause: error },
    );
  }
}
