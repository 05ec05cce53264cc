import type { Hex } from "../kernel/bytes.ts";
import { sealWithin } from "./budget.ts";
import { chooseWorks } from "./mint-choose.ts";
import type { Opening } from "./mint-open.ts";
import { packBatch, paintWorks, type MintedToken } from "./mint-pack.ts";
import {
  once,
  transaction,
  type BatchTask,
  type SentTransaction,
} from "./mint-task.ts";
import { pinInRun, type PinReceipt } from "./pin-archive.ts";
import { verifyBatch } from "./verify-batch.ts";

/** One finished batch. */
export interface MintedBatch {
  readonly batch: number;
  readonly seed: Hex;
  /** CID of the batch directory. */
  readonly root: string;
  /** Path of the CAR. */
  readonly car: string;
  readonly tokens: readonly MintedToken[];
  /** Places that held the archive before it was sealed. */
  readonly pins: readonly PinReceipt[];
  readonly transactions: readonly SentTransaction[];
  readonly verified: number;
}

/** Everything behind the seed, whoever opened the batch: draws and grades, paints, packs, reads back, pins, seals, verifies. */
export async function finishBatch(
  task: BatchTask,
  opening: Opening,
): Promise<MintedBatch> {
  const { run, chain, part, parents, timed } = task;
  const works = await timed("candidates", () => chooseWorks(task, opening));
  await timed("render", () => paintWorks(task, opening, works));
  const packed = await timed("pack", () => packBatch(task, opening, works));
  const pins = await timed("pin", () =>
    pinInRun(task, { root: packed.root, path: packed.car, part: false }),
  );
  // With the hash, so that after a reorganisation the works of the new seed are sealed by a transaction of their own.
  const key = `${part}/seal-${opening.blockHash}`;
  const sealing = {
    batch: opening.batch,
    root: packed.digest,
    blockHash: opening.blockHash,
    ...(parents === undefined ? {} : { parents }),
  };
  const sealed = await timed("seal", () =>
    run.step(key, sealing, async () =>
      sealWithin(chain, opening.batch, async () =>
        transaction("seal", await chain.sealBatch(sealing, once(task, key))),
      ),
    ),
  );
  await task.archives.keep(packed.digest, packed.car);
  const verified = await timed("verify", () =>
    run.step(
      `${part}/verify-${packed.digest}`,
      { batch: opening.batch },
      async () => (await verifyBatch(task, opening.batch)).length,
    ),
  );
  return {
    batch: opening.batch,
    seed: opening.seed,
    root: packed.root,
    car: packed.car,
    tokens: packed.tokens,
    pins,
    transactions: [...opening.transactions, sealed],
    verified,
  };
}
