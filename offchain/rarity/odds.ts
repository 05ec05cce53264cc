import type { Observation } from "../kernel/observation.ts";
import type { Traits } from "../kernel/traits.ts";

import { allows, decidingTraits } from "./rules.ts";
import type { TraitTable } from "./table.ts";
import { effectiveWeights } from "./weights.ts";

/** The chances of one value. */
export interface ValueOdds {
  readonly trait: string;
  readonly value: string;
  /** Effective weight before the rules, thousandths of the table's unit. */
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

/** The exact chances of every value, in the table's order: drawn traits that rules look at are followed one by one. */
export function odds({
  table,
  observation,
  sensitivityBps = observation.oddsSensitivity,
}: {
  readonly table: TraitTable;
  readonly observation: Observation;
  readonly sensitivityBps?: number;
}): ValueOdds[] {
  const deciding = decidingTraits(table);
  const result: ValueOdds[] = [];
  let states: State[] = [{ earlier: {}, chance: CERTAIN }];
  for (const { name, values } of table.traits) {
    const weights = effectiveWeights(values, observation, sensitivityBps);
    const shares = values.map(() => 0n);
    const next: State[] = [];
    for (const { earlier, chance } of states) {
      const open = values.map((value, i) =>
        allows(table.rules ?? [], name, value.name, earlier)
          ? BigInt(weights[i] ?? 0)
          : 0n,
      );
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
        weight: weights[i] ?? 0,
        share: Number(((shares[i] ?? 0n) * 1_000_000n) >> 96n),
      });
    });
  }
  return result;
}
