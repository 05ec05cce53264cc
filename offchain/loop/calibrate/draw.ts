import type { FeatureSpace } from "../../generator/likeness/features.ts";
import type { GuardConfig } from "../../guard/config.ts";
import type { References } from "../../guard/quotation.ts";
import { screen } from "../../guard/screen.ts";
import { utf8 } from "../../kernel/bytes.ts";
import { keccak256 } from "../../kernel/digest.ts";
import { NEUTRAL_OBSERVATION } from "../../kernel/observation.ts";
import { createRng } from "../../kernel/rng.ts";
import { candidateSeed } from "../../kernel/seed.ts";
import { rollTraits } from "../../rarity/roll.ts";
import type { TraitTable } from "../../rarity/table.ts";
import { PREVIEW_SIZE, type PictureKey } from "../engine.ts";
import { MAX_TRIES } from "../select.ts";
import type { Sample } from "./odds.ts";

/** A candidate with its preview and why it was rejected. */
export interface Drawn extends Sample {
  readonly preview: Uint8Array;
  readonly reasons: readonly string[];
}

/** What candidates are drawn and judged with. */
export interface Atelier {
  readonly pixels: (key: PictureKey, size: number) => Promise<Uint8Array>;
  readonly guard: GuardConfig;
  readonly references: References;
  readonly space: FeatureSpace;
}

/** So many candidates of a table, one a work, whether the guard accepts them or not. `drawn` is called as each is done. */
export async function drawCandidates(
  atelier: Atelier,
  table: TraitTable,
  count: number,
  drawn: () => void,
): Promise<Drawn[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const candidate = await draw(atelier, table, "candidates", index, 0);
      drawn();
      return candidate;
    }),
  );
}

/** So many works as a batch would choose them: all tries of each, the last accepted unless none of {@link MAX_TRIES} was. */
export async function drawWorks(
  atelier: Atelier,
  table: TraitTable,
  round: number,
  count: number,
  drawn: () => void,
): Promise<Drawn[][]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const tries: Drawn[] = [];
      while (tries.length < MAX_TRIES && tries.at(-1)?.accepted !== true)
        tries.push(
          await draw(atelier, table, `check ${round}`, index, tries.length),
        );
      drawn();
      return tries;
    }),
  );
}

async function draw(
  { pixels, guard, references, space }: Atelier,
  table: TraitTable,
  purpose: string,
  index: number,
  attempt: number,
): Promise<Drawn> {
  const observation = NEUTRAL_OBSERVATION;
  const seed = keccak256(utf8(`calibrate/${purpose}`));
  const digest = candidateSeed(seed, index, attempt);
  const rng = createRng(digest).fork("traits");
  const traits = rollTraits({ table, rng, observation });
  const preview = await pixels({ digest, traits, observation }, PREVIEW_SIZE);
  return {
    traits,
    preview,
    point: space(preview),
    ...judged(preview, { guard, references }),
  };
}

/** What a guard says of a preview, at the threshold that conditions have by default. */
export function judged(
  preview: Uint8Array,
  { guard, references }: Pick<Atelier, "guard" | "references">,
): Pick<Drawn, "accepted" | "reasons"> {
  const { pass, reasons } = screen(preview, {
    config: guard,
    threshold: NEUTRAL_OBSERVATION.guardThreshold,
    references,
  });
  return { accepted: pass, reasons };
}
