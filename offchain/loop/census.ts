import type { Hex } from "../kernel/bytes.ts";
import { splitTokenId } from "../kernel/ids.ts";
import type {
  Chain,
  CollectionView,
  RegisteredDataset,
  RegisteredRecipe,
} from "./chain.ts";

const NOBODY: Hex = `0x${"00".repeat(20)}`;

/** Everything a collection tells of itself, counted from the chain. */
export interface Census extends CollectionView {
  /** Works destroyed, counted from events. */
  readonly burned: number;
  /** Works that exist. */
  readonly supply: number;
  /** Who holds how many, most first. */
  readonly holders: readonly { readonly holder: Hex; readonly works: number }[];
  /** Works that exist of each generation, lowest first. */
  readonly generations: readonly {
    readonly generation: number;
    readonly works: number;
  }[];
  readonly recipes: readonly RegisteredRecipe[];
  readonly datasets: readonly RegisteredDataset[];
  readonly abandonedBatches: readonly number[];
}

/** Counts the collection from its events, as anybody can. */
export async function takeCensus(chain: Chain): Promise<Census> {
  const view = await chain.collectionView();
  const owners = new Map<string, Hex>();
  let burned = 0;
  for (const { to, token } of await chain.transfers()) {
    if (to === NOBODY) {
      owners.delete(token);
      burned += 1;
    } else owners.set(token, to);
  }
  const generationOf = new Map<number, number>();
  for (const { child, generation } of await chain.forgedEvents())
    generationOf.set(child, generation);

  const held = new Map<Hex, number>();
  const works = new Map<number, number>();
  for (const [token, owner] of owners) {
    const generation =
      generationOf.get(Number(splitTokenId(BigInt(token)).batch)) ?? 0;
    held.set(owner, (held.get(owner) ?? 0) + 1);
    works.set(generation, (works.get(generation) ?? 0) + 1);
  }
  return {
    ...view,
    burned,
    supply: owners.size,
    holders: [...held]
      .map(([holder, count]) => ({ holder, works: count }))
      .sort((a, b) => b.works - a.works || (a.holder < b.holder ? -1 : 1)),
    generations: [...works]
      .map(([generation, count]) => ({ generation, works: count }))
      .sort((a, b) => a.generation - b.generation),
    recipes: await chain.recipes(),
    datasets: await chain.datasets(),
    abandonedBatches: await chain.abandonedBatches(),
  };
}
