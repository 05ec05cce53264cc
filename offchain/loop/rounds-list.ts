import type { Hex } from "../kernel/bytes.ts";
import type { AdapterView, Chain, OracleView, RoundEvent } from "./chain.ts";

/** A round, and what brought it. */
export interface ListedRound extends Omit<RoundEvent, "adapter" | "logIndex"> {
  readonly adapter: AdapterView;
}

/** The rounds of a collection, and whom its oracle hears. */
export interface RoundList {
  /** Oldest first. */
  readonly rounds: readonly ListedRound[];
  /** Undefined before one is named. */
  readonly oracle: OracleView | undefined;
  /** Whether the fallback is heard now: nothing came from the active adapter for so long. */
  readonly stale: boolean;
}

/** Every round of the oracles that the collection named, as the chain tells it now. */
export async function listRounds(chain: Chain): Promise<RoundList> {
  const kinds = new Map<Hex, Promise<AdapterView>>();
  const adapterAt = (address: Hex): Promise<AdapterView> => {
    const asked = kinds.get(address) ?? chain.adapterAt(address);
    kinds.set(address, asked);
    return asked;
  };
  const rounds: ListedRound[] = [];
  for (const event of await chain.rounds()) {
    const { round, observation, seals, block } = event;
    const adapter = await adapterAt(event.adapter);
    rounds.push({ round, observation, seals, block, adapter });
  }
  const named = (await chain.epochs()).oracle !== undefined;
  const oracle = named ? await chain.oracleView() : undefined;
  const { timestamp } = await chain.blockByNumber(await chain.height());
  return { rounds, oracle, stale: isStale(oracle, timestamp) };
}

function isStale(oracle: OracleView | undefined, now: number): boolean {
  return oracle?.fallback !== undefined && now >= oracle.fallbackFrom;
}
