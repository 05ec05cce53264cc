import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../offchain/kernel/errors.ts";
import { packObservation } from "../offchain/kernel/observation.ts";
import type { ForgeTerms, TermsInForce } from "../offchain/loop/chain.ts";
import type { Progress } from "../offchain/loop/ports-progress.ts";
import { withTermsInForce } from "../offchain/loop/terms-in-force.ts";
import { observe } from "../offchain/market/observe.ts";
import { parseMarketCsv } from "../offchain/market/parse.ts";
import { marketText, recipeFrom, type Deps } from "./compose.ts";
import { parseSize } from "./console/options.ts";
import { requireMintable } from "./recipes.ts";

/** Works that make one on a development chain. */
const LOCAL_PARENTS = 3;

/**
 * The terms on which works are forged now. On a development chain whose forge is closed it is opened on the spot, with the built-in
 * recipe; elsewhere that is a decision of the parameter authority.
 * @throws FatalError `forge/closed`.
 */
export async function openForge(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  { progress, send }: { readonly progress: Progress; readonly send: boolean },
): Promise<ForgeTerms> {
  const { chain, network } = deps;
  const terms = await chain.forgeTerms();
  if (terms.parents > 0) return terms;
  const { development } = await chain.instance();
  if (!development) {
    throw new FatalError(
      "forge/closed",
      `The forge is closed on \`${network}\`; the parameter authority opens it: npx hardhat parameters --set forge=3 --network ${network}`,
    );
  }
  const recipe = await recipeFrom(hre);
  const opened = await forgeTerms(
    hre,
    { parents: LOCAL_PARENTS },
    await chain.termsInForce(),
  );
  if (!send) return opened;
  await requireMintable(deps, recipe, { progress, send });
  const once = { key: `forge/terms/${opened.recipe}` };
  await chain.setParameter({ name: "forge", terms: opened }, once);
  progress.note(
    `Opened the forge of this local chain: ${LOCAL_PARENTS} works make one.`,
  );
  return opened;
}

/**
 * Terms of forging: a recipe, and conditions observed from a market file.
 * @param inForce what the collection holds conditions to, where it holds them to anything.
 */
export async function forgeTerms(
  hre: HardhatRuntimeEnvironment,
  options: {
    readonly parents: number;
    readonly recipe?: string | undefined;
    readonly size?: string | undefined;
    readonly market?: string | undefined;
  },
  inForce?: TermsInForce,
): Promise<ForgeTerms> {
  const recipe = await recipeFrom(hre, options.recipe);
  const size = parseSize(options.size, recipe.manifest);
  const { name, text } = await marketText(hre, options.market);
  return {
    recipe: recipe.id,
    conditions: packObservation({
      ...withTermsInForce(observe(parseMarketCsv(text, { name })), inForce),
      sizeLog2: 31 - Math.clz32(size),
    }),
    parents: options.parents,
  };
}
