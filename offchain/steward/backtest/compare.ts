import type { Rng } from "../../kernel/rng.ts";
import { perVolume } from "../reward.ts";
import { pairedGain, type Estimate } from "./bootstrap.ts";
import { measure, type Measures, type Stretch } from "./measure.ts";

/** A royalty for every period, and what it is called. */
export interface Path {
  readonly name: string;
  readonly at: (period: number) => number;
}

/** One path against another, over the same periods. Gains are shares: 0.1 is a tenth more than the other. */
export interface Comparison {
  readonly name: string;
  /** Of the other. */
  readonly measures: Measures;
  /** Its royalty in each period, bps. */
  readonly royalties: readonly number[];
  readonly revenue: Estimate;
  readonly volume: Estimate;
  /** The policies' stated reward (../reward.ts). */
  readonly reward: Estimate;
}

/** Sets `ours` against `other`. */
export function compare(
  ours: Path,
  other: Path,
  where: Omit<Stretch, "at">,
  rng: Rng,
): Comparison {
  const { world, from, to } = where;
  const periods = Array.from({ length: to - from }, (_, i) => from + i);
  const series = (
    path: Path,
    of: (volume: number, royalty: number) => number,
  ): number[] =>
    periods.map((k) => {
      const royalty = path.at(k);
      return of(world.outcome(k, royalty).volume, royalty);
    });
  const gain = (
    label: string,
    of: (volume: number, royalty: number) => number,
  ): Estimate =>
    pairedGain(series(ours, of), series(other, of), rng.fork(label));
  return {
    name: other.name,
    measures: measure({ ...where, at: other.at }),
    royalties: periods.map((k) => other.at(k)),
    revenue: gain("revenue", (volume, royalty) => volume * royalty),
    volume: gain("volume", (volume) => volume),
    reward: gain("reward", (volume, royalty) => volume * perVolume(royalty)),
  };
}
