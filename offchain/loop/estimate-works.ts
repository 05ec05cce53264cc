import { createHashIndex } from "../guard/near-duplicate.ts";
import { toHex, utf8, type Hex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { unpackObservation } from "../kernel/observation.ts";
import type { CarSink } from "../publishing/block-sink.ts";
import { CAR_HEADER_BYTES, encodeFrameHead } from "../publishing/car-format.ts";
import type { Hasher } from "../publishing/cid.ts";
import { assemble } from "./assemble.ts";
import { acceptedOf, digestOf } from "./derive.ts";
import type { EnginePool } from "./ports-pool.ts";
import type { Clock } from "./ports-progress.ts";
import type { Recipe } from "./recipe.ts";
import { selectWorks } from "./select.ts";

/** Batch that a sample pretends to be. */
const BATCH = 1;

/** What making and keeping so many works takes, from a sample made on this machine. */
export interface WorksEstimate {
  /** Works that the sample made. */
  readonly sample: number;
  /** Bytes of one work in an archive, and of what every archive has once: the recipe. */
  readonly bytesPerWork: number;
  readonly bytesPerBatch: number;
  /** Of all archives together. */
  readonly bytes: number;
  /** To draw, grade, paint and pack them, and as long again to prove them; without waiting for blocks. */
  readonly seconds: number;
}

/**
 * Makes a few works of a seed that no batch has, as minting makes them, and measures them; everything else is proportion. Works differ
 * in size and in how many candidates they take, so the sample is an estimate and says how many it made.
 */
export async function estimateWorks(
  {
    counts,
    conditions,
    sample,
  }: {
    readonly counts: readonly number[];
    readonly conditions: Hex;
    readonly sample: number;
  },
  {
    recipe,
    pool,
    clock,
    hash,
  }: {
    readonly recipe: Recipe;
    readonly pool: EnginePool;
    readonly clock: Clock;
    readonly hash: Hasher;
  },
): Promise<WorksEstimate> {
  const observation = unpackObservation(conditions);
  const size = 2 ** observation.sizeLog2;
  const seed = sha256(utf8("estimate"));
  const draw = (count: number) =>
    selectWorks({
      count,
      screen: (index, from) => pool.screen(seed, index, from, observation),
      taken: createHashIndex(recipe.guard.nearDuplicate.distance, []),
      ahead: 2 * pool.workers,
    });
  // The workers' first work also loads the engine.
  await draw(pool.workers);
  const start = clock.elapsed();
  const works = await draw(sample);
  const pictures = await Promise.all(
    works.map((work) => {
      const { traits } = acceptedOf(work);
      return pool.paint({ digest: digestOf(work), traits, observation }, size);
    }),
  );
  const { sink, bytes } = countingSink();
  await assemble({
    batch: BATCH,
    seed: toHex(seed),
    conditions,
    recipe,
    works,
    picture: async ({ index }) => pictures[index] as Uint8Array,
    sink,
    hash,
  });
  const seconds = (clock.elapsed() - start) / 1_000;
  const bytesPerBatch = CAR_HEADER_BYTES + recipeBytes(recipe);
  const bytesPerWork = Math.ceil((bytes() - bytesPerBatch) / sample);
  const count = counts.reduce((sum, each) => sum + each, 0);
  return {
    sample,
    bytesPerWork,
    bytesPerBatch,
    bytes: counts.length * bytesPerBatch + count * bytesPerWork,
    seconds: (2 * count * seconds) / sample,
  };
}

function recipeBytes({ blocks }: Recipe): number {
  return blocks.reduce(
    (sum, { cid, bytes }) =>
      sum + encodeFrameHead(cid, bytes.length).length + bytes.length,
    0,
  );
}

/** Counts what an archive would hold, and keeps none of it. */
function countingSink(): {
  readonly sink: CarSink;
  readonly bytes: () => number;
} {
  let total = CAR_HEADER_BYTES;
  const seen = new Set<string>();
  return {
    bytes: () => total,
    sink: {
      put({ cid, bytes }) {
        const name = cid.toString();
        if (seen.has(name)) return;
        seen.add(name);
        total += encodeFrameHead(cid, bytes.length).length + bytes.length;
      },
      finish: () => Promise.resolve(),
      abort: () => Promise.resolve(),
    },
  };
}
