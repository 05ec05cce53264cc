import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { splitTokenId } from "../../offchain/kernel/ids.ts";
import {
  revocationSentence,
  standingOfBatch,
} from "../../offchain/loop/recipe-standing.ts";
import { recipeInArchive } from "../../offchain/loop/recipe.ts";
import {
  verifyTokenFromChain,
  verifyTokenInArchive,
  type TokenVerdict,
} from "../../offchain/loop/verify-token.ts";
import {
  epochLayers,
  verifyEpochFromChain,
  verifyEpochInArchive,
  type EpochVerdict,
} from "../../offchain/loop/verify-epoch.ts";
import { compose, recipeFrom, type Deps } from "../compose.ts";
import { createConsole, guarded, type Console } from "../console/console.ts";
import { parseEpoch } from "../console/evolution-options.ts";
import { parseToken, parseWorkers } from "../console/options.ts";
import { epochPorts } from "../evolving.ts";
import { requireLasting } from "../lasting.ts";

interface VerifyArguments {
  readonly token: string | undefined;
  readonly car: string | undefined;
  readonly recipe: string | undefined;
  readonly workers: string | undefined;
  readonly epoch: string | undefined;
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
    const named = parseEpochOption(args.epoch);
    const workers = parseWorkers(args.workers);
    const deps = await compose(hre, { deploy: false, keys: false });
    try {
      requireLasting(deps, `Token \`${token}\``);
      const epoch = named === "shown" ? await deps.chain.epochOf(token) : named;
      const options = { ...args, token, workers };
      const verdict: TokenVerdict | EpochVerdict =
        epoch === 0
          ? await atGenesis(hre, deps, console, options)
          : await atEpoch(hre, deps, console, { ...options, epoch });
      const { tokenId, expected, computed, match } = verdict;
      const told = isAtEpoch(verdict)
        ? {
            epoch: verdict.epoch,
            round: verdict.round,
            voided: verdict.voided,
            state: verdict.state ?? null,
          }
        : {};
      const batch = Number(splitTokenId(token).batch);
      const recipe = await standingOfBatch(deps.chain, batch);
      const said = recipe && revocationSentence(recipe);
      const document = { tokenId, ...told, expected, computed, match };
      console.result({ ...document, recipe: recipe ?? null }, () => [
        ...verdictLines(verdict),
        ...(said === undefined ? [] : [said]),
      ]);
      if (!match) process.exitCode = 1;
    } finally {
      await deps.close();
    }
  });
}

/** `--epoch`: genesis when left out, `shown` for what the work shows now. */
function parseEpochOption(text = "genesis"): number | "shown" {
  return text === "shown" ? text : parseEpoch(text, { genesis: true });
}

function isAtEpoch(
  verdict: TokenVerdict | EpochVerdict,
): verdict is EpochVerdict {
  return "epoch" in verdict;
}

interface VerifyOptions {
  readonly token: bigint;
  readonly car: string | undefined;
  readonly recipe: string | undefined;
  readonly workers: number;
  readonly deep: boolean;
}

async function atGenesis(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  console: Console,
  { token, car, recipe: name, workers, deep }: VerifyOptions,
): Promise<TokenVerdict> {
  const { archives, chain, hash } = deps;
  const batch = Number(splitTokenId(token).batch);
  const named = car === undefined ? undefined : await archives.open(car);
  const archive =
    named ??
    (deep ? undefined : await archives.find((await chain.batchOf(batch)).root));
  try {
    const recipe =
      archive !== undefined && name === undefined
        ? await recipeInArchive(archive)
        : await recipeFrom(hre, name);
    const pool = deps.pool(recipe, workers);
    const ports = { chain, archives, recipe, hash, pool, progress: console };
    return archive === undefined || deep
      ? await verifyTokenFromChain(ports, token)
      : await verifyTokenInArchive(ports, token, archive);
  } finally {
    await archive?.close();
  }
}

async function atEpoch(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  console: Console,
  {
    token,
    epoch,
    car,
    recipe,
    workers,
    deep,
  }: VerifyOptions & { readonly epoch: number },
): Promise<EpochVerdict> {
  const ports = await epochPorts(hre, deps, {
    recipe,
    workers,
    progress: console,
  });
  const paths = car === undefined ? [] : [car];
  const layers = deep ? undefined : await epochLayers(ports, epoch, paths);
  try {
    return layers === undefined
      ? await verifyEpochFromChain(ports, { token, epoch })
      : await verifyEpochInArchive(ports, { token, epoch }, layers);
  } finally {
    await layers?.close();
  }
}

function verdictLines(verdict: TokenVerdict | EpochVerdict): string[] {
  const { tokenId, mode, expected, computed, match, differs } = verdict;
  const whole = isAtEpoch(verdict) ? "epoch" : "batch";
  const how =
    mode === "archive"
      ? `one work rebuilt; the ${whole}'s files hash-checked up to the root on the chain`
      : `the whole ${whole} rebuilt from the chain and the recipe alone`;
  const where = isAtEpoch(verdict)
    ? ` at epoch ${verdict.epoch}${verdict.voided ? " (voided)" : ""}`
    : "";
  return [
    match
      ? `Token ${tokenId} matches${where}: ${how}.`
      : `Token ${tokenId} does NOT match${where} in: ${differs.join(", ")} (${how}).`,
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
