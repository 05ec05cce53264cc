import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Hex } from "../../offchain/kernel/bytes.ts";
import { unpackObservation } from "../../offchain/kernel/observation.ts";
import { evolve, unfinishedEvolution } from "../../offchain/loop/evolve.ts";
import { evolveStream } from "../../offchain/loop/evolve-stream.ts";
import type { EvolveReport } from "../../offchain/loop/evolve-task.ts";
import { previewEpoch } from "../../offchain/loop/preview-epoch.ts";
import { reachRound, type Waiting } from "../../offchain/loop/reach-round.ts";
import { limitSpending, parseSpending } from "../budget.ts";
import { compose, type Deps } from "../compose.ts";
import { createConsole, guarded, type Console } from "../console/console.ts";
import { parseRound } from "../console/evolution-options.ts";
import {
  evolveLines,
  evolvePlanLines,
  type EvolvePlan,
} from "../console/evolve-report.ts";
import { parseFolder, parseTokens, parseWorkers } from "../console/options.ts";
import {
  epochPorts,
  evolveDocument,
  evolvePorts,
  requirePublisher,
} from "../evolving.ts";
import { requireLasting } from "../lasting.ts";
import { placesOf } from "../places.ts";
import { requireOracle } from "../oracle.ts";

interface EvolveArguments {
  readonly round: string | undefined;
  readonly watch: boolean;
  readonly chart: string | undefined;
  readonly recipe: string | undefined;
  readonly out: string | undefined;
  readonly workers: string | undefined;
  readonly budget: string | undefined;
  readonly price: string | undefined;
  readonly pin: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Pause between two looks for a new round, seconds. */
const LOOK_AGAIN = 1;

/** `npx hardhat evolve`: waits for a round, makes an epoch of it, publishes and proves it; with `--watch`, of every newest one. */
export default async function (
  args: EvolveArguments,
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
    const round = args.round === undefined ? undefined : parseRound(args.round);
    const tokens =
      args.chart === undefined ? [] : parseTokens(args.chart, "--chart");
    const out = parseFolder(args.out);
    const workers = parseWorkers(args.workers);
    const budget = parseSpending(args);
    const deps = await compose(hre, { deploy: !args.dryRun });
    try {
      await limitSpending(deps, budget);
      requireLasting(deps, "A round");
      await requireOracle(deps, { progress: console, send: !args.dryRun });
      const ports = await epochPorts(hre, deps, {
        ...args,
        workers,
        progress: console,
      });
      const places = await placesOf(deps, args.pin);
      const all = evolvePorts(deps, ports, places);
      if (args.dryRun) {
        const { observation, ...plan } = await previewEpoch(all, round);
        tellPlan(console, deps, { ...plan, observation, pins: places.names });
        return;
      }
      await requirePublisher(deps);
      await deps.artefacts.prepare(out);
      const deliver = async (report: EvolveReport): Promise<void> => {
        const document = await evolveDocument(deps, ports, report, {
          out,
          tokens,
        });
        console.result(document, () => evolveLines(document));
      };
      const { signal } = stop;
      const busy = { ...all, waiting: waitingWith(deps, console, signal) };
      const onRound = (): void => void (idle = false);
      idle = round === undefined;
      if (args.watch) {
        const epochs = evolveStream(out, busy, {
          signal,
          onRound,
          deliver: async (report) => {
            await deliver(report);
            idle = true;
          },
        });
        for await (const _ of epochs) continue;
      } else {
        const request =
          round === undefined
            ? ((await unfinishedEvolution(all)) ?? {
                round: (await reachRound(busy, signal)).round,
                out,
              })
            : { round, out };
        onRound();
        await evolve(request, all, deliver);
      }
    } catch (error) {
      if (!signalled(error, stop.signal)) throw error;
      console.note("Stopped waiting; nothing is half-done.");
    } finally {
      await deps.close();
    }
  }, stops);
}

function signalled(error: unknown, signal: AbortSignal): boolean {
  return (
    signal.aborted && error instanceof Error && error.name === "AbortError"
  );
}

/** Pauses between two looks at the chain, and says once for each wait what is waited for. */
function waitingWith(
  { chain, sleep }: Deps,
  console: Console,
  signal: AbortSignal,
): Waiting {
  let told = "";
  return {
    async pause(_, why) {
      const { lastRound } = await chain.epochs();
      const said =
        why ??
        (lastRound === 0
          ? "Waiting for the first round that covers a batch; bring one with observe-market, or end this with Ctrl-C."
          : `Waiting for a round newer than ${lastRound}; bring one with observe-market, or end this with Ctrl-C.`);
      if (told !== said) console.note(said);
      told = said;
      await sleep(LOOK_AGAIN, signal);
    },
  };
}

function tellPlan(
  console: Console,
  { network }: Deps,
  {
    observation,
    ...counts
  }: Omit<EvolvePlan, "dryRun" | "network" | "observed"> & {
    readonly observation: Hex;
  },
): void {
  const observed = unpackObservation(observation).time;
  const plan: EvolvePlan = { dryRun: true, network, observed, ...counts };
  console.result(plan, () => evolvePlanLines(plan));
}
