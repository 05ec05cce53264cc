import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { isLoopError } from "../../../offchain/kernel/errors.ts";
import type { Observation } from "../../../offchain/kernel/observation.ts";
import { DAY } from "../../../offchain/market/calendar.ts";
import { observe } from "../../../offchain/market/observe.ts";
import { parseMarketCsv } from "../../../offchain/market/parse.ts";
import { SAMPLE_PATH } from "../../../offchain/market/sample.ts";
import type { MarketSeries } from "../../../offchain/market/series.ts";

/** The market files that a bench looks at: those under LOOP_DATA, or the committed sample, which is invented and says so. */
export function marketFiles(): string[] {
  const data = process.env["LOOP_DATA"];
  if (data === undefined) {
    console.log("LOOP_DATA is not set: the committed sample stands in");
    return [new URL(`../../../${SAMPLE_PATH}`, import.meta.url).pathname];
  }
  const folder = join(data, "market");
  return readdirSync(folder)
    .filter((file) => file.endsWith(".csv"))
    .sort()
    .map((file) => join(folder, file));
}

/** Reads and cleans a file. */
export function readSeries(path: string): MarketSeries {
  return parseMarketCsv(readFileSync(path, "utf8"), { name: basename(path) });
}

/** What an oracle would have brought: one round for each day, and by error code the days that it could not observe. */
export function dailyRounds(
  series: MarketSeries,
  from = 0,
): { rounds: Observation[]; discarded: Map<string, number> } {
  const rounds: Observation[] = [];
  const discarded = new Map<string, number>();
  for (const { day } of series.days.slice(from))
    try {
      rounds.push(observe(series, { at: (day + 1) * DAY }));
    } catch (error) {
      if (!isLoopError(error)) throw error;
      discarded.set(error.code, (discarded.get(error.code) ?? 0) + 1);
    }
  return { rounds, discarded };
}
