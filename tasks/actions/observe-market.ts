import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../../offchain/kernel/errors.ts";
import { unpackObservation } from "../../offchain/kernel/observation.ts";
import type { FiledReport } from "../../offchain/loop/gather-reports.ts";
import { replay, type Moment } from "../../offchain/loop/replay.ts";
import { DAY } from "../../offchain/market/calendar.ts";
import type { MarketSeries } from "../../offchain/market/series.ts";
import { requireAdapter, type NamedAdapter } from "../adapters.ts";
import { bring, goOn, shareReports } from "../bringing.ts";
import { compose, type Deps } from "../compose.ts";
import { createConsole, guarded, type Console } from "../console/console.ts";
import {
  parseMoment,
  parseReplay,
  type Replay,
} from "../console/evolution-options.ts";
import {
  DEFAULT_SOURCES,
  parseAdapter,
  parseReports,
  parseSources,
  parseWatch,
  type SourceChoice,
} from "../console/market-options.ts";
import { marketDocument, marketLines } from "../console/market-report.ts";
import { parseFolder } from "../console/options.ts";
import { look, namesOf, onlySeries, type Looked } from "../looking.ts";
import { requireOracle } from "../oracle.ts";
import { watchMarket } from "../watching.ts";

interface ObserveArguments {
  readonly source: string | undefined;
  readonly market: string | undefined;
  readonly adapter: string | undefined;
  readonly at: string | undefined;
  readonly date: string | undefined;
  readonly replay: string | undefined;
  readonly step: string | undefined;
  readonly every: string | undefined;
  readonly watch: boolean;
  readonly reports: string | undefined;
  readonly out: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `npx hardhat observe-market`: looks at a market and brings what it sees to the oracle, through one of its adapters. */
export default async function (
  args: ObserveArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  const stop = new AbortController();
  let idle = false;
  const stops = (): boolean => {
    if (idle) stop.abort();
    return idle;
  };
  await guarded(async () => {
    const at = parseMoment(args);
    const every = parseWatch(args);
    const repeated = parseReplay(args);
    const kind = parseAdapter(args.adapter);
    const asked = parseSources(args);
    const paths = parseReports(args.reports);
    if (asked !== undefined) await onlySeries(hre, asked);
    const deps = await compose(hre, { deploy: !args.dryRun });
    try {
      const handedIn = await deps.reportFiles(paths);
      const chosen = asked ?? (await defaultSources(deps, console));
      const market = namesOf(chosen);
      const only = await onlySeries(hre, chosen);
      const unfinished = { market, handedIn, series: only };
      const send = !args.dryRun;
      const options = { progress: console, send };
      await requireOracle(deps, options);
      if (
        send &&
        (await goOn(deps, console, unfinished)) &&
        every === undefined
      )
        return;
      const adapter = await requireAdapter(deps, kind, options);
      const { development } = await deps.chain.instance();
      // On a development chain nobody else waits for reports, unless a folder is named for them.
      const shared = !development || args.out !== undefined;
      const out = shared ? parseFolder(args.out) : undefined;
      const context = { market, handedIn, out };
      const see = () =>
        look(hre, deps, { chosen, at, console, signal: stop.signal });
      if (every !== undefined && adapter !== undefined) {
        await watchMarket(console, {
          every,
          signal: stop.signal,
          sleep: deps.sleep,
          onIdle: (now) => void (idle = now),
          async once() {
            if (await goOn(deps, console, unfinished)) return;
            await deliver(deps, console, await see(), { ...context, adapter });
          },
        });
        return;
      }
      if (repeated !== undefined) {
        const series = requireSeries(only, market);
        const moments = await replayed(deps, series, {
          ...repeated,
          first: at,
        });
        if (adapter === undefined || !send) {
          tell(deps, console, { market, moments, adapter });
          return;
        }
        const pause =
          repeated.every === 0 ? undefined : () => deps.sleep(repeated.every);
        await bring(deps, console, {
          adapter,
          market,
          moments,
          handedIn,
          series,
          pause,
        });
        return;
      }
      const looked = await see();
      if (adapter === undefined || !send)
        tell(deps, console, {
          market,
          moments: [looked.moment],
          observed: looked.observed,
          adapter,
        });
      else await deliver(deps, console, looked, { ...context, adapter });
    } finally {
      await deps.close();
    }
  }, stops);
}

/** Brings what was seen; where reporters must agree and too few are here, shares what these say instead. */
async function deliver(
  deps: Deps,
  console: Console,
  { moment, observed, series }: Looked,
  {
    adapter,
    market,
    handedIn,
    out,
  }: {
    readonly adapter: NamedAdapter;
    readonly market: string;
    readonly handedIn: readonly FiledReport[];
    readonly out: string | undefined;
  },
): Promise<void> {
  const moments = [moment];
  const { packed: observation } = moment;
  const { address } = adapter;
  const reports =
    adapter.kind === "signed-reporters"
      ? await shareReports(deps, console, {
          address,
          observation,
          handedIn,
          out,
        })
      : undefined;
  const bringing = {
    adapter,
    market,
    moments,
    observed,
    handedIn,
    reports,
    series,
  };
  if (reports?.enough === false) tell(deps, console, bringing);
  else await bring(deps, console, bringing);
}

/** Says what would be brought. */
function tell(
  { network }: Deps,
  console: Console,
  {
    moments,
    ...context
  }: Omit<Parameters<typeof marketDocument>[0], "network"> & {
    readonly moments: readonly Moment[];
  },
): void {
  const document = marketDocument({ network, ...context }, moments, undefined);
  console.result(document, () => marketLines(document));
}

async function defaultSources(
  { chain }: Deps,
  console: Console,
): Promise<readonly SourceChoice[]> {
  if (!(await chain.instance()).development)
    return DEFAULT_SOURCES.map((live) => ({ live }));
  console.note("No --source given: using the product's own synthetic sample.");
  return [{ csv: undefined }];
}

/** @throws FatalError `options/bad-replay`: only a file remembers its past. */
function requireSeries(
  series: MarketSeries | undefined,
  market: string,
): MarketSeries {
  if (series !== undefined) return series;
  throw new FatalError(
    "options/bad-replay",
    `\`${market}\` cannot be replayed; give --replay one file, with --market or --source csv:FILE.`,
  );
}

/** The moments of a replay: from the given one on, or from where the rounds end, or so that the last is the file's last day. */
async function replayed(
  { chain, network }: Deps,
  series: MarketSeries,
  { first, count, step }: Replay & { readonly first: number | undefined },
): Promise<readonly Moment[]> {
  if (!(await chain.instance()).development) {
    throw new FatalError(
      "options/bad-replay",
      `\`${network}\` is no development chain, and only there time can be replayed; leave --replay out.`,
    );
  }
  const newest = (await chain.rounds()).at(-1);
  const after =
    newest === undefined ? -1 : unpackObservation(newest.observation).time;
  const end = ((series.days.at(-1)?.day ?? 0) + 1) * DAY;
  const start =
    newest === undefined
      ? end - (count - 1) * step * DAY
      : (Math.floor(after / DAY) + 1 + step) * DAY;
  const moments = replay(series, { first: first ?? start, count, step, after });
  if (moments.some((each) => "packed" in each)) return moments;
  throw new FatalError(
    "round/not-newer",
    `None of \`${count}\` moments gives an observation newer than the rounds on ${network}; give newer market data, or an earlier --date on a new chain.`,
  );
}
