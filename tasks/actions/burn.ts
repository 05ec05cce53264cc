import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { burnRequest } from "../../offchain/loop/burn.ts";
import { forgeRequest } from "../../offchain/loop/forge.ts";
import type { Places } from "../../offchain/loop/pin-archive.ts";
import { limitSpending, parseSpending } from "../budget.ts";
import { burnAll, holdersOf, sendBurns } from "../burn-works.ts";
import { compose, type Deps } from "../compose.ts";
import { createConsole, guarded, type Console } from "../console/console.ts";
import {
  parseFolder,
  parsePlaces,
  parseTokens,
  parseWorkers,
} from "../console/options.ts";
import { forgeOne, sendForge } from "../forge-child.ts";

interface BurnArguments {
  readonly tokens: string | undefined;
  readonly forge: boolean;
  readonly out: string | undefined;
  readonly workers: string | undefined;
  readonly pin: string | undefined;
  readonly budget: string | undefined;
  readonly price: string | undefined;
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
    const { dryRun, forge } = args;
    const tokens = parseTokens(args.tokens);
    const out = parseFolder(args.out);
    const workers = parseWorkers(args.workers);
    const budget = parseSpending(args);
    const deps = await compose(hre, { deploy: !dryRun });
    try {
      const names = parsePlaces(args.pin);
      const pins = () => deps.pins(names);
      await limitSpending(deps, budget);
      const options = { forge, tokens, out, workers, pins };
      if (!dryRun && (await goOn(hre, deps, console, options))) return;
      const holders = await holdersOf(deps, tokens);
      const request = { tokens, holders, out, workers, pins, dryRun };
      if (forge) await forgeOne(hre, deps, console, request);
      else await burnAll(deps, console, request);
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
    ...means
  }: Places & {
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
      await sendForge(hre, deps, console, request, means);
      return true;
    }
  }
  return false;
}
