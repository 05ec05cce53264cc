import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../../offchain/kernel/errors.ts";
import {
  packObservation,
  unpackObservation,
} from "../../offchain/kernel/observation.ts";
import {
  bringRounds,
  roundsRequest,
} from "../../offchain/loop/bring-rounds.ts";
import { replay, type Moment } from "../../offchain/loop/replay.ts";
import { DAY } from "../../offchain/market/calendar.ts";
import { observe } from "../../offchain/market/observe.ts";
import { parseMarketCsv } from "../../offchain/market/parse.ts";
import type { MarketSeries } from "../../offchain/market/series.ts";
import { compose, marketText, type Deps } from "../compose.ts";
import { createConsole, guarded, type Console } from "../console/console.ts";
import {
  parseMoment,
  parseReplay,
  type Replay,
} from "../console/evolution-options.ts";
import {
  marketDocument,
  marketLines,
  moment,
} from "../console/market-report.ts";
import { requireOracle } from "../oracle.ts";

interface ObserveArguments {
  readonly market: string | undefined;
  readonly at: string | undefined;
  readonly date: string | undefined;
  readonly replay: string | undefined;
  readonly step: string | undefined;
  readonly every: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** An observation this much older than what was asked for is worth a word, seconds. */
const OLD = 7 * DAY;

/** `npx hardhat observe-market`: looks at a market and brings what it sees to the oracle, by its trusted adapter. */
export default async function (
  args: ObserveArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const at = parseMoment(args);
    const repeated = parseReplay(args);
    const { name, text } = await marketText(hre, args.market);
    const series = parseMarketCsv(text, { name });
    if (args.market === undefined)
      console.note(
        "No --market given: using the product's own synthetic sample.",
      );
    const deps = await compose(hre, { deploy: !args.dryRun });
    try {
      const send = !args.dryRun;
      await requireOracle(deps, { progress: console, send });
      if (send && (await goOn(deps, console, name))) return;
      const moments =
        repeated === undefined
          ? [lookOnce(series, at, console)]
          : await replayed(deps, series, { ...repeated, first: at });
      const context = { network: deps.network, market: name };
      if (!send) {
        const document = marketDocument(context, moments, undefined);
        console.result(document, () => marketLines(document));
        return;
      }
      const every = repeated?.every ?? 0;
      const pause = every === 0 ? undefined : () => deps.sleep(every);
      await bring(deps, console, context, moments, pause);
    } finally {
      await deps.close();
    }
  });
}

function lookOnce(
  series: MarketSeries,
  at: number | undefined,
  console: Console,
): Moment {
  const observation = observe(series, at === undefined ? {} : { at });
  if (at !== undefined && at - observation.time > OLD)
    console.note(
      `\`${series.name}\` tells nothing newer than ${moment(observation.time)}; that is what is observed.`,
    );
  const packed = packObservation(observation);
  return { at: at ?? observation.time, observation, packed };
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

/** Whether rounds of an interrupted command were there, and are brought now. */
async function goOn(
  deps: Deps,
  console: Console,
  market: string,
): Promise<boolean> {
  const { id } = await deps.chain.instance();
  const open = (await deps.journal.openRuns(id)).find(
    ({ kind }) => kind === "rounds",
  );
  if (open === undefined) return false;
  console.note("Going on with the rounds of an interrupted command.");
  const moments = roundsRequest(open.input).map((packed) => {
    const observation = unpackObservation(packed);
    return { at: observation.time, observation, packed };
  });
  await bring(deps, console, { network: deps.network, market }, moments);
  return true;
}

async function bring(
  deps: Deps,
  console: Console,
  context: { readonly network: string; readonly market: string },
  moments: readonly Moment[],
  pause?: () => Promise<void>,
): Promise<void> {
  const observations = moments.flatMap((each) =>
    "packed" in each ? [each.packed] : [],
  );
  const ports = { ...deps, progress: console, pause };
  await bringRounds(observations, ports, async (rounds) => {
    const document = marketDocument(context, moments, rounds);
    console.result(document, () => marketLines(document));
  });
}
