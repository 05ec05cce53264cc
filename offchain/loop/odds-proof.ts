import { FatalError } from "../kernel/errors.ts";
import { tokenId } from "../kernel/ids.ts";
import { unpackObservation, type Observation } from "../kernel/observation.ts";
import { createRng } from "../kernel/rng.ts";
import type { Traits } from "../kernel/traits.ts";
import { parseMetadata } from "../publishing/metadata.ts";
import { tokenPaths } from "../publishing/paths.ts";
import { odds, type ValueOdds } from "../rarity/odds.ts";
import { rollTraits } from "../rarity/roll.ts";
import { parseTraitTable } from "../rarity/table.ts";
import {
  acceptedOf,
  deriveWorks,
  digestOf,
  fixedOnChain,
  type DerivePorts,
} from "./derive.ts";
import type { OpenArchive } from "./ports-archive.ts";
import type { Progress } from "./ports-progress.ts";
import type { Recipe } from "./recipe.ts";
import { verifyBatch } from "./verify-batch.ts";

/** The chances of one value, and how often it came out. */
export interface DrawnOdds extends ValueOdds {
  /** Works that should have it, in thousandths. */
  readonly expected: number;
  /** Works that have it. */
  readonly drawn: number;
}

/** A batch that obeyed its odds. */
export interface OddsProof {
  readonly batch: number;
  readonly works: number;
  /** The conditions fixed at its opening. */
  readonly observation: Observation;
  readonly odds: readonly DrawnOdds[];
  /** What the works were compared with: the published files, or the root on the chain by a rebuild of every file. */
  readonly against: "archive" | "rebuild";
}

type OddsPorts = DerivePorts & { readonly progress: Progress };

/** The odds of a recipe under an observation. */
export function oddsOf(
  recipe: Recipe,
  observation: Observation,
): readonly ValueOdds[] {
  return odds({ table: parseTraitTable(recipe.file("traits")), observation });
}

/**
 * Proves by replay that a sealed batch obeyed the odds of the conditions fixed at its opening: every work is chosen again from the
 * chain, its traits are drawn again from the table, and the published files must show just these.
 * @param archive the batch's files, if they are at hand; otherwise all of them are made again and compared with the root.
 * @throws FatalError `odds/not-obeyed` naming the first work that has other traits, `verify/other-archive`, `verify/mismatch`,
 * `verify/not-sealed`, and those of deriving a batch.
 */
export async function proveOdds(
  ports: OddsPorts,
  batch: number,
  archive?: OpenArchive,
): Promise<OddsProof> {
  const { chain, progress, recipe } = ports;
  const { root, status } = await chain.batchOf(batch);
  if (status !== "sealed") {
    throw new FatalError(
      "verify/not-sealed",
      `Batch \`${batch}\` is not sealed; there is nothing to prove yet.`,
    );
  }
  if (archive !== undefined && archive.root !== root) {
    throw new FatalError(
      "verify/other-archive",
      `The archive holds \`${archive.root}\`, but batch ${batch} is sealed as ${root}; give its own CAR.`,
    );
  }
  const fixed = await fixedOnChain(batch, ports);
  const observation = unpackObservation(fixed.conditions);
  const table = parseTraitTable(recipe.file("traits"));
  const works = await deriveWorks(fixed, ports, ({ index }) =>
    progress.stage("odds (candidates)", index + 1, fixed.count),
  );
  const drawn: Traits[] = [];
  for (const work of works) {
    const rng = createRng(digestOf(work)).fork("traits");
    const traits = rollTraits({ table, rng, observation });
    const id = tokenId(batch, work.index);
    requireSame(id, traits, acceptedOf(work).traits, "chosen");
    if (archive !== undefined)
      requireSame(id, traits, await publishedTraits(archive, id), "published");
    drawn.push(traits);
    progress.stage("odds (replay)", drawn.length, fixed.count);
  }
  if (archive === undefined) await verifyBatch(ports, batch);
  return {
    batch,
    works: drawn.length,
    observation,
    odds: odds({ table, observation }).map((value) => ({
      ...value,
      expected: Math.round((value.share * drawn.length) / 1_000),
      drawn: drawn.filter((traits) => traits[value.trait] === value.value)
        .length,
    })),
    against: archive === undefined ? "rebuild" : "archive",
  };
}

/** The traits that a published metadata file shows; it may show more than traits. */
async function publishedTraits(
  archive: OpenArchive,
  id: bigint,
): Promise<Traits> {
  const { attributes } = parseMetadata(
    await archive.read(tokenPaths(id).metadata),
  );
  return Object.fromEntries(
    attributes.map(({ trait_type: name, value }) => [name, `${value}`]),
  );
}

function requireSame(
  id: bigint,
  drawn: Traits,
  shown: Traits,
  where: string,
): void {
  for (const [trait, value] of Object.entries(drawn)) {
    if (shown[trait] === value) continue;
    throw new FatalError(
      "odds/not-obeyed",
      `Work \`${id}\` was ${where} with ${trait} \`${shown[trait] ?? "none"}\`, but the table gives \`${value}\`; do not trust this batch.`,
    );
  }
}
