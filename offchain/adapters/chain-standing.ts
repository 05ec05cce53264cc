import type { Result } from "ethers";
import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import type { Standing } from "../loop/ports-fees.ts";
import { COLLECTION } from "./chain-abi.ts";
import { createContext, type ChainOptions } from "./chain-context.ts";
import { createChain } from "./chain-ethers.ts";
import { quantity } from "./rpc.ts";

const DAY = 86_400;

/** Whose standing is asked for: who will own the works, and under which recipe they are made. */
export interface StandingQuery {
  readonly to: Hex;
  readonly recipe: Hex;
}

/** Reads the {@link Standing} of a deployed collection. */
export async function readStanding(
  options: ChainOptions,
  { to, recipe }: StandingQuery,
): Promise<Standing> {
  const { call, rpc } = createContext(options);
  const [recipes, totals, limits, held, block] = await Promise.all([
    createChain(options).recipes(),
    call(COLLECTION, "totals"),
    call(COLLECTION, "limits"),
    call(COLLECTION, "balanceOf", [to]),
    rpc.ask(
      "eth_getBlockByNumber",
      ["latest", false],
      z.object({ timestamp: quantity }),
    ),
  ]);
  const spentOn = Number((limits[0] as Result)["day"]);
  return {
    deployed: true,
    registered: recipes.some(({ id }) => id === recipe),
    begun: Number((totals[0] as Result)["batches"]) > 0,
    holds: BigInt(held[0]) > 0n,
    today: spentOn === Math.floor(block.timestamp / DAY),
  };
}
