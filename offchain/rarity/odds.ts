import type { Observation } from "../kernel/observation.ts";
import type { Traits } from "../kernel/traits.ts";

import { allows, decidingTraits } from "./rules.ts";
import type { TraitTable } from "./table.ts";
import { effectiveWeights, forgedWeights } from "./weights.ts";

/** The chances of one value. */
export interface ValueOdds {
  readonly trait: string;
  readonly value: string;
  /**
   * Effective weight before the rules: thousandths of the table's unit, or for a forged work what its generation makes of
   * them; weights of one trait compare.
   */
  readonly weight: number;
  /** Chance that a work has this value, rules included, in millionths, rounded down. */
  readonly share: number;
}

/** Chances are carried with 96 fractional bits: forty roundings stay far below one millionth. */
const CERTAIN = 1n << 96n;

interface State {
  readonly earlier: Traits;
  readonly chance: bigint;
}

/**
 * The exact chances of every value under an observation, its generation included, in the table's order: drawn traits that
 * rules look at are followed one by one.
 */
export function odds({
  table,
  observation,
  sensitivityBps = observation.oddsSensitivity,
}: {
  readonly table: TraitTable;
  readonly observation: Observation;
  readonly sensitivityBps?: number;
}): ValueOdds[] {
  const { generation } = observation;
  const deciding = decidingTraits(table);
  const result: ValueOdds[] = [];
  let states: State[] = [{ earlier: {}, chance: CERTAIN }];
  for (const { name, values } of table.traits) {
    const weights = effectiveWeights(values, observation, sensitivityBps);
    const stated = forgedWeights(weights, generation);
    const shares = values.map(() => 0n);
    const next: State[] = [];
    for (const { earlier, chance } of states) {
      const allowed = values.map((value, i) =>
        allows(table.rules ?? [], name, value.name, earlier)
          ? (weights[i] ?? 0)
          : 0,
      );
      const open = forgedWeights(allowed, generation).map(BigInt);
      const total = open.reduce((sum, weight) => sum + weight, 0n);
      values.forEach((value, i) => {
        const part = (chance * (open[i] ?? 0n)) / total;
        shares[i] = (shares[i] ?? 0n) + part;
        if (deciding.has(name) && part > 0n)
          next.push({
            earlier: { ...earlier, [name]: value.name },
            chance: part,
          });
      });
    }
    if (deciding.has(name)) states = next;
    values.forEach((value, i) => {
      result.push({
        trait: name,
        value: value.name,
        weight: stated[i] ?? 0,
        share: Number(((shares[i] ?? 0n) * 1_000_000n) >> 96n),
      });
    });
  }
  return result;
}
