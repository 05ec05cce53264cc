import { FatalError, isLoopError } from "../kernel/errors.ts";
import type { Chain } from "./chain.ts";
import {
  collectionRoots,
  readEpochFacts,
  type EpochFacts,
} from "./epoch-facts.ts";
import { createGenesisSource } from "./epoch-ports.ts";
import { packEpoch, paintChanged } from "./evolve-pack.ts";
import { planEpoch, type EpochPlan } from "./evolve-plan.ts";
import { checkSample, confirmEpoch, publishEpoch } from "./evolve-publish.ts";
import { readBackEpoch } from "./evolve-read-back.ts";
import {
  evolveRequest,
  type EvolvePorts,
  type EvolveReport,
  type EvolveRequest,
  type EvolveTask,
} from "./evolve-task.ts";
import type { Journal, Run } from "./journal.ts";
import { learnEarlier } from "./learn-epoch.ts";
import { stopwatch } from "./mint-task.ts";
import { pinInRun, requirePlaces } from "./pin-archive.ts";
import { requireCadence } from "./terms-in-force.ts";

/** Name of these runs in the journal. */
export const EVOLVE = "evolve";

/** The oldest evolution that was interrupted on this chain: it goes before a new one. */
export async function unfinishedEvolution({
  chain,
  journal,
}: Pick<EvolvePorts, "chain" | "journal">): Promise<EvolveRequest | undefined> {
  const { id } = await chain.instance();
  const open = await journal.openRuns(id);
  const run = open.find(({ kind }) => kind === EVOLVE);
  return run && evolveRequest(run.input);
}

/**
 * Evolves the collection to a round: reads the chain as it was at the end of the round's block, computes the state of every work,
 * paints what was never painted, packs what is new, reads it back, pins it, keeps it, sends the root, and asks the chain what it made of it.
 * Every effect is a journalled step whose key holds the round and the mark of what was read: a run that died goes on when the same
 * request comes again, and there is never a second epoch of the round. `deliver` gets the report before the run counts as finished.
 * @throws FatalError `evolve/already-published`, `evolve/overtaken` (nothing is lost: what was painted is found by its state),
 * `evolve/too-soon`, `evolve/nothing-covered`, `epoch/no-round`, and those of the ports.
 */
export async function evolve(
  request: EvolveRequest,
  ports: EvolvePorts,
  deliver: (report: EvolveReport) => Promise<void> = async () => {},
): Promise<EvolveReport> {
  const { chain, journal, progress, clock } = ports;
  const { id: instance } = await chain.instance();
  await requirePlaces(ports);
  const input = { ...request };
  const run = await journal.run({ instance, kind: EVOLVE, input });
  const { seconds, timed } = stopwatch(clock);
  if (run.resumed)
    progress.note(
      "An earlier run of this command was interrupted; going on with it.",
    );
  try {
    if (!(await mayBeSent(journal, run))) {
      await requireFree(chain, request);
      await requireCadence(ports);
    }
    const task = await timed("snapshot", () =>
      takeSnapshot(ports, { run, request, timed }),
    );
    await timed("render", () => paintChanged(task));
    const packed = await timed("pack", () => packEpoch(task));
    await timed("read-back", () => readBackEpoch(task, packed));
    const verified = await timed("check", () => checkSample(task, packed));
    const pins = await timed("pin", () =>
      pinInRun(task, { root: packed.root, path: packed.car, part: true }),
    );
    const published = await timed("evolve", () => publishEpoch(task, packed));
    await timed("verify", () =>
      confirmEpoch(chain, published, {
        digest: packed.digest,
        round: request.round,
        covered: task.facts.round.seals,
        tokens: verified,
      }),
    );
    const { round } = request;
    const { resumed } = run;
    const report = {
      ...packed,
      ...published,
      resumed,
      round,
      verified,
      pins,
      seconds,
    };
    await deliver(report);
    await run.finish();
    return report;
  } catch (error) {
    throw await giveUp(ports, run, request, error);
  }
}

async function takeSnapshot(
  ports: EvolvePorts,
  { run, request, timed }: Pick<EvolveTask, "run" | "request" | "timed">,
): Promise<EvolveTask> {
  const { chain, archives, states, progress } = ports;
  const facts = await settledFacts(chain, request.round);
  if (facts.batches.length === 0) {
    throw new FatalError(
      "evolve/nothing-covered",
      `No batch was sealed when round \`${request.round}\` was accepted, so there is nothing to evolve; wait for a newer round.`,
    );
  }
  const part = `round-${request.round}-${facts.mark}`;
  // What this run itself publishes is none of the archives that it builds upon.
  const roots = await run.step(`${part}/snapshot`, { mark: facts.mark }, () =>
    collectionRoots(chain),
  );
  let planning: Promise<EpochPlan> | undefined;
  const makePlan = async (): Promise<EpochPlan> => {
    const layers = await archives.layers({ roots });
    try {
      const genesis = createGenesisSource(ports, layers);
      await learnEarlier(ports, genesis, { layers, states });
      return await planEpoch(facts, {
        genesis,
        layers,
        states,
        onBatch: (done) => progress.stage("plan", done, facts.batches.length),
      });
    } finally {
      await layers.close();
    }
  };
  const plan = (): Promise<EpochPlan> => (planning ??= makePlan());
  return { ...ports, run, request, facts, roots, part, plan, timed };
}

/** The facts of a round whose block is settled: before that a reorganisation may give the round another one. */
async function settledFacts(chain: Chain, round: number): Promise<EpochFacts> {
  let facts = await readEpochFacts(chain, round);
  for (;;) {
    const { block } = facts.round;
    // Acts may follow in the round's own block until there is a next one.
    await chain.reachBlock(block + 1);
    await chain.reachSettled(block);
    facts = await readEpochFacts(chain, round);
    if (facts.round.block === block) return facts;
  }
}

/** Whether the transaction of this run may be on the chain already. */
async function mayBeSent(journal: Journal, run: Run): Promise<boolean> {
  const steps = await journal.stepsOf(run.id);
  return steps.some(({ key }) => key.endsWith("/evolve"));
}

/** @throws FatalError `evolve/already-published`, `evolve/overtaken` if no epoch can be made of the round any more. */
export async function requireFree(
  chain: Chain,
  { round }: Pick<EvolveRequest, "round">,
): Promise<void> {
  const { count, lastRound } = await chain.epochs();
  if (lastRound < round) return;
  for (let epoch = count; epoch > 0; epoch--) {
    const made = await chain.epochAt(epoch);
    if (made.round < round) break;
    if (made.round > round) continue;
    throw new FatalError(
      "evolve/already-published",
      `Round \`${round}\` is epoch ${epoch} already; wait for a newer round.`,
    );
  }
  throw new FatalError(
    "evolve/overtaken",
    `An epoch of round \`${lastRound}\` was published, so none can follow of round ${round}; run the command again for a newer round, which finds what was painted.`,
  );
}

/** What the chain will never take, or must not get, ends the run; whatever else happened can be gone on with. */
async function giveUp(
  { chain }: EvolvePorts,
  run: Run,
  request: EvolveRequest,
  error: unknown,
): Promise<unknown> {
  let reason = error;
  const refused =
    isLoopError(error, "chain/refused") || isLoopError(error, "chain/reverted");
  if (refused) {
    // Somebody else's epoch is the usual cause, and a better sentence.
    await requireFree(chain, request).catch((why: unknown) => (reason = why));
  }
  const over =
    refused ||
    [
      "evolve/already-published",
      "evolve/overtaken",
      "evolve/too-soon",
      "evolve/nothing-covered",
      "evolve/read-back",
      "evolve/sample-differs",
      "epoch/no-round",
    ].some((code) => isLoopError(error) && error.code === code);
  if (over && isLoopError(reason)) await run.abort(reason.message);
  else await run.release();
  return reason;
}
