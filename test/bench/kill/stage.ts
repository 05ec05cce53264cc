import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { createAuditor } from "./auditor.ts";
import { createSandbox, finished, run } from "./sandbox.ts";
import {
  COUNT,
  dieAndGoOn,
  newRequest,
  type Death,
  type Start,
  type Trial,
} from "./trial.ts";

const SIZE = 64;
const NAIVE = fileURLToPath(new URL("./naive.ts", import.meta.url));

/** What an undisturbed run tells. */
export interface Rehearsal {
  /** Every label in the order of its first passing. */
  readonly labels: readonly string[];
  readonly seconds: number;
}

/** One node with its own project folder, and the programs that are killed against it. */
export interface Stage {
  /** The very first run on a new chain: it deploys and registers. */
  readonly first: Rehearsal;
  /** Any later run. */
  readonly usual: Rehearsal;
  product(death: Death): Promise<Trial>;
  naive(death: Death): Promise<Trial>;
  /** The product on a chain of its own. */
  productOnFreshChain(death: Death): Promise<Trial>;
  /** Transactions that were mined and reverted since the last fresh chain. */
  reverted(): Promise<number>;
  close(): Promise<void>;
}

/** Starts a node and rehearses. */
export async function createStage(): Promise<Stage> {
  const sandbox = await createSandbox();
  const { folder, url } = sandbox;
  const product: Start = ({ to, out }, env) =>
    sandbox.start(
      `mint-batch --network localhost --json --count ${COUNT} --size ${SIZE} --workers 1 --to ${to} --out ${out}`.split(
        " ",
      ),
      env,
    );
  const rehearse = async () => {
    const request = newRequest(folder, true);
    const points = join(folder, `${request.to}.points`);
    const ending = await finished(product(request, { LOOP_POINTS: points }));
    const document = JSON.parse(ending.stdout) as {
      collection: string;
      recipe: string;
    };
    const labels = (await readFile(points, "utf8")).trim().split("\n");
    return { ...document, labels, seconds: ending.seconds };
  };
  const first = await rehearse();
  const { collection, recipe, ...usual } = await rehearse();
  const naive: Start = ({ to, count, out }, env) => {
    const notes = `${out}.notes`;
    const args = JSON.stringify({ url, collection, recipe, to, count, notes });
    return run([process.execPath, NAIVE, args], folder, env);
  };
  const auditor = createAuditor(url, collection);
  const { audit } = auditor;
  return {
    first,
    usual,
    product: (death) =>
      dieAndGoOn(product, death, { folder, files: true, audit }),
    naive: (death) => dieAndGoOn(naive, death, { folder, files: false, audit }),
    async productOnFreshChain(death) {
      await sandbox.restart();
      // Where the contracts will be is not known yet, but there are no others.
      const fresh = createAuditor(url, undefined);
      try {
        return await dieAndGoOn(product, death, {
          folder,
          files: true,
          audit: fresh.audit,
        });
      } finally {
        fresh.close();
      }
    },
    reverted: auditor.reverted,
    async close() {
      auditor.close();
      await sandbox.close();
    },
  };
}
