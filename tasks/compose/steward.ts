import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { createHttpExplainer } from "../../offchain/adapters/explainer-http.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import type { OwnSale } from "../../offchain/market/reading.ts";
import type { Explainer } from "../../offchain/loop/ports-explainer.ts";
import type { Deps } from "../compose.ts";
import { readSecret } from "./secrets.ts";

/** Where an explainer's key is found; one on this machine needs none. */
const KEY = "LOOP_EXPLAINER_KEY";

/** The language model of `--explain-with`. @throws FatalError `explainer/bad-url`. */
export async function explainerOf(
  hre: HardhatRuntimeEnvironment,
  named: { readonly url: string; readonly model: string },
): Promise<Explainer> {
  return createHttpExplainer({ ...named, key: await readSecret(hre, KEY) });
}

/** The collection's own sales, as far as they are settled. @throws FatalError those of reading them: none is not the same as unread. */
export async function ownSalesOf(
  { ask }: Pick<Deps, "ask">,
  at: number,
): Promise<readonly OwnSale[]> {
  const [reading] = await ask({ names: ["own-sales"], at });
  if (reading !== undefined && "code" in reading)
    throw new FatalError("steward/no-sales", reading.why);
  return reading?.kind === "sales" && "sales" in reading ? reading.sales : [];
}
