import { decodeBytes32String, type Result, ZeroAddress } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import {
  ADAPTER_KINDS,
  type AdapterView,
  type Chain,
  type OracleView,
} from "../loop/chain.ts";
import { ADAPTER_INTERFACE, MARKET_ADAPTER } from "./chain-abi-adapters.ts";
import { ORACLE } from "./chain-abi-evolving.ts";
import type { AddressOf, Call } from "./chain-call.ts";
import { safe } from "./chain-events.ts";
import { isContract } from "./chain-office.ts";
import type { Rpc } from "./rpc.ts";

interface OracleContext {
  readonly rpc: Rpc;
  readonly call: Call;
  readonly addressOf: AddressOf;
}

/** The oracle's bounds, in the order of its struct. */
export const BOUNDS = [
  "leastInterval",
  "staleAfter",
  "maxAge",
  "maxChange",
  "maxVolatility",
  "maxTrend",
  "maxFloorFactor",
] as const satisfies readonly (keyof OracleView["bounds"])[];

/** What a chain tells about the oracle and whom it hears. */
export function createOracles({
  rpc,
  call,
  addressOf,
}: OracleContext): Pick<Chain, "oracleView" | "adapterAt"> {
  const adapterAt = async (given: Hex): Promise<AdapterView> => {
    const address = given.toLowerCase() as Hex;
    if (!(await isContract(rpc, address))) return { address, kind: "account" };
    return { address, kind: await kindOf(call, address) };
  };
  const named = async (address: unknown): Promise<AdapterView | undefined> =>
    address === ZeroAddress ? undefined : adapterAt(String(address) as Hex);

  return {
    adapterAt,
    async oracleView() {
      const oracle = await addressOf(ORACLE);
      const [active, fallback, fallbackFrom] = await call(ORACLE, "adapters");
      const [limits] = (await call(ORACLE, "bounds")) as unknown as [Result];
      return {
        oracle,
        latestRound: safe((await call(ORACLE, "latestRound"))[0]),
        active: await named(active),
        fallback: await named(fallback),
        fallbackFrom: safe(fallbackFrom),
        bounds: Object.fromEntries(
          BOUNDS.map((name) => [name, safe(limits[name])]),
        ) as OracleView["bounds"],
      };
    },
  };
}

/** What a contract says it is, if it answers as an adapter of ours does. */
async function kindOf(call: Call, address: Hex): Promise<AdapterView["kind"]> {
  const adapter = { address, abi: MARKET_ADAPTER };
  const ask = async (name: string, args: readonly unknown[] = []) => {
    try {
      return (await call(adapter, name, args))[0] as unknown;
    } catch {
      // It refuses, or answers something else: then it is no adapter.
      return undefined;
    }
  };
  const [supported, kind] = [
    await ask("supportsInterface", [ADAPTER_INTERFACE]),
    await ask("kind"),
  ];
  if (supported !== true || typeof kind !== "string") return "unknown";
  const name = textOf(kind);
  return (
    ADAPTER_KINDS.find((known) => known !== "account" && known === name) ??
    "unknown"
  );
}

function textOf(word: string): string {
  try {
    return decodeBytes32String(word);
  } catch {
    return "";
  }
}
