import type { Observation } from "../kernel/observation.ts";
import type { Rng } from "../kernel/rng.ts";
import type { Traits } from "../kernel/traits.ts";

import { allows } from "./rules.ts";
import type { TraitTable } from "./table.ts";
import { effectiveWeights, EVEN_AT, forgedWeights } from "./weights.ts";

/**
 * Draws one value of every trait, in the table's order. Each trait has its own stream (`rng.fork("trait/<name>")`), so
 * a trait added to the table leaves the draws of the others alone. A forged work draws by the odds of its generation.
 * @param sensitivityBps how strongly the market moves the odds; the observation's own when left out.
 */
export function rollTraits({
  table,
  rng,
  observation,
  sensitivityBps = observation.oddsSensitivity,
}: {
  readonly table: TraitTable;
  readonly rng: Rng;
  readonly observation: Observation;
  readonly sensitivityBps?: number;
}): Traits {
  const traits: Record<string, string> = {};
  for (const { name, values } of table.traits) {
    const weights = effectiveWeights(values, observation, sensitivityBps);
    const open = values.map((value, i) =>
      allows(table.rules ?? [], name, value.name, traits)
        ? (weights[i] ?? 0)
        : 0,
    );
    const drawn = drawIndex(
      rng.fork(`trait/${name}`),
      open,
      observation.generation,
    );
    traits[name] = values[drawn]?.name ?? "";
  }
  return traits;
}

/** Draws an index by its weight, which the generation moves first. */
function drawIndex(
  rng: Rng,
  open: readonly number[],
  generation: number,
): number {
  const total = open.reduce((sum, weight) => sum + weight, 0);
  let draw = 0;
  if (generation > 0) {
    // The moved weights sum to this many totals, which can pass the 2^32 of one draw; two digits of a number cannot.
    const totals = EVEN_AT * open.filter((weight) => weight > 0).length;
    draw = rng.below(totals) * total;
  }
  draw += rng.below(total);
  return forgedWeights(open, generation).findIndex((weight) => {
    draw -= weight;
    return draw < 0;
  });
}
