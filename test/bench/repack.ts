/**
 * What an epoch costs, by how much of the collection changed: `node test/bench/repack.ts [works] [bytes] [batch]` (20,000 works of
 * 20,000 bytes in batches of 5,000). Stand-in works are packed once, then again with some of them changed, evenly over all batches,
 * which is the worst case for directories; the real store, index and archives are in use. Then a few works of the built-in recipe
 * are painted at 512 pixels, and from both core-hours and bytes per epoch are told for larger collections. Times are processor
 * seconds of this process, so that a busy machine changes little.
 */
import { randomFillSync } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { nativeSha256 } from "../../offchain/adapters/blocks-hash.ts";
import { createCarArchives } from "../../offchain/adapters/car-archives.ts";
import { readRecipeFiles } from "../../offchain/adapters/recipe-files.ts";
import { fromHex, utf8, type Hex } from "../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../offchain/kernel/digest.ts";
import { tokenId } from "../../offchain/kernel/ids.ts";
import { NEUTRAL_OBSERVATION } from "../../offchain/kernel/observation.ts";
import { createEngine } from "../../offchain/loop/engine.ts";
import type { Archives } from "../../offchain/loop/ports-archive.ts";
import {
  createEpochPacker,
  type EpochWork,
  type PackedEpoch,
} from "../../offchain/publishing/epoch.ts";
import type { Link } from "../../offchain/publishing/unixfs-file.ts";

const CHANGES = [0, 1, 5, 20, 100];
const METADATA_BYTES = 1_700;
const SIZE = 512;
const SAMPLE = 8;
const COLLECTIONS = [10_000, 100_000, 1_000_000];

/** Processor seconds of this process since some moment. */
function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** A collection of stand-in works, as it is packed from epoch to epoch. */
interface Collection {
  readonly works: readonly (readonly EpochWork[])[];
  readonly directories: readonly (Link | undefined)[];
}

type Repacked = PackedEpoch & {
  readonly collection: Collection;
  readonly seconds: number;
};

async function pack(
  archives: Archives,
  { roots, car }: { readonly roots: readonly Hex[]; readonly car: string },
  before: Collection,
  changed: (index: number) => boolean,
  bytes: number,
): Promise<Repacked> {
  const [picture, metadata] = [
    new Uint8Array(bytes),
    new Uint8Array(METADATA_BYTES),
  ];
  // The index of what the archives hold was made when they were kept.
  await (await archives.layers({ roots })).close();
  let filling = 0;
  const start = cpu();
  const layers = await archives.layers({ roots });
  const packer = createEpochPacker({
    sink: await archives.create(car),
    held: (cid) => layers.holds(cid.toString()),
    hash: nativeSha256,
  });
  const works: EpochWork[][] = [];
  const directories: (Link | undefined)[] = [];
  let index = 0;
  for (const [i, batch] of before.works.entries()) {
    const list: EpochWork[] = [];
    let touched = false;
    for (const work of batch) {
      if (!changed(index++)) {
        list.push(work);
        continue;
      }
      touched = true;
      const begun = cpu();
      randomFillSync(picture);
      randomFillSync(metadata);
      filling += cpu() - begun;
      const image = await packer.addFile(picture);
      list.push({
        id: work.id,
        image,
        metadata: await packer.addFile(metadata),
      });
    }
    const directory = before.directories[i];
    if (!touched && directory !== undefined) {
      packer.linkBatch(i + 1, directory);
      directories.push(directory);
    } else directories.push(await packer.addBatch(i + 1, list));
    works.push(list);
  }
  const packed = await packer.finish();
  await layers.close();
  const seconds = cpu() - start - filling;
  return { ...packed, collection: { works, directories }, seconds };
}

async function repack(
  count: number,
  bytes: number,
  batch: number,
): Promise<Repacked[]> {
  const folder = await mkdtemp(join(tmpdir(), "loop-repack-"));
  try {
    const archives = createCarArchives({ store: join(folder, "cars") });
    const none = { cid: "", size: 0 };
    const ids = Array.from({ length: Math.ceil(count / batch) }, (_, b) =>
      Array.from({ length: Math.min(batch, count - b * batch) }, (_x, i) => ({
        id: tokenId(b + 1, i),
        image: none,
        metadata: none,
      })),
    );
    const car = (name: string): string => join(folder, `${name}.car`);
    const first = await pack(
      archives,
      { roots: [], car: car("first") },
      { works: ids, directories: [] },
      () => true,
      bytes,
    );
    await archives.keep(first.digest, car("first"));
    console.log(
      `first epoch    ${line(first)}   (${count} works of ${bytes} bytes in ${ids.length} batches)`,
    );
    const rows: Repacked[] = [];
    for (const share of CHANGES) {
      const row = await pack(
        archives,
        { roots: [first.digest], car: car(`${share}`) },
        first.collection,
        // Evenly spread: of each hundred works the first so many.
        (index) => (index * 37) % 100 < share,
        bytes,
      );
      rows.push(row);
      console.log(`${`${share} %`.padStart(5)} changed   ${line(row)}`);
      await rm(car(`${share}`));
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function line({
  blocksWritten,
  bytesWritten,
  blocksShared,
  seconds,
}: Repacked): string {
  return `blocks ${`${blocksWritten}`.padStart(6)}  bytes ${`${bytesWritten}`.padStart(11)}  shared ${`${blocksShared}`.padStart(5)}  ${seconds.toFixed(2).padStart(6)} s`;
}

/** Seconds and bytes of one picture of the built-in recipe, in some state other than genesis. */
async function paintSome(): Promise<{ seconds: number; bytes: number }> {
  const folder = fileURLToPath(
    new URL("../../offchain/recipes/genesis", import.meta.url),
  );
  const engine = await createEngine(await readRecipeFiles(folder));
  const seed = keccak256(utf8("repack"));
  const observation = NEUTRAL_OBSERVATION;
  const keys = Array.from({ length: SAMPLE + 1 }, (_, index) => {
    const { digest, traits } = engine.candidate(seed, index, 0, observation);
    return { digest: fromHex(digest), traits, observation };
  });
  let [seconds, bytes] = [0, 0];
  for (const [i, key] of keys.entries()) {
    const start = cpu();
    const png = engine.paint(key, SIZE);
    // The first call warms the engine up.
    if (i === 0) continue;
    seconds += cpu() - start;
    bytes += png.length;
  }
  return { seconds: seconds / SAMPLE, bytes: bytes / SAMPLE };
}

async function main(): Promise<void> {
  const [count = 20_000, bytes = 20_000, batch = 5_000] = process.argv
    .slice(2)
    .map(Number);
  const rows = await repack(count, bytes, batch);
  const [none, , five, , all] = rows;
  if (none === undefined || five === undefined || all === undefined) return;
  const changed = count / 20;
  console.log(
    `bytes per changed work: ${Math.round(five.bytesWritten / changed)} at 5 %, ${Math.round(all.bytesWritten / count)} at 100 %`,
  );
  const paint = await paintSome();
  console.log(
    `measured at ${SIZE} pixels: ${paint.seconds.toFixed(2)} core-seconds and ${Math.round(paint.bytes)} bytes a picture (${SAMPLE} works)`,
  );
  console.log(
    `an epoch, extrapolated from one work and from the ${count} packed above:`,
  );
  for (const works of COLLECTIONS)
    for (const [share, row] of [
      [5, five],
      [100, all],
    ] as const) {
      const fresh = (works * share) / 100;
      const packing = (row.seconds / ((count * share) / 100)) * fresh;
      const rest = row.bytesWritten / ((count * share) / 100) - bytes;
      const hours = (paint.seconds * fresh + packing) / 3600;
      const gigabytes = (fresh * (paint.bytes + rest)) / 1e9;
      console.log(
        `${`${works}`.padStart(8)} works, ${`${share}`.padStart(3)} % changed: ${hours.toFixed(2).padStart(7)} core-hours (packing ${(packing / 3600).toFixed(3)}), ${gigabytes.toFixed(2).padStart(7)} GB`,
      );
    }
}

// Test runners load every file below test/; only a direct call measures.
if (import.meta.main) await main();
