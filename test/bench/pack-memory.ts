/**
 * Memory while a batch is packed: `node --expose-gc test/bench/pack-memory.ts [works] [bytes]`. Prints what is live (heap and buffers
 * after a collection) and the peak of the whole process at token 100 and at the end; the first must not grow with the pictures.
 */
import { randomFillSync } from "node:crypto";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { nativeSha256 } from "../../offchain/adapters/blocks-hash.ts";
import { createCarFile } from "../../offchain/adapters/car-file.ts";
import { utf8 } from "../../offchain/kernel/bytes.ts";
import { createBatchPacker } from "../../offchain/publishing/batch.ts";
import { buildRecipe } from "../../offchain/publishing/recipe.ts";
import { recipeFixture } from "../kit/recipe-fixture.ts";

const MIB = 1_048_576;

function report(what: string): void {
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  const live = (heapUsed + arrayBuffers) / MIB;
  // `maxRSS` is in KiB.
  const peak = process.resourceUsage().maxRSS / 1_024;
  console.log(
    `${what.padEnd(16)} live ${live.toFixed(1)} MiB, peak of the process ${peak.toFixed(0)} MiB`,
  );
}

async function main(): Promise<void> {
  const [works = 5_000, bytes = 400_000] = process.argv.slice(2).map(Number);
  const folder = await mkdtemp(join(tmpdir(), "loop-pack-"));
  try {
    const path = join(folder, "batch.car");
    const packer = createBatchPacker({
      recipe: await buildRecipe(recipeFixture()),
      sink: await createCarFile(path),
      hash: nativeSha256,
    });
    for (let i = 0; i < works; i++) {
      const id = 1_000_000n + BigInt(i);
      await packer.addImage(id, randomFillSync(new Uint8Array(bytes)));
      await packer.addMetadata(id, utf8(`{"id":${id}}`.padEnd(1_500)));
      if (i === 99) report("token 100");
    }
    report(`token ${works}`);
    await packer.finish({ transcript: utf8("{}"), hashes: utf8("[]") });
    report("finished");
    console.log(
      `archive          ${((await stat(path)).size / MIB).toFixed(0)} MiB`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// Test runners load every file below test/; only a direct call measures.
if (import.meta.main) await main();
