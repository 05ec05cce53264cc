import { toHex, type Hex } from "../kernel/bytes.ts";
import { batchSeed, seedWord } from "../kernel/seed.ts";
import type { BatchView, OpenedEvent } from "./chain.ts";
import {
  once,
  transaction,
  type BatchTask,
  type SentTransaction,
} from "./mint-task.ts";

/** A batch that is opened and whose seed is known. */
export interface Opening {
  readonly batch: number;
  /** Where the opening lies: near-duplicates compare with what was sealed before it. */
  readonly opened: Pick<OpenedEvent, "block" | "logIndex">;
  /** Hash of the seed block, which sealing must repeat. */
  readonly blockHash: Hex;
  readonly seed: Hex;
  /** What was sent so far: the opening, and abandonments of earlier openings of this run. */
  readonly transactions: readonly SentTransaction[];
}

type OpenResult = Pick<OpenedEvent, "batch" | "block" | "logIndex"> & {
  readonly transaction: SentTransaction;
};

/**
 * Opens the batch and waits for its seed block. An opening of this run whose window has passed is abandoned and the batch is
 * opened again; both are journalled, so that it happens once.
 */
export async function openAndSeed(task: BatchTask): Promise<Opening> {
  const { chain, part, progress } = task;
  const transactions: SentTransaction[] = [];
  for (let attempt = 0; ; attempt++) {
    const { transaction: sent, ...opened } = await open(
      task,
      `${part}/open-${attempt}`,
    );
    transactions.push(sent);
    const view = await chain.batchOf(opened.batch);
    if (view.status === "open" && (await chain.height()) >= view.deadline) {
      progress.note(
        `The window of batch ${opened.batch} has passed unsealed; it is abandoned and opened again.`,
      );
      transactions.push(await abandon(task, opened.batch));
    } else if (view.status !== "abandoned") {
      return {
        batch: opened.batch,
        opened,
        transactions,
        ...(await seedOf(task, opened.batch, view)),
      };
    }
  }
}

function open(task: BatchTask, key: string): Promise<OpenResult> {
  const { run, chain, recipe, request, count } = task;
  const opening = {
    to: request.to,
    recipe: recipe.id,
    count,
    conditions: request.conditions,
    ...(request.royalty === undefined
      ? {}
      : { royalty: { ...request.royalty } }),
  };
  return run.step(key, opening, async () => {
    const { opened, ...mined } = await chain.openBatch(
      opening,
      once(task, key),
    );
    const { batch, block, logIndex } = opened;
    return { batch, block, logIndex, transaction: transaction("open", mined) };
  });
}

/** Gives a batch up whose window has passed. */
export function abandon(
  task: BatchTask,
  batch: number,
): Promise<SentTransaction> {
  const key = `${task.part}/abandon-${batch}`;
  return task.run.step(key, { batch }, async () =>
    transaction("abandon", await task.chain.abandon(batch, once(task, key))),
  );
}

/** The step is keyed by the block's hash: after a reorganisation everything behind it is computed again, from the new seed. */
export async function seedOf(
  task: BatchTask,
  batch: number,
  view: Pick<BatchView, "seedBlock">,
): Promise<{ blockHash: Hex; seed: Hex }> {
  const { run, chain, recipe, request, part } = task;
  const header = await chain.reachBlock(view.seedBlock);
  const { hash } = header;
  const inputs = {
    seedWord: seedWord(header),
    batch,
    recipe: recipe.id,
    conditions: request.conditions,
  };
  return run.step(`${part}/seed-${hash}`, inputs, () =>
    Promise.resolve({ blockHash: hash, seed: toHex(batchSeed(inputs)) }),
  );
}
