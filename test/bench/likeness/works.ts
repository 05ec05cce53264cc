import type { GuardConfig } from "../../../offchain/guard/config.ts";
import { createHashIndex } from "../../../offchain/guard/near-duplicate.ts";
import { perceptualHash } from "../../../offchain/guard/perceptual-hash.ts";
import { prepareReferences } from "../../../offchain/guard/quotation.ts";
import { screen } from "../../../offchain/guard/screen.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../../offchain/kernel/digest.ts";
import { NEUTRAL_OBSERVATION } from "../../../offchain/kernel/observation.ts";
import { createRng } from "../../../offchain/kernel/rng.ts";
import { candidateSeed } from "../../../offchain/kernel/seed.ts";
import type { Traits } from "../../../offchain/kernel/traits.ts";
import type { PictureKey } from "../../../offchain/loop/engine.ts";
import { MAX_TRIES, NEAR_DUPLICATE } from "../../../offchain/loop/select.ts";
import { rollTraits } from "../../../offchain/rarity/roll.ts";
import type { TraitTable } from "../../../offchain/rarity/table.ts";
import type { Tuned } from "./model.ts";

/** One candidate; it is a work if it has no reasons. */
export type Drawn = Readonly<{
  key: PictureKey;
  traits: Traits;
  preview: Uint8Array;
  reasons: readonly string[];
}>;

/** A batch, picked as the loop picks: each work's first candidate that the guard passes and that is like none before. */
export type Batch = Readonly<{
  works: readonly Drawn[];
  tries: readonly Drawn[];
  /** Milliseconds to draw a candidate, and of processor time to judge it. */
  each: number;
  judged: number;
}>;

/** Draws a batch of a seed phrase. */
export function drawBatch(
  tuned: Tuned,
  recipe: { table: TraitTable; guard: GuardConfig; references: Uint8Array[] },
  count: number,
  phrase: string,
): Batch {
  const { table, guard } = recipe;
  const observation = NEUTRAL_OBSERVATION;
  const references = prepareReferences(recipe.references);
  const seed = keccak256(utf8(phrase));
  const taken = createHashIndex(guard.nearDuplicate.distance);
  const tries: Drawn[] = [];
  let [drawing, judging] = [0, 0];
  for (let index = 0; index < count; index++)
    for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
      const digest = candidateSeed(seed, index, attempt);
      const rng = createRng(digest).fork("traits");
      const traits = rollTraits({ table, rng, observation });
      const key = { digest, traits, observation };
      const began = performance.now();
      const preview = tuned.weave(key, 64);
      drawing += performance.now() - began;
      const before = process.cpuUsage();
      const { reasons } = screen(preview, {
        config: guard,
        threshold: observation.guardThreshold,
        references,
      });
      const { user, system } = process.cpuUsage(before);
      judging += (user + system) / 1000;
      const hash = perceptualHash(preview);
      const twin = reasons.length === 0 && taken.has(hash);
      tries.push({
        key,
        traits,
        preview,
        reasons: twin ? [NEAR_DUPLICATE] : reasons,
      });
      if (reasons.length > 0 || twin) continue;
      taken.add(hash);
      break;
    }
  return {
    works: tries.filter(({ reasons }) => reasons.length === 0),
    tries,
    each: drawing / tries.length,
    judged: judging / tries.length,
  };
}
