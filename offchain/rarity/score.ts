import { NEUTRAL_OBSERVATION } from "../kernel/observation.ts";
import type { Traits } from "../kernel/traits.ts";
import { FatalError } from "../kernel/errors.ts";

import { odds } from "./odds.ts";
import type { TraitTable } from "./table.ts";

/**
 * How rare a work is: the sum over its traits of one over the chance of its value, in thousandths, the chances taken on
 * a neutral market, so that works of different days compare. A work of all-even chances 1 in 4 over 6 traits has 24000.
 * @throws FatalError `rarity/unknown-trait` if the table cannot have drawn these traits.
 */
export function rarityScore({
  table,
  traits,
}: {
  readonly table: TraitTable;
  readonly traits: Traits;
}): number {
  const chances = odds({ table, observation: NEUTRAL_OBSERVATION });
  return table.traits.reduce((sum, { name }) => {
    const chance = chances.find(
      ({ trait, value }) => trait === name && value === traits[name],
    );
    if (chance === undefined || chance.share === 0) {
      throw new FatalError(
        "rarity/unknown-trait",
        `The table cannot draw \`${name}: ${traits[name] ?? ""}\`; score works with the table of their own recipe.`,
      );
    }
    return sum + Math.floor(1_000_000_000 / chance.share);
  }, 0);
}
