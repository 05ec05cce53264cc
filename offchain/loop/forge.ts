import type { Hex } from "../kernel/bytes.ts";
import { FatalError, isLoopError } from "../kernel/errors.ts";
import type { Json } from "../kernel/json.ts";
import type { ForgeTerms, OpenedEvent } from "./chain.ts";
import { badInput, type Journal, type Run } from "./journal.ts";
import { finishBatch, type MintedBatch } from "./mint-finish.ts";
import { abandon, seedOf } from "./mint-open.ts";
import {
  stopwatch,
  transaction,
  type BatchTask,
  type MintPorts,
  type SentTransaction,
} from "./mint-task.ts";
import { requirePlaces } from "./pin-archive.ts";
import type { Recipe } from "./recipe.ts";

/** What is asked for: works of one holder's, given for a new one. */
export interface ForgeRequest {
  readonly holder: Hex;
  readonly parents: readonly string[];
  /** The terms that the holder agreed to; the chain refuses others. */
  readonly terms: ForgeTerms;
  /** Folder that the child is written to. */
  readonly out: string;
}

/** What became of it. */
export interface ForgeReport {
  readonly resumed: boolean;
  /** Batch of the child. */
  readonly child: number;
  /** Undefined while the child waits for the operator, whose key is not here. */
  readonly minted: MintedBatch | undefined;
  readonly forging: SentTransaction;
  readonly seconds: Readonly<Record<string, number>>;
}

/**
 * The request of a journalled forging.
 * @throws FatalError `journal/bad-input` if the run is not one of this command.
 */
export function forgeRequest(input: Json): ForgeRequest {
  const { holder, parents, terms, out } = input as Partial<
    Record<string, Json>
  >;
  const { recipe, conditions } = (terms ?? {}) as Partial<Record<string, Json>>;
  const texts = [holder, recipe, conditions, out];
  if (
    texts.every((text) => typeof text === "string") &&
    Array.isArray(parents) &&
    parents.every((parent) => typeof parent === "string")
  )
    return input as unknown as ForgeRequest;
  throw badInput(input);
}

/** Key of the step that opens the child. */
const FORGE = "forge";

type Child = Pick<OpenedEvent, "batch" | "block" | "logIndex" | "conditions">;

/**
 * Locks the parents and opens their child in the holder's name; then, where the operator's key is here too, makes the child and seals
 * it, which burns the parents. Journalled step by step like minting: a run that died goes on when the same request comes again.
 * @throws FatalError `forge/too-late` if the window passed meanwhile; the parents are free again then.
 */
export async function forge(
  request: ForgeRequest,
  recipe: Recipe,
  ports: MintPorts,
  deliver: (report: ForgeReport) => Promise<void>,
): Promise<void> {
  const { chain, journal, clock, progress } = ports;
  const { holder, parents, terms } = request;
  const { id: instance } = await chain.instance();
  if (await chain.signsAs("operator")) await requirePlaces(ports);
  const input = { ...request, terms: { ...terms } } as unknown as Json;
  const run = await journal.run({ instance, kind: "forge", input });
  const watch = stopwatch(clock);
  if (run.resumed)
    progress.note(
      "An earlier run of this command was interrupted; going on with it.",
    );
  try {
    const { forging, ...child } = await watch.timed("open", () =>
      run.step(FORGE, input, async () => {
        const sent = { key: run.key(FORGE) };
        const mined = await chain.forge({ holder, parents, terms }, sent);
        const { batch, block, logIndex, conditions } = mined.opened;
        const forging = transaction("forge", mined);
        return { batch, block, logIndex, conditions, forging };
      }),
    );
    const task = childTask({ run, recipe, ports, watch }, child, request);
    const minted = (await chain.signsAs("operator"))
      ? await finishChild(task, child)
      : undefined;
    const { seconds } = watch;
    const { resumed } = run;
    await deliver({ resumed, child: child.batch, minted, forging, seconds });
    await run.finish();
  } catch (error) {
    await giveUp(run, journal, error);
    throw error;
  }
}

/**
 * Makes and seals a child that a holder opened elsewhere; the operator's part of {@link forge}.
 * @throws FatalError `forge/too-late` as there.
 */
export async function adopt(
  child: number,
  request: Pick<ForgeRequest, "holder" | "parents" | "out">,
  recipe: Recipe,
  ports: MintPorts,
): Promise<MintedBatch> {
  const { chain, journal, clock } = ports;
  const { id: instance } = await chain.instance();
  await requirePlaces(ports);
  const input = { child, ...request } as unknown as Json;
  const run = await journal.run({ instance, kind: "adopt", input });
  try {
    const opened = await chain.openedEvent(child);
    const watch = stopwatch(clock);
    const task = childTask({ run, recipe, ports, watch }, opened, request);
    const minted = await finishChild(task, opened);
    await run.finish();
    return minted;
  } catch (error) {
    await giveUp(run, journal, error);
    throw error;
  }
}

function childTask(
  {
    run,
    recipe,
    ports,
    watch,
  }: {
    readonly run: Run;
    readonly recipe: Recipe;
    readonly ports: MintPorts;
    readonly watch: ReturnType<typeof stopwatch>;
  },
  { conditions }: Child,
  { holder, parents, out }: Pick<ForgeRequest, "holder" | "parents" | "out">,
): BatchTask {
  return {
    ...ports,
    run,
    recipe,
    request: { count: 1, to: holder, conditions, out },
    part: "child",
    count: 1,
    parents,
    timed: watch.timed,
  };
}

async function finishChild(
  task: BatchTask,
  child: Child,
): Promise<MintedBatch> {
  const { chain } = task;
  const { batch, block, logIndex } = child;
  const view = await chain.batchOf(batch);
  const open = view.status === "open";
  if (
    view.status === "abandoned" ||
    (open && (await chain.height()) >= view.deadline)
  ) {
    if (open) await abandon(task, batch);
    throw new FatalError(
      "forge/too-late",
      `The window of child \`${batch}\` has passed unsealed; its parents are free again, run the command again to forge anew.`,
    );
  }
  const opening = {
    batch,
    opened: { block, logIndex },
    transactions: [],
    ...(await seedOf(task, batch, view)),
  };
  return finishBatch(task, opening);
}

/** A child that never comes, or was never opened, ends its run; whatever else happened can be gone on with. */
async function giveUp(
  run: Run,
  journal: Journal,
  error: unknown,
): Promise<void> {
  const steps = await journal.stepsOf(run.id);
  const opened = steps.some(
    ({ key, state }) => key === FORGE && state === "done",
  );
  const refused =
    isLoopError(error, "chain/refused") || isLoopError(error, "chain/reverted");
  if (isLoopError(error, "forge/too-late") || (refused && !opened))
    await run.abort(error.message);
  else await run.release();
}
