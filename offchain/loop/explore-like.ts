import { STEER_END } from "../generator/work/steer.ts";
import type { Observation } from "../kernel/observation.ts";
import { candidateSeed } from "../kernel/seed.ts";
import { parseTraitTable } from "../rarity/table.ts";
import type { PictureKey } from "./engine.ts";
import { dialsOf } from "./explore-dials.ts";
import { steered } from "./explore-sheets.ts";
import { workOfDigest } from "./explore-works.ts";
import {
  distanceOf,
  LOOK_SIZE,
  lookAt,
  type Look,
} from "./picture-distance.ts";
import type { EnginePool } from "./ports-pool.ts";
import type { Progress } from "./ports-progress.ts";
import type { Recipe } from "./recipe.ts";

/** A work and how far its look is from the one that is searched. */
export interface Found {
  readonly key: PictureKey;
  readonly distance: number;
}

/** A search: the nearest of the seeds, what other words brought, and what the dials did. */
export interface Search {
  readonly seed: Found & { readonly index: number };
  readonly words: Found;
  readonly dials: Found;
}

/** How many of the nearest seeds are followed. */
const FOLLOWED = 3;
/** Steps of the dials for each that is followed, and for the best of them in the end. */
const COARSE = [420, 180] as const;
const FINE = [300, 140, 60, 25] as const;
/** Dials that no example needs: the others say the same. */
const LEFT_OUT = ["truncation", "weather"];

interface Ports {
  readonly pool: EnginePool;
  readonly progress: Progress;
  readonly recipe: Pick<Recipe, "file" | "manifest">;
}

/**
 * Searches the work that looks most like a picture: the nearest of `candidates` seeds, then other words for its traits, then its dials,
 * each by coordinate descent. Nothing is drawn by lot, so the same picture finds the same work.
 */
export async function searchLike(
  ports: Ports,
  {
    example,
    seed,
    candidates,
    observation,
  }: {
    /** LOOK_SIZE squared, RGB. */
    readonly example: Uint8Array;
    readonly seed: Uint8Array;
    readonly candidates: number;
    readonly observation: Observation;
  },
): Promise<Search> {
  const wanted = lookAt(example);
  const keys = Array.from({ length: candidates }, (_, i) =>
    workOfDigest(ports.recipe, candidateSeed(seed, i, 0), observation),
  );
  const near = await measure(ports, wanted, keys, "search seeds");
  const order = near
    .map((found, index) => ({ ...found, index }))
    .sort((a, b) => a.distance - b.distance || a.index - b.index);
  const followed: Search[] = [];
  for (const seed of order.slice(0, FOLLOWED)) {
    const words = await betterWords(ports, wanted, seed);
    const dials = await betterDials(ports, wanted, words, COARSE);
    followed.push({ seed, words, dials });
    ports.progress.stage("refine", followed.length, FOLLOWED + 1);
  }
  const best = followed.reduce((a, b) =>
    b.dials.distance < a.dials.distance ? b : a,
  );
  // With the picture in its place, other words may be seen to fit better.
  const again = await betterWords(ports, wanted, best.dials);
  const dials = await betterDials(ports, wanted, again, FINE);
  ports.progress.stage("refine", FOLLOWED + 1, FOLLOWED + 1);
  return { ...best, dials };
}

async function betterWords(
  ports: Ports,
  wanted: Look,
  from: Found,
): Promise<Found> {
  const { traits: columns } = parseTraitTable(ports.recipe.file("traits"));
  let best: Found = { key: from.key, distance: from.distance };
  for (let moved = true, pass = 0; moved && pass < 2; pass++) {
    moved = false;
    for (const { name, values } of columns) {
      const others = values
        .filter((value) => value.name !== best.key.traits[name])
        .map((value) => ({
          ...best.key,
          traits: { ...best.key.traits, [name]: value.name },
        }));
      const next = nearest(await measure(ports, wanted, others));
      if (next === undefined || next.distance >= best.distance) continue;
      best = next;
      moved = true;
    }
  }
  return best;
}

async function betterDials(
  ports: Ports,
  wanted: Look,
  from: Found,
  steps: readonly number[],
): Promise<Found> {
  const names = dialsOf(ports.recipe, from.key.traits)
    .map(({ name }) => name)
    .filter((name) => !LEFT_OUT.includes(name));
  let best = from;
  for (const step of steps)
    for (let moved = true, pass = 0; moved && pass < 2; pass++) {
      moved = false;
      for (const name of names) {
        const at = best.key.steer?.[name] ?? 0;
        const moves = [at - step, at + step]
          .filter((value) => Math.abs(value) <= STEER_END)
          .map((value) => steered(best.key, { [name]: value }));
        const next = nearest(await measure(ports, wanted, moves));
        if (next === undefined || next.distance >= best.distance) continue;
        best = next;
        moved = true;
      }
    }
  return best;
}

async function measure(
  { pool, progress }: Ports,
  wanted: Look,
  keys: readonly PictureKey[],
  stage?: string,
): Promise<readonly Found[]> {
  let done = 0;
  return Promise.all(
    keys.map(async (key) => {
      const look = lookAt(await pool.pixels(key, LOOK_SIZE));
      if (stage !== undefined) progress.stage(stage, ++done, keys.length);
      return { key, distance: distanceOf(look, wanted) };
    }),
  );
}

/** The first of those that are nearest. */
function nearest(found: readonly Found[]): Found | undefined {
  return found.reduce<Found | undefined>(
    (best, one) =>
      best === undefined || one.distance < best.distance ? one : best,
    undefined,
  );
}
