import { FatalError, isLoopError } from "../kernel/errors.ts";
import { NEUTRAL_OBSERVATION } from "../kernel/observation.ts";

import { agree } from "./agree.ts";
import { excerpt } from "./excerpt.ts";
import {
  MARKET_FIELDS,
  type DeadSource,
  type Discard,
  type MarketField,
  type Observed,
  type Reading,
} from "./reading.ts";
import { withoutRepeats } from "./repeated.ts";
import { lowerMedian } from "./statistics.ts";
import { MAX_AGE, tell, type ReadingKind, type Told } from "./tell.ts";

/** How sources are looked at. */
export interface ObserveOptions {
  /** Unix seconds: look no further than this. */
  readonly at: number;
  /** Seconds that the last data of a kind of source may be old; {@link MAX_AGE} where not named. */
  readonly maxAge?: Readonly<Partial<Record<ReadingKind, number>>>;
}

/** Longest sentence about a discarded source. */
const LONGEST_WHY = 300;

/** Whose floor and volume: a collection's in its chain's coin, or else an asset's. */
const COLLECTION_KINDS: readonly ReadingKind[] = ["collection", "sales"];

/**
 * One observation out of what several sources said: a pure function in integers, whatever the order of the sources. What is stale,
 * repeated, absurd, from the future or dead is discarded by the rules of the README; each field is the lower median over the sources
 * that are left and tell it, so that fewer than half of them cannot move it out of the range of the others. Floor and volume are the
 * collection's if any source of it was asked, even a dead one: the unit never changes because a source died. Time is the lower median
 * of the last data times of the sources heard, so it is of the data, not of the moment looked at.
 * @throws FatalError `market/nothing-left`, naming what was discarded; `market/bad-time` if `at` is no time.
 */
export function observeSources(
  readings: readonly (Reading | DeadSource)[],
  { at, maxAge = {} }: ObserveOptions,
): Observed {
  if (!Number.isInteger(at) || at < 0 || at >= 2 ** 40)
    throw new FatalError(
      "market/bad-time",
      `\`${at}\` is no moment; give whole unix seconds.`,
    );
  const { told, discarded } = hear(readings, at, { ...MAX_AGE, ...maxAge });
  const isCollection = readings.some(({ kind }) =>
    COLLECTION_KINDS.includes(kind),
  );
  const fields: Partial<Record<MarketField, number>> = {};
  const used: Record<MarketField, readonly string[]> = {
    change: [],
    volatility: [],
    trend: [],
    sentiment: [],
    floor: [],
    volume: [],
  };
  const heard = new Set<Told>();
  for (const field of MARKET_FIELDS) {
    const ofAsset = !isCollection || (field !== "floor" && field !== "volume");
    const asked = told.filter(
      ({ kind }) => ofAsset || COLLECTION_KINDS.includes(kind),
    );
    const agreed = agree(field, asked, ofAsset);
    discarded.push(...agreed.discarded);
    if (agreed.value === undefined) continue;
    fields[field] = agreed.value;
    used[field] = agreed.used.map(({ source }) => source);
    for (const one of agreed.heard) heard.add(one);
  }
  if (heard.size === 0) throw nothingLeft(discarded);
  const present = Object.fromEntries(
    MARKET_FIELDS.map((field) => [field, fields[field] !== undefined]),
  ) as Record<MarketField, boolean>;
  const times = [...heard].map(({ time }) => BigInt(time));
  const time = Number(lowerMedian(times));
  return {
    observation: { ...NEUTRAL_OBSERVATION, ...fields, present, time },
    used,
    discarded: discarded.sort(byWords),
  };
}

/** What each source tells, in alphabetical order, and what is not listened to. */
function hear(
  readings: readonly (Reading | DeadSource)[],
  at: number,
  maxAge: Readonly<Record<ReadingKind, number>>,
): { told: readonly Told[]; discarded: Discard[] } {
  const dead = readings.filter((one): one is DeadSource => "code" in one);
  const alive = readings.filter((one): one is Reading => !("code" in one));
  const { kept, discarded: repeated } = withoutRepeats(alive);
  const discarded: Discard[] = [
    ...dead.map(({ source, code, why }) =>
      discard(source, "market/dead", `${code}: ${why}`),
    ),
    ...repeated,
  ];
  const told = kept.flatMap((reading) => {
    try {
      return [tell(reading, at, maxAge)];
    } catch (error) {
      if (!isLoopError(error)) throw error;
      discarded.push(discard(reading.source, error.code, error.message));
      return [];
    }
  });
  return { told, discarded };
}

function discard(source: string, code: string, why: string): Discard {
  return { source, field: undefined, code, why: excerpt(why, LONGEST_WHY) };
}

function nothingLeft(discarded: readonly Discard[]): FatalError {
  const reasons = [...discarded]
    .sort(byWords)
    .map(({ source, field, code }) =>
      [excerpt(source), field, code].filter(Boolean).join(" "),
    );
  return new FatalError(
    "market/nothing-left",
    `No source tells anything that can be used (${reasons.length === 0 ? "none was given" : excerpt(reasons.join("; "), 600)}); try again later, or name other sources.`,
  );
}

function byWords(a: Discard, b: Discard): number {
  const [x, y] = [a, b].map(({ source, field, code, why }) =>
    [source, field ?? "", code, why].join("\n"),
  ) as [string, string];
  return x < y ? -1 : x > y ? 1 : 0;
}
