import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import type { Hex } from "../../offchain/kernel/bytes.ts";
import { FatalError } from "../../offchain/kernel/errors.ts";
import { burn, burnRequest, type Burning } from "../../offchain/loop/burn.ts";
import {
  forge,
  forgeRequest,
  type ForgeRequest,
} from "../../offchain/loop/forge.ts";
import { compose, recipeFrom, type Deps } from "../compose.ts";
import { createConsole, guarded, type Console } from "../console/console.ts";
import { forgeDocument, forgeLines } from "../console/forge-report.ts";
import { parseFolder, parseTokens, parseWorkers } from "../console/options.ts";
import { openForge } from "../forge-terms.ts";
import { requireHolder } from "../holders.ts";

interface BurnArguments {
  readonly tokens: string | undefined;
  readonly forge: boolean;
  readonly out: string | undefined;
  readonly workers: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `npx hardhat burn`: destroys works, or with `--forge` gives them for a new one of a higher generation. */
export default async function (
  args: BurnArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const tokens = parseTokens(args.tokens);
    const out = parseFolder(args.out);
    const workers = parseWorkers(args.workers);
    const deps = await compose(hre, { deploy: !args.dryRun });
    try {
      const options = { out, workers };
      if (
        !args.dryRun &&
        (await goOn(hre, deps, console, { ...args, ...options, tokens }))
      )
        return;
      const holders = await holdersOf(deps, tokens);
      if (args.forge) {
        const holder = holders[0] as Hex;
        if (holders.some((other) => other !== holder))
          throw new FatalError(
            "options/bad-tokens",
            `The works belong to ${new Set(holders).size} accounts; one holder's works make one child.`,
          );
        await forgeOne(hre, deps, console, {
          ...args,
          ...options,
          holder,
          tokens,
        });
      } else await burnAll(deps, console, { ...args, holders, tokens });
    } finally {
      await deps.close();
    }
  });
}

/** Whether an interrupted run of this very command was there, and is finished now: its works are gone or locked, and that is as it should be. */
async function goOn(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  console: Console,
  {
    forge: forging,
    tokens,
    out,
    workers,
  }: {
    readonly forge: boolean;
    readonly tokens: readonly bigint[];
    readonly out: string;
    readonly workers: number;
  },
): Promise<boolean> {
  const { id } = await deps.chain.instance();
  const named = tokens.join(",");
  for (const { kind, input } of await deps.journal.openRuns(id)) {
    if (kind === "burn" && !forging) {
      const works = burnRequest(input);
      if (works.map(({ token }) => token).join(",") !== named) continue;
      await sendBurns(deps, console, works);
      return true;
    }
    if (kind === "forge" && forging) {
      const request = forgeRequest(input);
      if (request.parents.join(",") !== named || request.out !== out) continue;
      await sendForge(hre, deps, console, request, workers);
      return true;
    }
  }
  return false;
}

/** The holder of each work: all of them must exist, be free and be ours before anything is destroyed. */
async function holdersOf(
  deps: Deps,
  tokens: readonly bigint[],
): Promise<Hex[]> {
  const holders: Hex[] = [];
  for (const token of tokens) {
    const child = await deps.chain.lockOf(token);
    if (child !== 0)
      throw new FatalError(
        "burn/locked",
        `Work \`${token}\` is locked for child ${child}; wait until that is sealed or abandoned.`,
      );
    holders.push(await requireHolder(deps, token, "burn"));
  }
  return holders;
}

async function burnAll(
  deps: Deps,
  console: Console,
  {
    tokens,
    holders,
    dryRun,
  }: {
    readonly tokens: readonly bigint[];
    readonly holders: readonly Hex[];
    readonly dryRun: boolean;
  },
): Promise<void> {
  const works = tokens.map((token, i) => ({
    token: `${token}`,
    holder: holders[i] as Hex,
  }));
  if (dryRun) {
    console.result({ network: deps.network, wouldBurn: works }, () => [
      `Would burn ${works.length} works on ${deps.network}; nothing was sent.`,
    ]);
    return;
  }
  await sendBurns(deps, console, works);
}

async function sendBurns(
  deps: Deps,
  console: Console,
  works: readonly Burning[],
): Promise<void> {
  await burn(works, { ...deps, progress: console }, (burned) => {
    console.result({ network: deps.network, burned }, () =>
      burned.map(
        ({ tokenId, gasUsed, hash }) =>
          `Burned ${tokenId} for ${gasUsed} gas in ${hash}`,
      ),
    );
    return Promise.resolve();
  });
}

async function forgeOne(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  console: Console,
  {
    holder,
    tokens,
    out,
    workers,
    dryRun,
  }: {
    readonly holder: Hex;
    readonly tokens: readonly bigint[];
    readonly out: string;
    readonly workers: number;
    readonly dryRun: boolean;
  },
): Promise<void> {
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
  await sendForge(hre, deps, console, request, workers);
}

async function sendForge(
  hre: HardhatRuntimeEnvironment,
  deps: Deps,
  console: Console,
  request: ForgeRequest,
  workers: number,
): Promise<void> {
  const recipe = await recipeFrom(hre, request.terms.recipe);
  await deps.artefacts.prepare(request.out);
  const pool = deps.pool(recipe, workers);
  const ports = { ...deps, pool, progress: console };
  await forge(request, recipe, ports, async (report) => {
    const document = await forgeDocument(deps, request, report);
    console.result(document, () => forgeLines(document));
  });
}
