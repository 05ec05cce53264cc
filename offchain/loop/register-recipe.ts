import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import type { RecipeManifest } from "../publishing/recipe-manifest.ts";
import type { Chain, MinedTransaction, RegisteredRecipe } from "./chain.ts";
import type { Progress } from "./ports-progress.ts";

/** A recipe as far as the registry knows it. */
export interface NamedRecipe {
  readonly id: Hex;
  readonly manifest: RecipeManifest;
}

/** Merkle root of the dataset that a recipe says it was made from; undefined where it was made from none. */
export function datasetNamed({ manifest }: NamedRecipe): Hex | undefined {
  return manifest.version === 2 ? manifest.dataset : undefined;
}

/**
 * The recipe's entry in the registry; undefined if it has none yet.
 * @throws FatalError `recipe/revoked`, `recipe/dataset-revoked` if nothing more may be minted from it; `recipe/other-dataset` if it was
 * registered with another dataset than it names, so that revoking the one it names would not reach it.
 */
export async function requireUnrevoked(
  chain: Pick<Chain, "recipes" | "datasets">,
  recipe: NamedRecipe,
): Promise<RegisteredRecipe | undefined> {
  const { id } = recipe;
  const root = datasetNamed(recipe);
  const known = (await chain.recipes()).find((entry) => entry.id === id);
  const told = known?.dataset?.root;
  const fallen =
    known === undefined
      ? (await chain.datasets()).find((set) => set.root === root && set.revoked)
      : known.dataset;
  if (fallen?.revoked === true) {
    throw new FatalError(
      "recipe/dataset-revoked",
      `Recipe \`${id}\` was made from dataset ${fallen.root}, which is revoked, and with it every recipe of it; nothing more is minted from it, choose another.`,
    );
  }
  if (known?.revoked === true) {
    throw new FatalError(
      "recipe/revoked",
      `Recipe \`${id}\` is revoked; nothing more is minted from it, choose another.`,
    );
  }
  if (known !== undefined && told !== root) {
    throw new FatalError(
      "recipe/other-dataset",
      `Recipe \`${id}\` names ${root ?? "no dataset"}, but is registered with ${told ?? "none"}; have it revoked, and tune it anew.`,
    );
  }
  return known;
}

/** What registering a recipe sent. */
export interface Registration {
  /** Undefined where the dataset was registered already, or there is none. */
  readonly dataset?: MinedTransaction;
  readonly recipe: MinedTransaction;
}

/**
 * Registers a recipe that is not registered yet, its dataset first where it names one that the chain does not know.
 * @param network in whose name the remedy is told.
 * @throws FatalError `dataset/not-registered` on a chain that is no development chain: to say that pictures are licensed is a decision of
 * the registrar, apart from the recipe.
 */
export async function registerRecipe(
  {
    chain,
    network,
    progress,
  }: {
    readonly chain: Chain;
    readonly network: string;
    readonly progress: Progress;
  },
  recipe: NamedRecipe,
): Promise<Registration> {
  const { id } = recipe;
  const key = registrationKey(id);
  const root = datasetNamed(recipe);
  if (root === undefined)
    return { recipe: await chain.registerRecipe(id, { key }) };
  const known = (await chain.datasets()).some((set) => set.root === root);
  const { development } = await chain.instance();
  if (!known && !development) {
    throw new FatalError(
      "dataset/not-registered",
      `Dataset \`${root}\` of the recipe is not registered on ${network}; register it first with \`npx hardhat dataset register --root ${root} --network ${network}\`.`,
    );
  }
  const sent = known
    ? undefined
    : await chain.registerDataset(root, { key: datasetKey(root) });
  if (sent !== undefined)
    progress.note(`Registered dataset ${root} on this local chain.`);
  const registered = await chain.registerRecipe(id, { key, dataset: root });
  return { recipe: registered, ...(sent && { dataset: sent }) };
}

/** A recipe is registered once per chain, so its id is the key. */
export function registrationKey(id: string): string {
  return `recipe/register/${id}`;
}

/** A dataset is registered once per chain, so its root is the key. */
export function datasetKey(root: string): string {
  return `dataset/register/${root}`;
}
