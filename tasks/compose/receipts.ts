import { dirname, join } from "node:path";

import { createCarArchives } from "../../offchain/adapters/car-archives.ts";
import type { ChainOptions } from "../../offchain/adapters/chain-ethers.ts";
import { createFiles } from "../../offchain/adapters/files-fs.ts";
import {
  createMeter,
  thisMachine,
} from "../../offchain/adapters/meter-process.ts";
import {
  claimSigner,
  createClaimSigner,
} from "../../offchain/adapters/receipts-eip712.ts";
import {
  verifyReceipts,
  type CheckedReceipt,
  type ReadBatch,
  type ReceiptPorts,
} from "../../offchain/loop/receipts.ts";
import { digestToCid } from "../../offchain/publishing/cid.ts";
import { BATCH_PATHS } from "../../offchain/publishing/paths.ts";
import { parseTranscript } from "../../offchain/publishing/transcript.ts";

/** What a command that mints needs for its receipts. */
export type ReceiptWiring = Pick<
  ReceiptPorts,
  "meter" | "machine" | "signClaim"
>;

/** The meter of this process, the machine in words, and the operator's signature. */
export function receiptsOf(options: ChainOptions): ReceiptWiring {
  return {
    meter: createMeter(),
    machine: thisMachine(),
    signClaim: createClaimSigner(options),
  };
}

/** Checks a file of receipts, and holds it against the archives that lie beside it; no chain is asked. */
export async function checkReceipts(
  path: string,
): Promise<readonly CheckedReceipt[]> {
  const files = createFiles();
  const folder = dirname(path);
  // The store is not asked: only what lies beside the file is of these batches.
  const archives = createCarArchives({ store: folder });
  const readBatch: ReadBatch = async (batch) => {
    const car = join(folder, `batch-${batch}.car`);
    if (!(await files.exists(car))) return undefined;
    const archive = await archives.open(car);
    try {
      const { recipe, count, candidates } = parseTranscript(
        await archive.read(BATCH_PATHS.transcript),
      );
      return {
        root: digestToCid(archive.root).toString(),
        recipe,
        candidates: candidates.length,
        accepted: count,
      };
    } finally {
      await archive.close();
    }
  };
  return verifyReceipts(await files.read(path), {
    signerOf: claimSigner,
    readBatch,
  });
}
