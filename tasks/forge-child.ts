import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Hex } from "../offchain/kernel/bytes.ts";
import { FatalError } from "../offchain/kernel/errors.ts";
import { forge, type ForgeRequest } from "../offchain/loop/forge.ts";
import type { Places } from "../offchain/loop/pin-archive.ts";
import { recipeFrom, type Deps } from "./compose.ts";
import type { Console } from "./console/console.ts";
import { forgeDocument, forgeLines } from "./console/forge-report.ts";
import { openForge } from "./forge-terms.ts";

/**
 * Gives one holder's works for a new one, or says what it would lock. `holders` stand in the order of the works.
 * @throws FatalError `options/bad-tokens` if the works are several holders', or not as many as the forge takes.
 */
export async function forgeOne(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  console: Console,
  {
    holders,
    tokens,
    out,
    dryRun,
    ...means
  }: Places & {
    readonly holders: readonly Hex[];
    readonly tokens: readonly bigint[];
    readonly out: string;
    readonly workers: number;
    readonly dryRun: boolean;
  },
): Promise<void> {
  const holder = holders[0] as Hex;
  if (holders.some((other) => other !== holder))
    throw new FatalError(
      "options/bad-tokens",
      `The works belong to ${new Set(holders).size} accounts; one holder's works make one child.`,
    );
  const terms = await openForge(hre, deps, {
    progress: console,
    send: !dryRun,
  });
  if (terms.parents !== tokens.length)
    throw new FatalError(
      "options/bad-tokens",
      `\`${tokens.join(",")}\` is no set of ${terms.parents} works, which the forge takes for one; give --tokens that many.`,
    );
  const parents = tokens.map(String);
  if (dryRun) {
    const plan = { network: deps.network, holder, wouldForge: parents, terms };
    console.result(plan, () => [
      `Would lock ${parents.join(", ")} for a child under recipe ${terms.recipe}; nothing was sent.`,
    ]);
    return;
  }
  const request = { holder, parents, terms: { ...terms }, out };
  await sendForge(hre, deps, console, request, means);
}

/** Forges and tells the result; goes on with an interrupted run of the same request. */
export async function sendForge(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  console: Console,
  request: ForgeRequest,
  { workers, pins }: Places & { readonly workers: number },
): Promise<void> {
  const recipe = await recipeFrom(hre, request.terms.recipe);
  await deps.artefacts.prepare(request.out);
  const pool = deps.pool(recipe, workers);
  const ports = { ...deps, pins, pool, progress: console };
  await forge(request, recipe, ports, async (report) => {
    const document = await forgeDocument(deps, request, report);
    console.result(document, () => forgeLines(document));
  });
}
