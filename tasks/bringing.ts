import { join } from "node:path";

import type { Hex } from "../offchain/kernel/bytes.ts";
import { unpackObservation } from "../offchain/kernel/observation.ts";
import {
  bringRounds,
  requireNewer,
  roundsRequest,
} from "../offchain/loop/bring-rounds.ts";
import {
  gatherReports,
  writeReport,
  type FiledReport,
} from "../offchain/loop/gather-reports.ts";
import type { Moment } from "../offchain/loop/replay.ts";
import type { Observed } from "../offchain/market/reading.ts";
import type { MarketSeries } from "../offchain/market/series.ts";
import { requireAdapter, type NamedAdapter } from "./adapters.ts";
import type { Deps } from "./compose.ts";
import type { Console } from "./console/console.ts";
import {
  marketDocument,
  marketLines,
  type ReportsJson,
} from "./console/market-report.ts";

/** What is brought, from where, and how. */
export interface Bringing {
  readonly adapter: NamedAdapter;
  /** The sources, for people. */
  readonly market: string;
  readonly moments: readonly Moment[];
  readonly observed?: Observed | undefined;
  readonly handedIn?: readonly FiledReport[] | undefined;
  readonly reports?: ReportsJson | undefined;
  readonly pause?: (() => Promise<void>) | undefined;
  /** What the nodes of a development chain look at. */
  readonly series?: MarketSeries | undefined;
}

/** Brings moments to the oracle and tells the result. */
export async function bring(
  deps: Deps,
  console: Console,
  { adapter, moments, handedIn, pause, series, ...rest }: Bringing,
): Promise<void> {
  const observations = moments.flatMap((each) =>
    "packed" in each ? [each.packed] : [],
  );
  const courier = await deps.courier(adapter, { handedIn, series });
  const ports = { ...deps, courier, progress: console, pause };
  await bringRounds(observations, ports, async (rounds) => {
    const context = { ...rest, network: deps.network, adapter };
    const document = marketDocument(context, moments, rounds);
    console.result(document, () => marketLines(document));
  });
}

/** Whether rounds of an interrupted command were there, and are brought now. */
export async function goOn(
  deps: Deps,
  console: Console,
  {
    market,
    handedIn,
    series,
  }: Pick<Bringing, "market" | "handedIn" | "series">,
): Promise<boolean> {
  const { id } = await deps.chain.instance();
  const open = (await deps.journal.openRuns(id)).find(
    ({ kind }) => kind === "rounds",
  );
  if (open === undefined) return false;
  console.note("Going on with the rounds of an interrupted command.");
  const { adapter: kind, observations } = roundsRequest(open.input);
  const moments = observations.map((packed) => {
    const observation = unpackObservation(packed);
    return { at: observation.time, observation, packed };
  });
  const options = { progress: console, send: true };
  const adapter = await requireAdapter(deps, kind, options);
  if (adapter === undefined) return false;
  const bringing = { adapter, market, moments, handedIn, series };
  await bring(deps, console, bringing);
  return true;
}

/**
 * Signs a report of every reporter whose key is here, writes them into the folder for the others, and says whether the quorum is there
 * together with what was handed in.
 * @throws FatalError `round/not-newer`: nobody needs reports of what is known.
 */
export async function shareReports(
  deps: Deps,
  console: Console,
  {
    address,
    observation,
    handedIn,
    out,
  }: {
    readonly address: Hex;
    readonly observation: Hex;
    readonly handedIn: readonly FiledReport[];
    /** Undefined where nobody else needs them. */
    readonly out: string | undefined;
  },
): Promise<ReportsJson> {
  await requireNewer(deps, observation);
  const reporters = await deps.reporters(address);
  const gathering = await reporters.gathering();
  const own = await reporters.sign(observation);
  const written: string[] = [];
  for (const report of out === undefined ? [] : own) {
    const path = join(
      out ?? "",
      `report-${report.round}-${report.reporter}.json`,
    );
    await deps.artefacts.write(path, writeReport(report));
    written.push(path);
  }
  const pile = own.map((report) => ({ name: report.reporter, report }));
  // Our own files may lie in the folder that was handed in.
  const others = handedIn.filter(
    (filed) =>
      !("report" in filed) ||
      !own.some(
        ({ reporter, round, r }) =>
          reporter === filed.report.reporter &&
          round === filed.report.round &&
          r === filed.report.r,
      ),
  );
  const gathered = gatherReports([...pile, ...others], gathering);
  for (const { code, why } of gathered.dropped)
    console.note(`Dropped (${code}): ${why}`);
  return {
    round: gathering.round,
    quorum: gathering.quorum,
    from: gathered.reports.map(({ reporter }) => reporter),
    missing: gathered.missing,
    enough: gathered.enough,
    written,
    dropped: gathered.dropped,
  };
}
