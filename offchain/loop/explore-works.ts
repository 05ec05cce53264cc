import { fromHex, utf8 } from "../kernel/bytes.ts";
import { keccak256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import { splitTokenId } from "../kernel/ids.ts";
import { unpackObservation, type Observation } from "../kernel/observation.ts";
import { createRng } from "../kernel/rng.ts";
import { BATCH_PATHS } from "../publishing/paths.ts";
import { parseTranscript } from "../publishing/transcript.ts";
import { rollTraits } from "../rarity/roll.ts";
import { parseTraitTable } from "../rarity/table.ts";
import { candidateSeed } from "../kernel/seed.ts";
import {
  acceptedOf,
  deriveWorks,
  fixedOnChain,
  type DerivePorts,
} from "./derive.ts";
import type { PictureKey } from "./engine.ts";
import type { OpenArchive } from "./ports-archive.ts";
import type { EnginePool } from "./ports-pool.ts";
import type { Recipe } from "./recipe.ts";

/** The seed that a phrase stands for; 32 bytes in hexadecimal are a seed themselves. */
export function seedOf(phrase: string): Uint8Array {
  return /^0x[0-9a-fA-F]{64}$/.test(phrase)
    ? fromHex(phrase)
    : keccak256(utf8(phrase));
}

/** The work of a digest: its traits follow from it by the recipe's table. */
export function workOfDigest(
  recipe: Pick<Recipe, "file">,
  digest: Uint8Array,
  observation: Observation,
): PictureKey {
  const table = parseTraitTable(recipe.file("traits"));
  const rng = createRng(digest).fork("traits");
  return {
    digest,
    traits: rollTraits({ table, rng, observation }),
    observation,
  };
}

/** The work at an index of a seed, as a batch would have it: the first candidate that passes its own screens. */
export async function workOfSeed(
  pool: EnginePool,
  seed: Uint8Array,
  index: number,
  observation: Observation,
): Promise<PictureKey> {
  const tried = await pool.screen(seed, index, 0, observation);
  const last = tried.at(-1);
  if (last === undefined || !last.verdict.pass) {
    throw new FatalError(
      "explore/no-work",
      `No candidate for work ${index} of this seed passes its screens; choose another index.`,
    );
  }
  return { digest: fromHex(last.digest), traits: last.traits, observation };
}

/**
 * A minted work at its genesis: from its batch's archive, hash-checked up to the root on the chain, or chosen again without one.
 * @throws FatalError `verify/other-recipe`, `explore/no-work`.
 */
export async function workOfToken(
  ports: DerivePorts,
  token: bigint,
  archive: OpenArchive | undefined,
): Promise<PictureKey> {
  const { batch, index } = splitTokenId(token);
  const fixed = await fixedOnChain(Number(batch), ports);
  const observation = unpackObservation(fixed.conditions);
  const accepted =
    archive === undefined
      ? (await deriveWorks(fixed, ports)).map(acceptedOf).at(index)
      : parseTranscript(
          await archive.read(BATCH_PATHS.transcript),
        ).candidates.find((one) => one.index === index && one.pass);
  if (accepted === undefined) {
    throw new FatalError(
      "explore/no-work",
      `Token \`${token}\` is beyond the ${fixed.count} works of its batch; name one of those.`,
    );
  }
  const { attempt, traits } = accepted;
  const digest = candidateSeed(fixed.seed, index, attempt);
  return { digest, traits, observation };
}
