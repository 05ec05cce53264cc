import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../offchain/kernel/errors.ts";
import { splitTokenId } from "../offchain/kernel/ids.ts";
import { NEUTRAL_OBSERVATION } from "../offchain/kernel/observation.ts";
import { drawingOf, parseChosen } from "../offchain/loop/chosen.ts";
import type { PictureKey } from "../offchain/loop/engine.ts";
import {
  workOfDigest,
  workOfSeed,
  workOfToken,
} from "../offchain/loop/explore-works.ts";
import { recipeInArchive, type Recipe } from "../offchain/loop/recipe.ts";
import type { EnginePool } from "../offchain/loop/ports-pool.ts";
import { compose, recipeFrom, type Deps } from "./compose.ts";
import type { Studio } from "./compose/exploring.ts";
import type { Start } from "./console/exploring-options.ts";
import { requireLasting } from "./lasting.ts";

/** Works to begin at, and an engine of the one recipe that all of them are of. */
export interface Begun {
  readonly recipe: Recipe;
  readonly pool: EnginePool;
  readonly works: readonly PictureKey[];
}

interface Beginning {
  readonly studio: Studio;
  readonly starts: readonly Start[];
  /** `--recipe`. */
  readonly named: string | undefined;
  readonly workers: number;
  /** Works of a seed that names no index. */
  readonly count: number;
}

/**
 * Finds the works that exploring begins at. A chain is asked only about those that were minted.
 * @throws FatalError `explore/mixed-recipes`, and those of finding works and recipes. Whatever it throws, no worker is left.
 */
export async function begin(
  hre: HardhatRuntimeEnvironment,
  beginning: Beginning,
): Promise<Begun> {
  const { studio, starts, workers } = beginning;
  const minted = starts.some(({ kind }) => kind === "token");
  const deps = minted
    ? await compose(hre, { deploy: false, keys: false })
    : undefined;
  let pool: EnginePool | undefined;
  try {
    const recipe = await oneRecipe(hre, beginning, deps);
    pool = studio.pool(recipe, workers);
    const works: PictureKey[] = [];
    for (const start of starts)
      works.push(
        ...(await worksAt(start, { ...beginning, recipe, pool, deps })),
      );
    return { recipe, pool, works };
  } catch (error) {
    await pool?.close();
    throw error;
  } finally {
    await deps?.close();
  }
}

/** The recipe that every start is of: the named one, else that of what was minted or chosen, else the built-in one. */
async function oneRecipe(
  hre: HardhatRuntimeEnvironment,
  { studio, starts, named }: Beginning,
  deps: Deps | undefined,
): Promise<Recipe> {
  const ids = new Set<string>();
  let found = named === undefined ? undefined : await recipeFrom(hre, named);
  if (found !== undefined) ids.add(found.id);
  for (const start of starts) {
    if (start.kind === "file") {
      const { recipe } = parseChosen(await studio.files.read(start.path));
      ids.add(recipe);
      if (ids.size === 1) found ??= await recipeFrom(hre, recipe);
    }
    if (start.kind !== "token" || deps === undefined) continue;
    requireLasting(deps, `Token \`${start.token}\``);
    const batch = Number(splitTokenId(start.token).batch);
    const { recipe } = await deps.chain.openedEvent(batch);
    ids.add(recipe);
    if (ids.size === 1) found ??= await recipeOf(hre, deps, batch, recipe);
  }
  if (ids.size < 2) return found ?? recipeFrom(hre);
  throw new FatalError(
    "explore/mixed-recipes",
    `These works are of ${ids.size} recipes, ${[...ids].join(" and ")}; one model draws one sheet, so name works of one.`,
  );
}

async function recipeOf(
  hre: HardhatRuntimeEnvironment,
  { chain, archives }: Deps,
  batch: number,
  id: string,
): Promise<Recipe> {
  const archive = await archives.find((await chain.batchOf(batch)).root);
  try {
    return archive === undefined
      ? await recipeFrom(hre, id)
      : await recipeInArchive(archive);
  } finally {
    await archive?.close();
  }
}

async function worksAt(
  start: Start,
  {
    studio,
    count,
    recipe,
    pool,
    deps,
  }: Beginning & {
    readonly recipe: Recipe;
    readonly pool: EnginePool;
    readonly deps: Deps | undefined;
  },
): Promise<readonly PictureKey[]> {
  if (start.kind === "file")
    return drawingOf(parseChosen(await studio.files.read(start.path))).pictures;
  if (start.kind === "digest")
    return [workOfDigest(recipe, start.digest, NEUTRAL_OBSERVATION)];
  if (start.kind === "seed") {
    const { seed, index } = start;
    const wanted =
      index === undefined
        ? Array.from({ length: count }, (_, i) => i)
        : [index];
    return Promise.all(
      wanted.map((i) => workOfSeed(pool, seed, i, NEUTRAL_OBSERVATION)),
    );
  }
  if (deps === undefined) throw new TypeError("tokens need a chain");
  const { chain, archives, hash } = deps;
  const { batch } = splitTokenId(start.token);
  const { root } = await chain.batchOf(Number(batch));
  const archive = await archives.find(root);
  try {
    const ports = { chain, archives, hash, recipe, pool };
    return [await workOfToken(ports, start.token, archive)];
  } finally {
    await archive?.close();
  }
}
