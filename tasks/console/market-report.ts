import type { Hex } from "../../offchain/kernel/bytes.ts";
import {
  unpackObservation,
  type Observation,
} from "../../offchain/kernel/observation.ts";
import type { BroughtRound } from "../../offchain/loop/bring-rounds.ts";
import type { Moment } from "../../offchain/loop/replay.ts";
import { DAY, isoDate } from "../../offchain/market/calendar.ts";
import { table } from "./table.ts";

/** Most rows that a terminal is given; `--json` has them all. */
const MOST_ROWS = 24;

const FIELDS = [
  "change",
  "volatility",
  "trend",
  "sentiment",
  "floor",
  "volume",
] as const;

/** The one JSON document of `observe-market --json`. */
export interface MarketDocument {
  readonly network: string;
  readonly market: string;
  /** Null with `--dry-run`. */
  readonly rounds: readonly (Omit<BroughtRound, "observation"> &
    ObservedJson)[];
  /** What would be brought; empty without `--dry-run`. */
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
  { network, market }: { readonly network: string; readonly market: string },
  moments: readonly Moment[],
  rounds: readonly BroughtRound[] | undefined,
): MarketDocument {
  return {
    network,
    market,
    rounds: (rounds ?? []).map(({ observation, ...round }) => ({
      ...round,
      ...toJson(observation),
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
  const { network, rounds, wouldBring, discarded } = document;
  const shown = [...rounds, ...wouldBring];
  const [only] = shown;
  const gas = rounds.reduce((sum, { gasUsed }) => sum + gasUsed, 0);
  const [first, last] = [rounds[0], rounds.at(-1)];
  return [
    ...(shown.length === 1 && only !== undefined
      ? observationLines(unpackObservation(only.packed))
      : roundRows(document)),
    "",
    ...discardedLines(discarded),
    first === undefined || last === undefined
      ? `Would bring ${shown.length === 1 ? "this observation" : `${shown.length} observations`} to the oracle on ${network}; nothing was sent.`
      : `Brought ${first === last ? `round ${first.round}` : `rounds ${first.round} to ${last.round}`} on ${network} for ${gas} gas; ${last.seals} ${last.seals === 1 ? "batch is" : "batches are"} covered.`,
  ];
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

function shownField(
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

function toJson(packed: Hex): ObservedJson {
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
