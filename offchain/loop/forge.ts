import type { Hex } from "../kernel/bytes.ts";
import { FatalError, isLoopError } from "../kernel/errors.ts";
import type { Json } from "../kernel/json.ts";
import type { ForgeTerms, OpenedEvent } from "./chain.ts";
import { badInput, type Run } from "./journal.ts";
import { finishBatch, type MintedBatch } from "./mint-finish.ts";
import { abandon, seedOf, untilUnmoved, type Opening } from "./mint-open.ts";
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
type Forged = Child & { readonly forging: SentTransaction };

/** What a child is made with. */
interface Making {
  readonly run: Run;
  readonly recipe: Recipe;
  readonly ports: MintPorts;
  readonly watch: ReturnType<typeof stopwatch>;
  readonly request: Pick<ForgeRequest, "holder" | "parents" | "out">;
}

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
  // What the chain told last; empty while no opening of this run is known to be there.
  const known: { child?: Forged } = {};
  const ask = async (): Promise<Forged> => {
    delete known.child;
    const once = { key: run.key(FORGE) };
    const mined = await chain.forge({ holder, parents, terms }, once);
    const { batch, block, logIndex, conditions } = mined.opened;
    const forging = transaction("forge", mined);
    return (known.child = { batch, block, logIndex, conditions, forging });
  };
  try {
    await watch.timed("open", () => run.step(FORGE, input, ask));
    // A step of an earlier process: since then a reorganisation may have given the child another number or block.
    const first = known.child ?? (await ask());
    const making = { run, recipe, ports, watch, request };
    const minted = (await chain.signsAs("operator"))
      ? await finishChild(making, first, ask)
      : undefined;
    const { batch: child, forging } = known.child ?? first;
    const { seconds } = watch;
    const { resumed } = run;
    await deliver({ resumed, child, minted, forging, seconds });
    await run.finish();
  } catch (error) {
    await giveUp(run, error, known.child !== undefined);
    throw error;
  }
}

/**
 * Makes and seals a child that a holder opened elsewhere; the operator's part of {@link forge}.
 * @throws FatalError `forge/too-late` as there; `forge/moved` if a reorganisation changed the child's seed after it was made.
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
    const making = { run, recipe, ports, watch, request };
    const minted = await finishChild(making, opened, async () => {
      throw new FatalError(
        "forge/moved",
        `A reorganisation changed the block of child \`${child}\`, which may be another child now; run the command again to look for those that wait.`,
      );
    });
    await run.finish();
    return minted;
  } catch (error) {
    await giveUp(run, error, true);
    throw error;
  }
}

function childTask(
  { run, recipe, ports, watch, request }: Making,
  { conditions }: Child,
): BatchTask {
  const { holder, parents, out } = request;
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

/** Makes the child; `again` tells it as the chain knows it after a reorganisation. */
function finishChild(
  making: Making,
  first: Child,
  again: () => Promise<Child>,
): Promise<MintedBatch> {
  let child = first;
  return untilUnmoved(
    making.ports,
    async (moved) => {
      if (moved) child = await again();
      return openingOf(childTask(making, child), child);
    },
    (opening) => finishBatch(childTask(making, child), opening),
  );
}

async function openingOf(task: BatchTask, child: Child): Promise<Opening> {
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
  return {
    batch,
    opened: { block, logIndex },
    transactions: [],
    ...(await seedOf(task, batch, view)),
  };
}

/** A child that never comes, or is not open, ends its run; whatever else happened can be gone on with. */
async function giveUp(
  run: Run,
  error: unknown,
  opened: boolean,
): Promise<void> {
  const refused =
    isLoopError(error, "chain/refused") || isLoopError(error, "chain/reverted");
  const over =
    isLoopError(error, "forge/too-late") || isLoopError(error, "forge/moved");
  if (over || (refused && !opened)) await run.abort(error.message);
  else await run.release();
}
