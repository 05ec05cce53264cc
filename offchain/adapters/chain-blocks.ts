import { setTimeout as sleep } from "node:timers/promises";

import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { BlockHeader, Chain, ChainInstance } from "../loop/chain.ts";
import type { ReadFrontier } from "./chain-settling.ts";
import { hexData, quantity, type Rpc } from "./rpc.ts";

const headerSchema = z.object({
  number: quantity,
  hash: hexData,
  mixHash: hexData,
  timestamp: quantity,
});

/** What reading blocks needs. */
export interface BlockContext {
  readonly rpc: Rpc;
  /** Between two looks at the chain, ms. */
  readonly pause: number;
  /** Gives the `mixHash` of seed blocks that a development chain is told to mine. */
  readonly chance: (() => Hex) | undefined;
  readonly instance: () => Promise<ChainInstance>;
  readonly frontier: ReadFrontier;
}

/** The blocks of a chain. */
export function createBlocks({
  rpc,
  pause,
  chance,
  instance,
  frontier,
}: BlockContext): Pick<
  Chain,
  "height" | "blockByNumber" | "reachBlock" | "reachSettled"
> {
  const height = (): Promise<number> =>
    rpc.ask("eth_blockNumber", [], quantity);
  const header = (number: number): Promise<BlockHeader | null> =>
    rpc.ask(
      "eth_getBlockByNumber",
      [`0x${number.toString(16)}`, false],
      headerSchema.nullable(),
    );

  const reachBlock: Chain["reachBlock"] = async (number, signal) => {
    const { development } = await instance();
    for (;;) {
      signal?.throwIfAborted();
      const block = await header(number);
      if (block !== null) return block;
      if (development) await mine(rpc, number - (await height()), chance);
      else await sleep(pause, undefined, signal && { signal });
    }
  };

  return {
    height,
    reachBlock,
    async reachSettled(number, signal) {
      for (;;) {
        signal?.throwIfAborted();
        // Asked before the header is read, so that what is read lies at least so deep.
        if ((await frontier(signal)).settled >= number)
          return reachBlock(number, signal);
        await sleep(pause, undefined, signal && { signal });
      }
    },
    async blockByNumber(number) {
      const block = await header(number);
      if (block !== null) return block;
      throw new FatalError(
        "chain/no-block",
        `The chain has no block \`${number}\`; wait until it has.`,
      );
    },
  };
}

/** A development chain repeats its `mixHash`es at every start; with `chance`, the last block mined here has a fresh one. */
async function mine(
  rpc: Rpc,
  blocks: number,
  chance: (() => Hex) | undefined,
): Promise<void> {
  if (blocks <= 0) return;
  const ask = (method: string, ...params: readonly unknown[]) =>
    rpc.ask(method, [...params], z.unknown());
  if (blocks > 1) await ask("hardhat_mine", `0x${(blocks - 1).toString(16)}`);
  if (chance !== undefined) await ask("hardhat_setPrevRandao", chance());
  await ask("hardhat_mine", "0x1");
}
