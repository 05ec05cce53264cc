import { toHex, type Hex } from "../kernel/bytes.ts";
import { splitTokenId } from "../kernel/ids.ts";
import type { TokenMetadata } from "../publishing/metadata.ts";
import type { Chain } from "./chain.ts";
import { fixedOnChain } from "./derive.ts";

/** What a batch says of each of its works. */
export interface BatchFacts {
  readonly seed: Hex;
  readonly conditions: Hex;
  readonly recipe: Hex;
}

/** What the chain says of a batch. */
export async function readFacts(
  chain: Chain,
  batch: number,
): Promise<BatchFacts> {
  const { recipe } = await chain.openedEvent(batch);
  const fixed = await fixedOnChain(batch, { chain, recipe: { id: recipe } });
  return { seed: toHex(fixed.seed), conditions: fixed.conditions, recipe };
}

/** What of a work's metadata is not as it must be, by the names of the fields. */
export function differences(
  { name, image, properties }: TokenMetadata,
  id: bigint,
  facts: BatchFacts & { readonly image: string },
): string[] {
  const { batch, index } = splitTokenId(id);
  const pairs: Readonly<Record<string, readonly [unknown, unknown]>> = {
    name: [name.endsWith(` #${id}`), true],
    image: [image, facts.image],
    batch: [properties.batch, Number(batch)],
    index: [properties.index, index],
    seed: [properties.seed, facts.seed],
    conditions: [properties.conditions, facts.conditions],
    recipe: [properties.recipe.id, facts.recipe],
  };
  return Object.keys(pairs).filter(
    (key) => pairs[key]?.[0] !== pairs[key]?.[1],
  );
}
