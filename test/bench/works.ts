import { readFileSync } from "node:fs";

import { loadModel, type Model } from "../../offchain/generator/model/model.ts";
import { planWork, type WorkPlan } from "../../offchain/generator/work/plan.ts";
import { renderWork } from "../../offchain/generator/work/render.ts";
import { parseGuardConfig } from "../../offchain/guard/config.ts";
import { createHashIndex } from "../../offchain/guard/near-duplicate.ts";
import { perceptualHash } from "../../offchain/guard/perceptual-hash.ts";
import { screen } from "../../offchain/guard/screen.ts";
import { utf8 } from "../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../offchain/kernel/digest.ts";
import {
  NEUTRAL_OBSERVATION,
  type Observation,
} from "../../offchain/kernel/observation.ts";
import { createRng } from "../../offchain/kernel/rng.ts";
import { candidateSeed } from "../../offchain/kernel/seed.ts";
import type { Traits } from "../../offchain/kernel/traits.ts";
import { rollTraits } from "../../offchain/rarity/roll.ts";
import { parseTraitTable } from "../../offchain/rarity/table.ts";

const RECIPE = new URL("../../offchain/recipes/genesis/", import.meta.url);
const PREVIEW = 64;
const MOST_TRIES = 16;

/** One candidate: what it was, and why it was rejected (nothing if it was taken). */
export type Try = Readonly<{
  /** H(seed, index, attempt). */
  digest: Uint8Array;
  traits: Traits;
  plan: WorkPlan;
  reasons: readonly string[];
  scores: Readonly<Record<string, number>>;
}>;

/** The built-in recipe, picking works as the loop does. */
export type Picker = Readonly<{
  model: Model;
  /** All tries for the work at `index`; the last one is taken, unless it too has reasons. */
  pick: (index: number) => Try[];
}>;

/** Opens the built-in recipe (or other weights) for a seed phrase. Near-duplicates are looked for among what it has picked. */
export async function createPicker(
  phrase: string,
  weights?: string,
  observation: Observation = NEUTRAL_OBSERVATION,
): Promise<Picker> {
  const model = await loadModel({
    kernels: readFileSync(new URL("kernels.wasm", RECIPE)),
    weights: readFileSync(weights ?? new URL("base.weights", RECIPE)),
  });
  const table = parseTraitTable(readFileSync(new URL("traits.json", RECIPE)));
  const config = parseGuardConfig(readFileSync(new URL("guard.json", RECIPE)));
  const seed = keccak256(utf8(phrase));
  const taken = createHashIndex(config.nearDuplicate.distance);
  const attemptOf = (index: number, attempt: number): Try => {
    const digest = candidateSeed(seed, index, attempt);
    const traits = rollTraits({
      table,
      rng: createRng(digest).fork("traits"),
      observation,
    });
    const plan = planWork({ digest, traits, observation });
    const preview = renderWork(model, plan, PREVIEW);
    const { pass, reasons, scores } = screen(preview, {
      config,
      threshold: observation.guardThreshold,
    });
    const hash = perceptualHash(preview);
    const twin = pass && taken.has(hash);
    if (pass && !twin) taken.add(hash);
    return {
      digest,
      traits,
      plan,
      scores,
      reasons: twin ? ["near-duplicate"] : reasons,
    };
  };
  return {
    model,
    pick(index) {
      const tries: Try[] = [];
      while (tries.length < MOST_TRIES && tries.at(-1)?.reasons.length !== 0)
        tries.push(attemptOf(index, tries.length));
      return tries;
    },
  };
}
