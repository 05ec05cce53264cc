import { createHashIndex } from "../guard/near-duplicate.ts";
import { fromHex, type Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { unpackObservation } from "../kernel/observation.ts";
import { batchSeed, seedWord } from "../kernel/seed.ts";
import type { Hasher } from "../publishing/cid.ts";
import { BATCH_PATHS } from "../publishing/paths.ts";
import { parseHashes } from "../publishing/transcript.ts";
import type { Chain, OpenedEvent, SealedEvent } from "./chain.ts";
import type { Archives } from "./ports-archive.ts";
import type { EnginePool } from "./ports-pool.ts";
import type { Recipe } from "./recipe.ts";
import { selectWorks, type SelectedWork } from "./select.ts";

/** A recipe, and workers that know it. */
export interface Workshop {
  readonly recipe: Recipe;
  readonly pool: EnginePool;
}

/**
 * Finds the recipe that a batch with this root was made with.
 * @throws FatalError `recipe/unknown` if nobody here has it.
 */
export type Workshops = (recipe: Hex, batchRoot: Hex) => Promise<Workshop>;

/** What deriving a batch again needs: the chain, the recipe, workers, and (only to be faster) archives of earlier batches. */
export interface DerivePorts extends Workshop {
  readonly chain: Chain;
  readonly archives: Archives;
  /** SHA-256 for packing; the exact path hashes by itself. */
  readonly hash: Hasher;
  /** For earlier batches of other recipes, where their archives are not at hand. */
  readonly workshops?: Workshops;
  /** Perceptual hashes of batches that were derived already, by number: with many batches each is derived once. */
  readonly derived?: Map<number, readonly Hex[]>;
}

/** A batch as the chain fixed it. */
export interface Fixed {
  readonly seed: Uint8Array;
  readonly count: number;
  readonly conditions: Hex;
  readonly opened: Pick<OpenedEvent, "block" | "logIndex">;
}

/**
 * The works of a batch: a pure function of what the chain fixed and of the batches sealed before it.
 * The one piece of code that minting and verifying share on purpose: there is one rule.
 */
export async function deriveWorks(
  { seed, count, conditions, opened }: Fixed,
  ports: DerivePorts,
  onSelected: (work: SelectedWork) => void = () => undefined,
): Promise<SelectedWork[]> {
  const { pool, recipe } = ports;
  const observation = unpackObservation(conditions);
  return selectWorks({
    count,
    screen: (index, from) => pool.screen(seed, index, from, observation),
    taken: createHashIndex(
      recipe.guard.nearDuplicate.distance,
      await hashesBefore(opened, ports),
    ),
    ahead: 2 * pool.workers,
    onSelected,
  });
}

/** The recipe that a batch is expected to be of. */
interface FixedBy {
  readonly recipe: Pick<Recipe, "id">;
}

/**
 * What the chain says about a batch, with its seed.
 * @throws FatalError `verify/other-recipe` if it was opened under another recipe than the one loaded.
 */
export async function fixedOnChain(
  batch: number,
  { chain, recipe }: Pick<DerivePorts, "chain"> & FixedBy,
): Promise<Fixed> {
  const opened = await chain.openedEvent(batch);
  if (opened.recipe !== recipe.id) {
    throw new FatalError(
      "verify/other-recipe",
      `Batch \`${batch}\` was made with recipe ${opened.recipe}; give the CAR that holds it with --car.`,
    );
  }
  const { seedBlock } = await chain.batchOf(batch);
  const seed = batchSeed({
    seedWord: seedWord(await chain.blockByNumber(seedBlock)),
    batch,
    recipe: opened.recipe,
    conditions: opened.conditions,
  });
  return { seed, count: opened.count, conditions: opened.conditions, opened };
}

/** Perceptual hashes of every batch sealed before an opening, oldest batch first: from its archive, else derived again. */
export async function hashesBefore(
  opened: Fixed["opened"],
  ports: DerivePorts,
): Promise<Hex[]> {
  const hashes: Hex[] = [];
  for (const sealed of await ports.chain.sealedEvents(opened))
    hashes.push(...(await hashesOf(sealed, ports)));
  return hashes;
}

async function hashesOf(
  { batch, root, recipe }: SealedEvent,
  ports: DerivePorts,
): Promise<readonly Hex[]> {
  const known = ports.derived?.get(batch);
  if (known !== undefined) return known;
  const archive = await ports.archives.find(root);
  if (archive === undefined) {
    const other = recipe !== ports.recipe.id && ports.workshops !== undefined;
    const own = other
      ? { ...ports, ...(await ports.workshops(recipe, root)) }
      : ports;
    const works = await deriveWorks(await fixedOnChain(batch, own), own);
    const hashes = works.map((work) => acceptedOf(work).hash);
    ports.derived?.set(batch, hashes);
    return hashes;
  }
  try {
    return parseHashes(await archive.read(BATCH_PATHS.hashes)).hashes;
  } finally {
    await archive.close();
  }
}

/** The accepted candidate of a decided work. */
export function acceptedOf({
  index,
  tried,
}: SelectedWork): SelectedWork["tried"][number] {
  const last = tried.at(-1);
  if (last === undefined)
    throw new FatalError(
      "guard/no-candidate",
      `Work \`${index}\` has no candidate.`,
    );
  return last;
}

/** The digest of the accepted candidate, as bytes. */
export function digestOf(work: SelectedWork): Uint8Array {
  return fromHex(acceptedOf(work).digest);
}
