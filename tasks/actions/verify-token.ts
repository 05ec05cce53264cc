import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { splitTokenId } from "../../offchain/kernel/ids.ts";
import { recipeInArchive } from "../../offchain/loop/recipe.ts";
import {
  verifyTokenFromChain,
  verifyTokenInArchive,
  type TokenVerdict,
} from "../../offchain/loop/verify-token.ts";
import { compose, recipeFrom } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseToken, parseWorkers } from "../console/options.ts";
import { requireLasting } from "../lasting.ts";

interface VerifyArguments {
  readonly token: string | undefined;
  readonly car: string | undefined;
  readonly recipe: string | undefined;
  readonly workers: string | undefined;
  readonly deep: boolean;
  readonly json: boolean;
}

/** `npx hardhat verify-token`: exit code 0 only on a match. */
export default async function (
  args: VerifyArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const token = parseToken(args.token);
    const batch = Number(splitTokenId(token).batch);
    const workers = parseWorkers(args.workers);
    const deps = await compose(hre, { deploy: false });
    try {
      requireLasting(deps, `Token \`${token}\``);
      const { archives, chain, hash } = deps;
      const named =
        args.car === undefined ? undefined : await archives.open(args.car);
      const archive =
        named ??
        (args.deep
          ? undefined
          : await archives.find((await chain.batchOf(batch)).root));
      try {
        const recipe =
          archive !== undefined && args.recipe === undefined
            ? await recipeInArchive(archive)
            : await recipeFrom(hre, args.recipe);
        const ports = {
          chain,
          archives,
          recipe,
          hash,
          pool: deps.pool(recipe, workers),
          progress: console,
        };
        const verdict =
          archive === undefined || args.deep
            ? await verifyTokenFromChain(ports, token)
            : await verifyTokenInArchive(ports, token, archive);
        const { tokenId, expected, computed, match } = verdict;
        console.result({ tokenId, expected, computed, match }, () =>
          verdictLines(verdict),
        );
        if (!match) process.exitCode = 1;
      } finally {
        await archive?.close();
      }
    } finally {
      await deps.close();
    }
  });
}

function verdictLines({
  tokenId,
  mode,
  expected,
  computed,
  match,
  differs,
}: TokenVerdict): string[] {
  const how =
    mode === "archive"
      ? "one work rebuilt; the batch's files hash-checked up to the root on the chain"
      : "the whole batch rebuilt from the chain and the recipe alone";
  return [
    match
      ? `Token ${tokenId} matches: ${how}.`
      : `Token ${tokenId} does NOT match in: ${differs.join(", ")} (${how}).`,
    ...(["tokenURI", "root", "imageCid", "metadataCid"] as const).flatMap(
      (fact) =>
        differs.includes(fact)
          ? [
              `  ${fact.padEnd(12)} expected ${expected[fact]}`,
              `  ${"".padEnd(12)} computed ${computed[fact]}`,
            ]
          : [`  ${fact.padEnd(12)} ${computed[fact]}`],
    ),
  ];
}
