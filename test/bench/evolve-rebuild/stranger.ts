/**
 * The stranger of `evolve-rebuild.ts`, a process of its own: `node stranger.ts DATA ANSWER`. Reads chain data (`chainData`), opens the
 * built-in recipe, and writes root and CIDs of every epoch. No archive, index or picture of the publisher's is within its reach.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { createCarArchives } from "../../../offchain/adapters/car-archives.ts";
import { createEnginePool } from "../../../offchain/adapters/engine-pool.ts";
import { readRecipeFiles } from "../../../offchain/adapters/recipe-files.ts";
import { readEpochFacts } from "../../../offchain/loop/epoch-facts.ts";
import type { EnginePool } from "../../../offchain/loop/ports-pool.ts";
import {
  rebuildEpoch,
  startRebuilding,
} from "../../../offchain/loop/rebuild-epoch.ts";
import { loadRecipe } from "../../../offchain/loop/recipe.ts";
import { createWorkshops } from "../../../offchain/loop/workshop.ts";
import { fakeChain, ledgerOf } from "../../kit/fake-chain.ts";

/** One epoch as it was rebuilt. */
export interface Answer {
  readonly epoch: number;
  readonly root: string;
  /** Token, CID of the picture, CID of the metadata. */
  readonly works: readonly (readonly [string, string, string])[];
}

const RECIPE = fileURLToPath(
  new URL("../../../offchain/recipes/genesis", import.meta.url),
);
const WORKERS = 2;

async function main(data: string, answer: string): Promise<void> {
  const chain = fakeChain(ledgerOf(await readFile(data, "utf8")));
  const recipe = await loadRecipe(await readRecipeFiles(RECIPE));
  const archives = createCarArchives({ store: join(answer, "nothing") });
  const pools: EnginePool[] = [];
  const ports = {
    chain,
    archives,
    hash: nativeSha256,
    progress: { stage: () => {}, note: () => {} },
    workshops: createWorkshops({
      recipes: [recipe],
      archives,
      pool({ files }) {
        const pool = createEnginePool({ files, workers: WORKERS });
        pools.push(pool);
        return pool;
      },
    }),
  };
  try {
    const rebuilding = startRebuilding(ports);
    const answers: Answer[] = [];
    const { count } = await chain.epochs();
    for (let epoch = 1; epoch <= count; epoch++) {
      const { round } = await chain.epochAt(epoch);
      const facts = await readEpochFacts(chain, round);
      const { root, works } = await rebuildEpoch(ports, facts, rebuilding);
      answers.push({
        epoch,
        root,
        works: works.map((work) => [
          `${work.id}`,
          work.imageCid,
          work.metadataCid,
        ]),
      });
    }
    await writeFile(answer, JSON.stringify(answers));
  } finally {
    await Promise.all(pools.map((pool) => pool.close()));
  }
}

if (import.meta.main) {
  const [data = "", answer = ""] = process.argv.slice(2);
  await main(data, answer);
}
