import {
  discrepancy,
  kernelOf,
  type Points,
} from "../../generator/likeness/kernel-distance.ts";
import type { Traits } from "../../kernel/traits.ts";
import type { TraitTable } from "../../rarity/table.ts";

/** A candidate as the odds see it. */
export interface Sample {
  readonly traits: Traits;
  /** Where it lies in the dataset's feature space. */
  readonly point: Float64Array;
  readonly accepted: boolean;
}

/** A value that is no longer drawn, and why. */
export interface Dropped {
  readonly trait: string;
  readonly value: string;
  readonly reason: "rejected" | "unlike";
}

/** Odds found for a dataset. */
export interface Odds {
  readonly table: TraitTable;
  readonly dropped: readonly Dropped[];
  /** Kernel distance of the accepted samples that are left to the dataset. */
  readonly distance: number;
}

/** A value is refused by at least this many candidates, and found unlike by so many accepted ones. */
const ENOUGH = 5;
const ENOUGH_ACCEPTED = 4;
/** A value of which less than this share, and less than half of the usual share, is accepted is not worth its tries. */
const LEAST_ACCEPTED = 0.2;
/** Dropping stops before less than this share of the accepted candidates is left: likeness is not worth sameness. */
const LEAST_LEFT = 0.4;

/**
 * Gives weight 0 to the values of a table that do not fit a dataset: first those whose works the guard rejects, then, one at a
 * time, the value whose works stand furthest out for their number, until the rest is within `goal` of the dataset.
 * Values that two samples could not tell apart from chance stay: each is refused by five candidates, or found unlike by four, at least.
 * @param options.keep traits that lose no value, since they say of which picture, not how.
 * @param options.goal kernel distance that is near enough.
 */
export function fitOdds(options: {
  readonly table: TraitTable;
  readonly samples: readonly Sample[];
  readonly reference: Points;
  readonly keep: ReadonlySet<string>;
  readonly goal: number;
}): Odds {
  const { samples, reference, keep, goal } = options;
  const accepted = samples.filter((sample) => sample.accepted);
  const kernel = kernelOf([
    ...reference,
    ...accepted.map(({ point }) => point),
  ]);
  const data = reference.map((_, i) => i);
  const distanceOf = (left: readonly number[]): number =>
    left.length < 2
      ? Infinity
      : discrepancy(
          kernel,
          data,
          left.map((i) => reference.length + i),
        );

  let table = options.table;
  const dropped: Dropped[] = [];
  const open = (): { trait: string; value: string }[] =>
    table.traits.flatMap(({ name, values }) => {
      const living = values.filter(({ weight }) => weight > 0);
      return keep.has(name) || living.length < 2
        ? []
        : living.map((value) => ({ trait: name, value: value.name }));
    });
  const drop = (entry: Dropped): void => {
    dropped.push(entry);
    table = without(table, entry);
  };

  const rate = accepted.length / Math.max(1, samples.length);
  const least = Math.min(LEAST_ACCEPTED, rate / 2);
  for (const { trait, value } of open()) {
    const of = samples.filter(({ traits }) => traits[trait] === value);
    const passed = of.filter((sample) => sample.accepted).length;
    const others = open().some((o) => o.trait === trait && o.value !== value);
    if (others && of.length >= ENOUGH && passed < least * of.length)
      drop({ trait, value, reason: "rejected" });
  }

  const isLeft = (sample: Sample): boolean =>
    dropped.every(({ trait, value }) => sample.traits[trait] !== value);
  let left = accepted.flatMap((sample, i) => (isLeft(sample) ? [i] : []));
  let distance = distanceOf(left);
  const fewest = Math.max(ENOUGH, Math.ceil(accepted.length * LEAST_LEFT));
  while (distance > goal) {
    const trials = open().flatMap(({ trait, value }) => {
      const rest = left.filter((i) => accepted[i]?.traits[trait] !== value);
      const gone = left.length - rest.length;
      if (gone < ENOUGH_ACCEPTED || rest.length < fewest) return [];
      const next = distanceOf(rest);
      // By the root of their number: what half of the works have in common counts more than one odd work, and less than half of them.
      const gain = (distance - next) / Math.sqrt(gone);
      return [{ trait, value, rest, next, gain }];
    });
    const [best] = trials.sort((a, b) => b.gain - a.gain);
    if (best === undefined || best.gain <= 0) break;
    drop({ trait: best.trait, value: best.value, reason: "unlike" });
    left = best.rest;
    distance = best.next;
  }
  return { table, dropped, distance };
}

function without(
  table: TraitTable,
  { trait, value }: { trait: string; value: string },
): TraitTable {
  return {
    ...table,
    traits: table.traits.map((entry) =>
      entry.name === trait
        ? {
            ...entry,
            values: entry.values.map((item) =>
              item.name === value ? { ...item, weight: 0 } : item,
            ),
          }
        : entry,
    ),
  };
}
