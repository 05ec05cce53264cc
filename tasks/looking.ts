import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { packObservation } from "../offchain/kernel/observation.ts";
import type { Moment } from "../offchain/loop/replay.ts";
import { DAY } from "../offchain/market/calendar.ts";
import { observeSources } from "../offchain/market/observe-sources.ts";
import { observe } from "../offchain/market/observe.ts";
import { parseMarketCsv } from "../offchain/market/parse.ts";
import type { Observed } from "../offchain/market/reading.ts";
import type { MarketSeries } from "../offchain/market/series.ts";
import { marketText, type Deps } from "./compose.ts";
import type { Console } from "./console/console.ts";
import type { SourceChoice } from "./console/market-options.ts";
import { moment } from "./console/market-report.ts";

/** An observation this much older than what was asked for is worth a word, seconds. */
const OLD = 7 * DAY;

/** What was seen at one look. */
export interface Looked {
  readonly moment: Extract<Moment, { readonly packed: unknown }>;
  /** What it rests on; undefined where one file alone was looked at. */
  readonly observed: Observed | undefined;
  /** The one file, where it was one. */
  readonly series: MarketSeries | undefined;
}

/** Sources as they are called in documents. */
export function namesOf(chosen: readonly SourceChoice[]): string {
  return chosen
    .map((each) =>
      "live" in each
        ? [each.live, ...(each.slug === undefined ? [] : [each.slug])].join(":")
        : (each.csv ?? "synthetic-daily.csv"),
    )
    .join(", ");
}

/** The series of the one file that is chosen; undefined where several sources are, or one that is fetched. */
export async function onlySeries(
  hre: HardhatRuntimeEnvironment,
  chosen: readonly SourceChoice[],
): Promise<MarketSeries | undefined> {
  const [only, ...others] = chosen;
  if (only === undefined || others.length > 0 || "live" in only)
    return undefined;
  const { name, text } = await marketText(hre, only.csv);
  return parseMarketCsv(text, { name });
}

/** Looks at the sources once; one file alone is observed as it always was. */
export async function look(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  {
    chosen,
    at,
    console,
    signal,
  }: {
    readonly chosen: readonly SourceChoice[];
    readonly at: number | undefined;
    readonly console: Console;
    readonly signal: AbortSignal;
  },
): Promise<Looked> {
  const series = await onlySeries(hre, chosen);
  if (series !== undefined) return lookAtFile(series, at, console);
  const now = at ?? Math.floor(deps.clock.now().getTime() / 1_000);
  const slug = chosen.find((each) => "live" in each && each.slug);
  const readings = await deps.ask({
    names: chosen.map((each) =>
      "live" in each ? each.live : `csv:${each.csv ?? ""}`,
    ),
    at: now,
    slug: slug !== undefined && "live" in slug ? slug.slug : undefined,
    signal,
  });
  const observed = observeSources(readings, { at: now });
  const { observation } = observed;
  const packed = packObservation(observation);
  return { moment: { at: now, observation, packed }, observed, series };
}

function lookAtFile(
  series: MarketSeries,
  at: number | undefined,
  console: Console,
): Looked {
  const observation = observe(series, at === undefined ? {} : { at });
  if (at !== undefined && at - observation.time > OLD)
    console.note(
      `\`${series.name}\` tells nothing newer than ${moment(observation.time)}; that is what is observed.`,
    );
  const packed = packObservation(observation);
  return {
    moment: { at: at ?? observation.time, observation, packed },
    observed: undefined,
    series,
  };
}
