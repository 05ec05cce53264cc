import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../../offchain/kernel/errors.ts";
import {
  explained,
  factsOf,
  type Explanation,
} from "../../offchain/loop/steward-explain.ts";
import type { Explainer } from "../../offchain/loop/ports-explainer.ts";
import { previewLook, stewardRound } from "../../offchain/loop/steward.ts";
import type { StewardReport } from "../../offchain/loop/steward-ports.ts";
import {
  replayDecisions,
  unfinishedLook,
} from "../../offchain/loop/steward-runs.ts";
import { stewardStream } from "../../offchain/loop/steward-stream.ts";
import { policyNamed } from "../../offchain/steward/policies.ts";
import { limitSpending, parseSpending } from "../budget.ts";
import { compose } from "../compose.ts";
import {
  composeGovernance,
  type GovernanceDeps,
} from "../compose/governance.ts";
import { explainerOf, salesOf, stewardPortsOf } from "../compose/steward.ts";
import { createConsole, guarded, type Console } from "../console/console.ts";
import { parseFolder } from "../console/options.ts";
import {
  parseExplainer,
  parseLooking,
  parsePolicy,
} from "../console/steward-options.ts";
import {
  replayLines,
  stewardDocument,
  stewardLines,
} from "../console/steward-report.ts";
import { placesOf } from "../places.ts";

interface StewardArguments {
  readonly policy: string | undefined;
  readonly watch: boolean;
  readonly every: string | undefined;
  readonly replay: boolean;
  readonly explainWith: string | undefined;
  readonly out: string | undefined;
  readonly pin: string | undefined;
  readonly budget: string | undefined;
  readonly price: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `npx hardhat steward`: looks, decides, publishes the reasons and moves a parameter, proposes, or waits. */
export default async function (
  args: StewardArguments,
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
    const policy = parsePolicy(args.policy);
    const every = parseLooking(args);
    const model = parseExplainer(args.explainWith);
    const out = parseFolder(args.out);
    const budget = parseSpending(args);
    const explainer = model && (await explainerOf(hre, model));
    if (args.replay) return replay(hre, console);
    const send = !args.dryRun;
    const deps = await composeGovernance(hre, { progress: console, send });
    try {
      const tell = telling(deps, console, explainer, send);
      if (args.dryRun) {
        const observing = { ...deps, sales: salesOf(deps) };
        return await tell(await previewLook(policy, observing));
      }
      await limitSpending(deps, budget);
      const places = await placesOf(deps, args.pin);
      await deps.artefacts.prepare(out);
      const ports = stewardPortsOf(deps, { progress: console, places, out });
      if (every === undefined) {
        const round = (await deps.chain.rounds()).at(-1)?.round ?? 0;
        const { name, version } = policy;
        const begun = await unfinishedLook(ports);
        const request = begun ?? { name, version, round };
        await stewardRound(request, ports, { deliver: tell });
        return;
      }
      const { signal } = stop;
      let told = -1;
      const waiting = {
        async pause() {
          const round = (await deps.chain.rounds()).at(-1)?.round ?? 0;
          if (told !== round)
            console.note(
              `Waiting for a round newer than ${round}; bring one with observe-market, or end this with Ctrl-C.`,
            );
          told = round;
          await deps.sleep(every, signal);
        },
      };
      await stewardStream(
        policy,
        { ...ports, waiting },
        {
          signal,
          onIdle: (now) => void (idle = now),
          deliver: tell,
        },
      );
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      console.note("Stopped watching; nothing is half-done.");
    } finally {
      await deps.close();
    }
  }, stops);
}

/** Says what one look came to; only now, when everything is sent, is somebody asked to explain it. */
function telling(
  { network }: GovernanceDeps,
  console: Console,
  explainer: Explainer | undefined,
  sent: boolean,
) {
  return async (
    report: Omit<StewardReport, "outcome"> & {
      readonly outcome: StewardReport["outcome"] | null;
    },
  ): Promise<void> => {
    const { policy, view, decision } = report;
    let explanation: Explanation | undefined;
    if (explainer !== undefined) {
      const facts = factsOf(policy, view, decision);
      explanation = await explained(explainer, facts, { progress: console });
    }
    const document = stewardDocument(
      { network, dryRun: !sent, explanation: explanation ?? null },
      report,
    );
    console.result(document, () => stewardLines(document));
  };
}

/** @throws FatalError `steward/other-decision` if one differs. */
async function replay(
  hre: HardhatRuntimeEnvironment,
  console: Console,
): Promise<void> {
  const deps = await compose(hre, { deploy: false, keys: false });
  try {
    const { network } = deps;
    const ports = { ...deps, policy: policyNamed };
    const decisions = await replayDecisions(ports);
    const differing = decisions.filter(({ same }) => !same);
    console.result({ network, decisions, differing: differing.length }, () =>
      replayLines(network, decisions),
    );
    if (differing.length === 0) return;
    throw new FatalError(
      "steward/other-decision",
      `\`${differing.length}\` of ${decisions.length} journalled views are decided otherwise now; look at what changed in the policy without its version.`,
    );
  } finally {
    await deps.close();
  }
}
