import type { Hex } from "../../offchain/kernel/bytes.ts";
import {
  unpackObservation,
  type Observation,
} from "../../offchain/kernel/observation.ts";
import type { DroppedReport } from "../../offchain/loop/gather-reports.ts";
import type { BroughtRound } from "../../offchain/loop/bring-rounds.ts";
import type { Moment } from "../../offchain/loop/replay.ts";
import { DAY, isoDate } from "../../offchain/market/calendar.ts";
import type { Observed } from "../../offchain/market/reading.ts";
import type { NamedAdapter } from "../adapters.ts";
import { table } from "./table.ts";

/** Most rows that a terminal is given; `--json` has them all. */
const MOST_ROWS = 24;

/** The fields of an observation, in the order in which they are told. */
export const FIELDS = [
  "change",
  "volatility",
  "trend",
  "sentiment",
  "floor",
  "volume",
] as const;

/** The reports of signed reporters for one round. */
export interface ReportsJson {
  readonly round: number;
  readonly quorum: number;
  /** Whose reports count. */
  readonly from: readonly Hex[];
  /** Whose are not here. */
  readonly missing: readonly Hex[];
  readonly enough: boolean;
  /** Files for the other reporters. */
  readonly written: readonly string[];
  readonly dropped: readonly DroppedReport[];
}

/** The one JSON document of `observe-market --json`; with `--watch`, one for each round, each on its own line. */
export interface MarketDocument {
  readonly network: string;
  readonly market: string;
  /** Null where a run that sends would deploy it. */
  readonly adapter: NamedAdapter | null;
  /** What several sources, or one that was fetched, came to; null for one file. */
  readonly sources: Pick<Observed, "used" | "discarded"> | null;
  /** Null where no reporters sign. */
  readonly reports: ReportsJson | null;
  /** Empty with `--dry-run`, and while reports are missing. `seen` is there where the round differs from what was seen here. */
  readonly rounds: readonly (Omit<BroughtRound, "observation" | "seen"> &
    ObservedJson & { readonly seen?: ObservedJson })[];
  /** What would be brought; empty where it was. */
  readonly wouldBring: readonly ObservedJson[];
  readonly discarded: readonly { readonly at: number; readonly why: string }[];
}

/** An observation as JSON: absent fields are null. */
export interface ObservedJson {
  readonly packed: Hex;
  readonly time: number;
  readonly fields: Readonly<Record<string, number | null>>;
}

/** What was or would be brought. */
export function marketDocument(
  {
    network,
    market,
    adapter,
    observed,
    reports,
  }: {
    readonly network: string;
    readonly market: string;
    readonly adapter?: NamedAdapter | undefined;
    readonly observed?: Observed | undefined;
    readonly reports?: ReportsJson | undefined;
  },
  moments: readonly Moment[],
  rounds: readonly BroughtRound[] | undefined,
): MarketDocument {
  return {
    network,
    market,
    adapter: adapter ?? null,
    sources:
      observed === undefined
        ? null
        : { used: observed.used, discarded: observed.discarded },
    reports: reports ?? null,
    rounds: (rounds ?? []).map(({ observation, seen, ...round }) => ({
      ...round,
      ...toJson(observation),
      ...(seen === observation ? {} : { seen: toJson(seen) }),
    })),
    wouldBring:
      rounds === undefined
        ? moments.flatMap((moment) =>
            "packed" in moment ? [toJson(moment.packed)] : [],
          )
        : [],
    discarded: moments.flatMap((moment) =>
      "discarded" in moment ? [{ at: moment.at, why: moment.discarded }] : [],
    ),
  };
}

/** The document for a person at a terminal. */
export function marketLines(document: MarketDocument): string[] {
  const { rounds, wouldBring, discarded } = document;
  const shown = [...rounds, ...wouldBring];
  const [only] = shown;
  return [
    ...(shown.length === 1 && only !== undefined
      ? onlyLines(document, only)
      : roundRows(document)),
    "",
    ...discardedLines(discarded),
    ...sourceLines(document),
    ...outcomeLines(document),
  ];
}

/** The one observation of a document, what it rests on, and what was seen here where that differs. */
function onlyLines(
  { sources }: MarketDocument,
  only: ObservedJson & { readonly seen?: ObservedJson },
): string[] {
  const observation = unpackObservation(only.packed);
  const seen =
    only.seen === undefined ? undefined : unpackObservation(only.seen.packed);
  if (sources === null && seen === undefined)
    return observationLines(observation);
  const rows = FIELDS.map((field) => [
    field,
    shownField(observation, field),
    ...(seen === undefined ? [] : [shownField(seen, field)]),
    ...(sources === null ? [] : [sources.used[field].join(", ")]),
  ]);
  const times = [observation, ...(seen === undefined ? [] : [seen])];
  return table(
    [
      "field",
      "observed",
      ...(seen === undefined ? [] : ["seen here"]),
      ...(sources === null ? [] : ["median of"]),
    ],
    [...rows, ["time", ...times.map(({ time }) => moment(time))]],
  );
}

function sourceLines({ sources }: MarketDocument): string[] {
  return (sources?.discarded ?? []).map(
    ({ source, field, code, why }) =>
      `Discarded ${field ?? "all"} of ${source} (${code}): ${why}`,
  );
}

function outcomeLines({
  network,
  adapter,
  rounds,
  wouldBring,
  reports,
}: MarketDocument): string[] {
  const through = adapter === null ? "" : ` by ${adapter.kind}`;
  const [first, last] = [rounds[0], rounds.at(-1)];
  if (first !== undefined && last !== undefined) {
    const gas = rounds.reduce((sum, { gasUsed }) => sum + gasUsed, 0);
    const which =
      first === last
        ? `round ${first.round}`
        : `rounds ${first.round} to ${last.round}`;
    return [
      `Brought ${which}${through} on ${network} for ${gas} gas; ${last.seals} ${last.seals === 1 ? "batch is" : "batches are"} covered.`,
      ...writtenLines(reports),
    ];
  }
  if (reports === null)
    return [
      `Would bring ${wouldBring.length === 1 ? "this observation" : `${wouldBring.length} observations`}${through} to the oracle on ${network}; nothing was sent.`,
    ];
  return [
    `Round ${reports.round} needs ${reports.quorum} reports and ${reports.from.length} ${reports.from.length === 1 ? "is" : "are"} here; nothing was sent.`,
    ...writtenLines(reports),
    ...reports.missing.map((reporter) => `Missing  ${reporter}`),
    "Hand their files in with --reports, or give them yours.",
  ];
}

function writtenLines(reports: ReportsJson | null): string[] {
  return (reports?.written ?? []).map((path) => `Wrote    ${path}`);
}

/** An observation, field by field; what is absent says so. */
export function observationLines(observation: Observation): string[] {
  return table(
    ["field", "observed"],
    [
      ...FIELDS.map((field) => [field, shownField(observation, field)]),
      ["time", moment(observation.time)],
    ],
  );
}

/** A date, with the time of day where it is not the day's beginning. */
export function moment(seconds: number): string {
  const day = Math.floor(seconds / DAY);
  const rest = seconds - day * DAY;
  if (rest === 0) return isoDate(day);
  const two = (value: number): string => `${value}`.padStart(2, "0");
  return `${isoDate(day)} ${two(Math.floor(rest / 3_600))}:${two(Math.floor(rest / 60) % 60)}`;
}

function roundRows({ rounds, wouldBring }: MarketDocument): string[] {
  const rows = [
    ...rounds.map((each) => ({ ...each, name: `${each.round}` })),
    ...wouldBring.map((each) => ({ ...each, name: "-" })),
  ].map(({ name, time, packed }) => {
    const observation = unpackObservation(packed);
    return [
      name,
      moment(time),
      ...FIELDS.map((field) => shownField(observation, field)),
    ];
  });
  const more =
    rows.length > MOST_ROWS
      ? [`… and ${rows.length - MOST_ROWS} more, in --json`]
      : [];
  return [
    ...table(["round", "observed", ...FIELDS], rows.slice(0, MOST_ROWS)),
    ...more,
  ];
}

function discardedLines(
  discarded: MarketDocument["discarded"],
): readonly string[] {
  const counts = new Map<string, number>();
  for (const { why } of discarded) counts.set(why, (counts.get(why) ?? 0) + 1);
  return [...counts].map(
    ([why, count]) => `Discarded ${count}: ${why.replace(/\.$/, "")}.`,
  );
}

/** A field with its unit; what was not observed says so. */
export function shownField(
  observation: Observation,
  field: (typeof FIELDS)[number],
): string {
  if (!observation.present[field]) return "absent";
  const value = observation[field];
  switch (field) {
    case "change":
    case "trend":
      return `${value > 0 ? "+" : ""}${(value / 100).toFixed(2)} %`;
    case "volatility":
      return `${(value / 100).toFixed(2)} %`;
    case "sentiment":
      return `${value / 100} of 100`;
    case "floor":
      return `${value / 1_000_000}`;
    case "volume":
      return `${value / 1_000}`;
  }
}

/** An observation as JSON. */
export function toJson(packed: Hex): ObservedJson {
  const observation = unpackObservation(packed);
  return {
    packed,
    time: observation.time,
    fields: Object.fromEntries(
      FIELDS.map((field) => [
        field,
        observation.present[field] ? observation[field] : null,
      ]),
    ),
  };
}
