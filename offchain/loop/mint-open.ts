import { toHex, type Hex } from "../kernel/bytes.ts";
import { isLoopError } from "../kernel/errors.ts";
import { batchSeed, seedWord } from "../kernel/seed.ts";
import type { BatchView, Chain, OpenedEvent } from "./chain.ts";
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
  readonly seedBlock: number;
  /** Its hash, which sealing must repeat. */
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
    const found = await open(task, `${part}/open-${attempt}`);
    if (found === undefined) {
      progress.note(
        "A reorganisation mined the opening again, and there it reverted; the batch is opened again.",
      );
      continue;
    }
    const { transaction: sent, ...opened } = found;
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

/** Opens the batch once; undefined if it was opened, and a reorganisation has undone that for good. */
async function open(
  task: BatchTask,
  key: string,
): Promise<OpenResult | undefined> {
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
  const send = async (): Promise<OpenResult> => {
    const { opened, ...mined } = await chain.openBatch(
      opening,
      once(task, key),
    );
    const { batch, block, logIndex } = opened;
    return { batch, block, logIndex, transaction: transaction("open", mined) };
  };
  const first: OpenResult[] = [];
  await run.step(key, opening, async () => {
    first.push(await send());
    return first[0];
  });
  // A step of an earlier process: since then a reorganisation may have given the opening another number or block, so the chain is asked.
  return (
    first[0] ??
    send().catch((error: unknown) => {
      if (isLoopError(error, "chain/reverted")) return undefined;
      throw error;
    })
  );
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

/**
 * The seed, from a block that is settled. The step is keyed by the block's hash: after a reorganisation everything behind it is computed
 * again, from the new seed.
 */
export async function seedOf(
  task: BatchTask,
  batch: number,
  view: Pick<BatchView, "seedBlock">,
): Promise<Pick<Opening, "seedBlock" | "blockHash" | "seed">> {
  const { run, chain, recipe, request, part } = task;
  const { seedBlock } = view;
  const header = await chain.reachSettled(seedBlock);
  const { hash } = header;
  const inputs = {
    seedWord: seedWord(header),
    batch,
    recipe: recipe.id,
    conditions: request.conditions,
  };
  return run.step(`${part}/seed-${hash}`, inputs, () =>
    Promise.resolve({
      seedBlock,
      blockHash: hash,
      seed: toHex(batchSeed(inputs)),
    }),
  );
}

/**
 * Makes a batch out of its opening, and out of the opening as the chain tells it then, each time that the chain refuses what was made
 * because a reorganisation deeper than what counts as settled has changed the seed block.
 * @throws what `make` throws, if it is for another reason.
 */
export async function untilUnmoved<T>(
  { chain, progress }: Pick<BatchTask, "chain" | "progress">,
  opening: (moved: boolean) => Promise<Opening>,
  make: (opening: Opening) => Promise<T>,
): Promise<T> {
  for (let moved = false; ; moved = true) {
    const opened = await opening(moved);
    try {
      return await make(opened);
    } catch (error) {
      const refused =
        isLoopError(error, "chain/refused") ||
        isLoopError(error, "chain/reverted");
      if (!refused || !(await hasMoved(chain, opened))) throw error;
      progress.note(
        `A reorganisation changed block ${opened.seedBlock}, which seeded batch ${opened.batch}; it is made again from the new seed.`,
      );
    }
  }
}

/** A seed block that has kept its hash has kept everything before it, the opening too. */
async function hasMoved(
  chain: Chain,
  { seedBlock, blockHash }: Opening,
): Promise<boolean> {
  try {
    return (await chain.blockByNumber(seedBlock)).hash !== blockHash;
  } catch (error) {
    if (isLoopError(error, "chain/no-block")) return true;
    throw error;
  }
}
