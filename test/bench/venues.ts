/**
 * One venue of three wrong by a hundred times, on every day of every recorded market: `LOOP_DATA=... node test/bench/venues.ts`. The
 * recorded file is the first venue; the second and third are made from it: each price moved by up to 20 bps and each volume by up to
 * 500, by a seeded hand. In turn each venue is wrong up and down, over its whole history (a slip of the unit) and on its last day (a
 * bad print). Fails where a field leaves the range of the two honest venues; beside it, how often the mean of the three does.
 */
import { basename } from "node:path";

import { utf8 } from "../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../offchain/kernel/digest.ts";
import { isLoopError } from "../../offchain/kernel/errors.ts";
import { createRng } from "../../offchain/kernel/rng.ts";
import { DAY } from "../../offchain/market/calendar.ts";
import { observe, WINDOW } from "../../offchain/market/observe.ts";
import { observeSources } from "../../offchain/market/observe-sources.ts";
import {
  MARKET_FIELDS,
  type MarketField,
  type Observed,
  type Reading,
} from "../../offchain/market/reading.ts";
import type { MarketSeries } from "../../offchain/market/series.ts";
import { MAX_AGE, tell, type Told } from "../../offchain/market/tell.ts";
import { table } from "./evolution/figures.ts";
import { marketFiles, readSeries } from "./evolution/market.ts";

type Move = (value: bigint) => bigint;
const VENUES = ["venue-1", "venue-2", "venue-3"] as const;
const WRONG: readonly [string, Move][] = [
  ["100x up", (price) => price * 100n],
  ["100x down", (price) => (price < 100n ? 1n : price / 100n)],
];
/** Days handed over: what an observation rests on, and room. */
const DAYS = WINDOW + 10;

/** Price and volume of every point and every sale, moved. */
function moved(
  series: MarketSeries,
  price: (value: bigint, time: number) => bigint,
  volume: Move = (value) => value,
): MarketSeries {
  return {
    ...series,
    days: series.days.map((day) => ({
      ...day,
      price: price(day.price, day.time),
      volume: volume(day.volume),
    })),
    sales: series.sales.map((one) => ({
      ...one,
      price: price(one.price, one.time),
    })),
  };
}

function perturbed(series: MarketSeries, venue: string): MarketSeries {
  const rng = createRng(keccak256(utf8(`${series.name} ${venue}`)));
  const move =
    (bps: number): Move =>
    (value) => {
      const changed =
        (value * BigInt(10_000 - bps + rng.below(2 * bps + 1))) / 10_000n;
      return changed > 0n ? changed : value;
    };
  return moved(series, move(20), move(500));
}

/** The days of a series up to one of them, with their sales. */
function until(series: MarketSeries, last: number): MarketSeries {
  const days = series.days.slice(Math.max(0, last + 1 - DAYS), last + 1);
  const [from, to] = [days[0]!.day * DAY, (days.at(-1)!.day + 1) * DAY];
  return {
    ...series,
    days,
    sales: series.sales.filter(({ time }) => time >= from && time < to),
  };
}

const reading = (source: string, series: MarketSeries): Reading => ({
  kind: "prices",
  source,
  series,
  tellsVolume: true,
});

const range = (told: readonly Told[], field: MarketField): [number, number] => {
  const values = told.map(({ fields }) => fields[field]!);
  return [Math.min(...values), Math.max(...values)];
};

const rows: string[][] = [];
let failed = 0;
for (const path of marketFiles()) {
  const first = readSeries(path);
  const venues = [first, ...VENUES.slice(1).map((v) => perturbed(first, v))];
  const checked = new Map<MarketField, number>();
  const none = new Map<string, number>();
  let [days, rounds, left, mean, absent, named] = [0, 0, 0, 0, 0, 0];
  first.days.forEach(({ day }, i) => {
    const at = (day + 1) * DAY;
    const cut = venues.map((series) => until(series, i));
    try {
      const whole = observe(first, { at });
      if (JSON.stringify(whole) !== JSON.stringify(observe(cut[0]!, { at })))
        throw new Error(`${basename(path)}: day ${day} cannot be cut`);
    } catch (error) {
      if (!isLoopError(error)) throw error;
      none.set(error.code, (none.get(error.code) ?? 0) + 1);
      return;
    }
    days++;
    const today = day * DAY;
    for (const [liar, name] of VENUES.entries())
      for (const [, wrong] of WRONG)
        for (const from of [0, today]) {
          const bad = moved(cut[liar]!, (price, time) =>
            time >= from ? wrong(price) : price,
          );
          const honest = VENUES.flatMap((venue, v) =>
            v === liar ? [] : [reading(venue, cut[v]!)],
          );
          let told: Told[];
          let observed: Observed;
          try {
            told = honest.map((one) => tell(one, at, MAX_AGE));
            observed = observeSources([...honest, reading(name, bad)], { at });
          } catch (error) {
            // The market itself leapt tenfold on its last day: nothing of that day is believed.
            if (!isLoopError(error)) throw error;
            none.set(error.code, (none.get(error.code) ?? 0) + 1);
            continue;
          }
          rounds++;
          if (observed.discarded.some(({ source }) => source === name)) named++;
          const lie = observe(bad, { at });
          for (const field of MARKET_FIELDS) {
            if (told.some(({ fields }) => fields[field] === undefined))
              continue;
            if (!observed.observation.present[field]) {
              absent++;
              continue;
            }
            const [low, high] = range(told, field);
            const value = observed.observation[field];
            checked.set(field, (checked.get(field) ?? 0) + 1);
            if (value < low || value > high) left++;
            const sum = told.reduce(
              (all, { fields }) => all + fields[field]!,
              0,
            );
            const average = Math.floor((sum + lie[field]) / 3);
            if (average < low || average > high) mean++;
          }
        }
  });
  failed += left + (rounds === 0 ? 1 : 0);
  rows.push([
    basename(path),
    String(days),
    [...none].map(([code, n]) => `${n} ${code}`).join(", ") || "none",
    String(rounds),
    ...["change", "volatility", "trend", "floor", "volume"].map((field) =>
      String(checked.get(field as MarketField) ?? 0),
    ),
    String(absent),
    String(named),
    String(mean),
    String(left),
  ]);
}
console.log(
  table(
    [
      "file",
      "days",
      "no observation",
      "cases",
      "change",
      "volatility",
      "trend",
      "floor",
      "volume",
      "absent",
      "liar named",
      "mean left the range",
      "median left the range",
    ],
    rows,
  ),
);
console.log(
  `${failed === 0 ? "never" : `${failed} times`} outside the honest venues' range`,
);
if (failed > 0) process.exitCode = 1;
