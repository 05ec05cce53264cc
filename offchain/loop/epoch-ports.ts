import type { Hex } from "../kernel/bytes.ts";
import type { Hasher } from "../publishing/cid.ts";
import type { Chain } from "./chain.ts";
import type { DerivePorts, Workshops } from "./derive.ts";
import type { CoveredBatch } from "./epoch-facts.ts";
import { readGenesis, type GenesisBatch } from "./epoch-genesis.ts";
import type { Archives, Layers } from "./ports-archive.ts";
import type { Progress } from "./ports-progress.ts";

/** What computing an epoch needs: as for batches, but for the recipes, of which a collection may have several. */
export interface EpochPorts {
  readonly chain: Chain;
  readonly archives: Archives;
  readonly workshops: Workshops;
  readonly progress: Progress;
  /** SHA-256 for packing. */
  readonly hash: Hasher;
}

/** Reads batches as they were minted, each once. */
export type GenesisSource = (covered: CoveredBatch) => Promise<GenesisBatch>;

/**
 * A source of genesis facts; ask for batches in the order of their sealing, so that each is compared with the ones before it.
 * @param layers archives to take them from; without any, all is derived from the chain and the recipes.
 */
export function createGenesisSource(
  ports: EpochPorts,
  layers?: Layers,
): GenesisSource {
  const known = new Map<number, Promise<GenesisBatch>>();
  const derived = new Map<number, readonly Hex[]>();
  const read = async (covered: CoveredBatch): Promise<GenesisBatch> =>
    readGenesis(
      { ...(await batchPorts(ports, covered)), derived },
      covered,
      layers,
    );
  return (covered) => {
    const reading = known.get(covered.batch) ?? read(covered);
    known.set(covered.batch, reading);
    return reading;
  };
}

/** The ports of one batch: its recipe and workers beside the rest. */
export async function batchPorts(
  { chain, archives, workshops, hash }: EpochPorts,
  { recipe, root }: Pick<CoveredBatch, "recipe" | "root">,
): Promise<DerivePorts> {
  const workshop = await workshops(recipe, root);
  return { ...workshop, chain, archives, hash, workshops };
}
