import type { Observation } from "../kernel/observation.ts";
import type { Rng } from "../kernel/rng.ts";
import type { Traits } from "../kernel/traits.ts";

import { allows } from "./rules.ts";
import type { TraitTable } from "./table.ts";
import { effectiveWeights } from "./weights.ts";

/**
 * Draws one value of every trait, in the table's order. Each trait has its own stream (`rng.fork("trait/<name>")`), so
 * a trait added to the table leaves the draws of the others alone.
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
    const total = open.reduce((sum, weight) => sum + weight, 0);
    let draw = rng.fork(`trait/${name}`).below(total);
    const drawn = values.find((_, i) => {
      draw -= open[i] ?? 0;
      return draw < 0;
    });
    traits[name] = drawn?.name ?? "";
  }
  return traits;
}
