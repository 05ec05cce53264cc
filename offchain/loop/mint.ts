import type { Hex } from "../kernel/bytes.ts";
import { isLoopError } from "../kernel/errors.ts";
import { MAX_BATCH } from "../kernel/ids.ts";
import type { Json } from "../kernel/json.ts";
import { hasSent } from "./budget.ts";
import { badInput, type Journal } from "./journal.ts";
import { openAndSeed, untilUnmoved } from "./mint-open.ts";
import { finishBatch, type MintedBatch } from "./mint-finish.ts";
import {
  stopwatch,
  type BatchTask,
  type MintPorts,
  type MintRequest,
} from "./mint-task.ts";
import { requirePlaces } from "./pin-archive.ts";
import type { Usage } from "./ports-meter.ts";
import type { Recipe } from "./recipe.ts";

/**
 * The request of a journalled run, and the id of its recipe.
 * @throws FatalError `journal/bad-input` if the run is not one of this command.
 */
export function mintRequest(
  input: Json,
): MintRequest & { readonly recipe: Hex } {
  const { count, to, conditions, out, recipe, royalty } = input as Partial<
    Record<string, Json>
  >;
  const hex = (value: unknown): value is Hex =>
    typeof value === "string" && value.startsWith("0x");
  if (
    typeof count === "number" &&
    typeof out === "string" &&
    hex(to) &&
    hex(conditions) &&
    hex(recipe)
  ) {
    const request = { count, to, conditions, out, recipe };
    if (royalty === undefined) return request;
    const { receiver, bps } = royalty as Partial<Record<string, Json>>;
    if (hex(receiver) && typeof bps === "number")
      return { ...request, royalty: { receiver, bps } };
  }
  throw badInput(input);
}

/** A finished run. */
export interface MintReport {
  readonly resumed: boolean;
  readonly batches: readonly MintedBatch[];
  /** Seconds by stage. */
  readonly seconds: Readonly<Record<string, number>>;
  /** What each stage used; nothing where no meter counts. */
  readonly usage: Readonly<Record<string, Usage>>;
}

/**
 * Mints `request.count` works: opens, waits for the seed, draws and grades candidates, paints, packs, reads back, pins, seals,
 * verifies.
 * Every effect is a journalled step, so a run that died goes on from where it was when the same request comes again. `deliver` gets
 * the report before the run counts as finished: a run that died before its result was shown shows it, and mints nothing, next time.
 * @throws LoopError of the ports and domains; nothing is sealed unless its archive was read back whole, here and from every place
 * that shall hold it; `pins/none-configured` before anything else where there must be one and is none.
 */
export async function mint(
  request: MintRequest,
  recipe: Recipe,
  ports: MintPorts,
  deliver: (report: MintReport) => Promise<void> = async () => {},
): Promise<MintReport> {
  const { chain, journal, progress, clock } = ports;
  const { id: instance } = await chain.instance();
  await requirePlaces(ports);
  const input = { ...request, recipe: recipe.id } as unknown as Json;
  const run = await journal.run({ instance, kind: "mint-batch", input });
  const { seconds, usage, timed } = stopwatch(clock, ports.meter);
  if (run.resumed)
    progress.note(
      "An earlier run of this command was interrupted; going on with it.",
    );
  try {
    await ports.purse?.begin(run);
    const batches: MintedBatch[] = [];
    for (let first = 0; first < request.count; first += MAX_BATCH) {
      const count = Math.min(MAX_BATCH, request.count - first);
      const task: BatchTask = {
        ...ports,
        run,
        recipe,
        request,
        part: `batch-${first / MAX_BATCH}`,
        count,
        timed,
      };
      batches.push(await mintOne(task));
    }
    const report = { resumed: run.resumed, batches, seconds, usage };
    await deliver(report);
    await run.finish();
    return report;
  } catch (error) {
    // An opening that was refused, or mined and reverted, never will be opened under its key: the next command starts anew instead of meeting it again.
    const never =
      isLoopError(error, "chain/reverted") ||
      isLoopError(error, "chain/refused");
    const unspent =
      isLoopError(error, "budget/exceeded") && !(await hasSent(run, ports));
    if (unspent || (never && !(await hasOpened(journal, run.id))))
      await run.abort(error.message);
    else await run.release();
    throw error;
  }
}

async function hasOpened(journal: Journal, run: number): Promise<boolean> {
  const steps = await journal.stepsOf(run);
  return steps.some(
    ({ key, state }) => state === "done" && /\/open-\d+$/.test(key),
  );
}

function mintOne(task: BatchTask): Promise<MintedBatch> {
  return untilUnmoved(
    task,
    () => task.timed("open", () => openAndSeed(task)),
    (opening) => finishBatch(task, opening),
  );
}
