import { relative } from "node:path";

import type { Hex } from "../../offchain/kernel/bytes.ts";
import { unpackObservation } from "../../offchain/kernel/observation.ts";
import type { AdapterView, OracleView } from "../../offchain/loop/chain.ts";
import type { RoundList } from "../../offchain/loop/rounds-list.ts";
import { DAY } from "../../offchain/market/calendar.ts";
import {
  FIELDS,
  moment,
  shownField,
  toJson,
  type ObservedJson,
} from "./market-report.ts";
import { table } from "./table.ts";

/** Most rows that a terminal is given; `--json` has them all. */
const MOST_ROWS = 24;

/** The one JSON document of `rounds --json`. */
export interface RoundsDocument {
  readonly network: string;
  /** Oldest first. */
  readonly rounds: readonly (ObservedJson & {
    readonly round: number;
    readonly block: number;
    readonly seals: number;
    readonly adapter: AdapterView;
  })[];
  /** Null before one is named. */
  readonly oracle:
    | (Omit<OracleView, "active" | "fallback" | "oracle"> & {
        readonly address: Hex;
        readonly active: AdapterView | null;
        readonly fallback: AdapterView | null;
        /** Whether the fallback is heard now. */
        readonly stale: boolean;
      })
    | null;
  /** Null while there is no round. */
  readonly chart: { readonly svg: string; readonly png: string } | null;
}

/** Everything about the rounds. */
export function roundsDocument(
  network: string,
  { rounds, oracle, stale }: RoundList,
  chart: RoundsDocument["chart"],
): RoundsDocument {
  return {
    network,
    rounds: rounds.map(({ observation, ...round }) => ({
      ...round,
      ...toJson(observation),
    })),
    oracle:
      oracle === undefined
        ? null
        : {
            address: oracle.oracle,
            latestRound: oracle.latestRound,
            active: oracle.active ?? null,
            fallback: oracle.fallback ?? null,
            fallbackFrom: oracle.fallbackFrom,
            stale,
            bounds: oracle.bounds,
          },
    chart,
  };
}

/** The document for a person at a terminal. */
export function roundLines(document: RoundsDocument): string[] {
  const { network, rounds, chart } = document;
  const shown = rounds.slice(-MOST_ROWS);
  const rows = shown.map(({ round, block, time, packed, adapter, seals }) => {
    const observation = unpackObservation(packed);
    return [
      `${round}`,
      `${block}`,
      moment(time),
      ...FIELDS.map((field) => shownField(observation, field)),
      adapter.kind,
      `${seals}`,
    ];
  });
  const header = ["round", "block", "observed", ...FIELDS, "by", "batches"];
  return [
    ...(rounds.length === 0
      ? [
          `${network} has no round yet; bring one: npx hardhat observe-market --network ${network}`,
        ]
      : [
          ...(rounds.length > shown.length
            ? [`${rounds.length - shown.length} earlier ones are in --json …`]
            : []),
          ...table(header, rows),
        ]),
    "",
    ...oracleLines(document),
    ...(chart === null
      ? []
      : [`Chart     ${here(chart.png)} and ${here(chart.svg)}`]),
  ];
}

function oracleLines({ network, oracle }: RoundsDocument): string[] {
  if (oracle === null)
    return [
      `The collection on ${network} has no oracle; the admin names one: npx hardhat parameters --set oracle=ADDRESS --network ${network}`,
    ];
  const { active, fallback, stale, fallbackFrom, bounds } = oracle;
  const told = (adapter: AdapterView | null): string =>
    adapter === null ? "nobody" : `${adapter.kind} ${adapter.address}`;
  const heard =
    fallback === null
      ? ""
      : stale
        ? ", heard now: the active one is stale"
        : `, heard from ${moment(fallbackFrom)} on unless the active one speaks`;
  return [
    `Oracle    ${oracle.address}`,
    `Active    ${told(active)}`,
    `Fallback  ${told(fallback)}${heard}`,
    `Bounds    ${boundsTold(bounds)}`,
  ];
}

function boundsTold(bounds: OracleView["bounds"]): string {
  // At the widest, a bound says nothing that the field itself does not.
  const within = (field: string, bps: number, widest: number): string =>
    bps === widest ? `any ${field}` : `${field} within ${bps / 100} %`;
  return [
    bounds.leastInterval === 0
      ? "rounds at any time"
      : `a round every ${span(bounds.leastInterval)} at most`,
    `stale after ${span(bounds.staleAfter)}`,
    bounds.maxAge === 0
      ? "observations of any age"
      : `observations of the last ${span(bounds.maxAge)}`,
    within("change", bounds.maxChange, 32_768),
    within("volatility", bounds.maxVolatility, 65_535),
    within("trend", bounds.maxTrend, 32_768),
    bounds.maxFloorFactor === 0
      ? "any floor"
      : `the floor moves at most ${bounds.maxFloorFactor}-fold`,
  ].join(", ");
}

function span(seconds: number): string {
  const units = [
    [DAY, "day"],
    [3_600, "hour"],
    [60, "minute"],
  ] as const;
  for (const [length, name] of units)
    if (seconds >= length && seconds % length === 0) {
      const count = seconds / length;
      return `${count} ${name}${count === 1 ? "" : "s"}`;
    }
  return `${seconds} seconds`;
}

function here(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
