import { encodePng } from "../generator/png.ts";
import type { WorkState } from "../generator/evolution/state.ts";
import type { Steer } from "../generator/work/steer.ts";
import { parseGuardConfig } from "../guard/config.ts";
import { perceptualHash } from "../guard/perceptual-hash.ts";
import { screen, type Verdict } from "../guard/screen.ts";
import { toHex, type Hex } from "../kernel/bytes.ts";
import type { Observation } from "../kernel/observation.ts";
import { createRng } from "../kernel/rng.ts";
import { candidateSeed } from "../kernel/seed.ts";
import type { Traits } from "../kernel/traits.ts";
import { openRecipe } from "../publishing/recipe.ts";
import { rollTraits } from "../rarity/roll.ts";
import { parseTraitTable } from "../rarity/table.ts";
import { painterOf } from "./painter.ts";
import { MAX_TRIES } from "./select.ts";

/** Side of the render that every screen looks at, pixels. */
export const PREVIEW_SIZE = 64;

/** One draw for one work, before it is compared with other works. */
export interface Candidate {
  /** n of H(seed, i, n), from 0. */
  readonly attempt: number;
  /** H(seed, i, n): everything about the picture follows from it, the traits, the recipe and the conditions. */
  readonly digest: Hex;
  readonly traits: Traits;
  /** Perceptual hash of the preview. */
  readonly hash: Hex;
  readonly verdict: Verdict;
}

/** What fixes one picture. */
export interface PictureKey {
  readonly digest: Uint8Array;
  readonly traits: Traits;
  readonly observation: Observation;
  /** What it has evolved to; genesis if left out. */
  readonly state?: WorkState;
  /** Dials that somebody turned: then it is of class *chosen*, and no batch holds it. */
  readonly steer?: Steer;
  /** The picture on the way to another work, of class *chosen* too; thousandths of the way, 0 being this one and 1000 the other. */
  readonly towards?: {
    readonly key: Omit<PictureKey, "towards">;
    readonly share: number;
  };
}

/** A recipe brought to life: from seeds to candidates to bytes. Pure: same arguments, same bytes, on every machine. */
export interface Engine {
  /** Candidate `attempt` of the work at `index`. */
  candidate(
    seed: Uint8Array,
    index: number,
    attempt: number,
    observation: Observation,
  ): Candidate;
  /** Candidates from attempt `from` up to and with the first that passes its own screens, or the last try allowed. */
  screen(
    seed: Uint8Array,
    index: number,
    from: number,
    observation: Observation,
  ): Candidate[];
  /** The picture as PNG bytes; `size` is the side in pixels. */
  paint(key: PictureKey, size: number): Uint8Array;
  /** The picture as `size * size * 3` bytes RGB. */
  pixels(key: PictureKey, size: number): Uint8Array;
}

/**
 * Loads a recipe directory into an engine: that of the base for version 1, the one that weaves for version 2.
 * @throws LoopError `publishing/*`, `generator/*`, `adapter/*`, `guard/*` or `rarity/*` if a file is missing, altered or malformed.
 */
export async function createEngine(
  files: ReadonlyMap<string, Uint8Array>,
): Promise<Engine> {
  const recipe = openRecipe(files);
  const table = parseTraitTable(recipe.file("traits"));
  const guard = parseGuardConfig(recipe.file("guard"));
  const { pixels, references } = await painterOf(recipe, guard);
  const candidate: Engine["candidate"] = (
    seed,
    index,
    attempt,
    observation,
  ) => {
    const digest = candidateSeed(seed, index, attempt);
    const rng = createRng(digest).fork("traits");
    const traits = rollTraits({ table, rng, observation });
    const preview = pixels({ digest, traits, observation }, PREVIEW_SIZE);
    const verdict = screen(preview, {
      config: guard,
      threshold: observation.guardThreshold,
      ...(references === undefined ? {} : { references: references() }),
    });
    return {
      attempt,
      digest: toHex(digest),
      traits,
      hash: perceptualHash(preview),
      verdict,
    };
  };
  return {
    candidate,
    pixels,
    screen(seed, index, from, observation) {
      const candidates: Candidate[] = [];
      for (let attempt = from; attempt < MAX_TRIES; attempt++) {
        const next = candidate(seed, index, attempt, observation);
        candidates.push(next);
        if (next.verdict.pass) break;
      }
      return candidates;
    },
    paint: (key, size) =>
      encodePng(pixels(key, size), { width: size, height: size }),
  };
}
