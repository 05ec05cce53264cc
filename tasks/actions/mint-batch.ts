import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { FatalError } from "../../offchain/kernel/errors.ts";
import { packObservation } from "../../offchain/kernel/observation.ts";
import { contactSheet } from "../../offchain/loop/contact-sheet.ts";
import { mint } from "../../offchain/loop/mint.ts";
import { withTermsInForce } from "../../offchain/loop/terms-in-force.ts";
import { observe } from "../../offchain/market/observe.ts";
import { parseMarketCsv } from "../../offchain/market/parse.ts";
import type { MarketSeries } from "../../offchain/market/series.ts";
import { limitSpending, mintPlan, parseSpending } from "../budget.ts";
import { compose, marketText, recipeFrom, type Deps } from "../compose.ts";
import { createConsole, guarded } from "../console/console.ts";
import { parseMoment } from "../console/evolution-options.ts";
import {
  parseAddress,
  parseCount,
  parseFolder,
  parseRoyalty,
  parseSize,
  parseWorkers,
} from "../console/options.ts";
import { receiptLine } from "../console/receipts-report.ts";
import { placesOf } from "../places.ts";
import { keepReceipt } from "../receipts.ts";
import { requireMintable } from "../recipes.ts";
import {
  mintDocument,
  mintLines,
  planDocument,
  planLines,
} from "../console/mint-report.ts";

interface MintArguments {
  readonly count: string | undefined;
  readonly size: string | undefined;
  readonly out: string | undefined;
  readonly to: string | undefined;
  readonly market: string | undefined;
  readonly date: string | undefined;
  readonly recipe: string | undefined;
  readonly workers: string | undefined;
  readonly royalty: string | undefined;
  readonly budget: string | undefined;
  readonly price: string | undefined;
  readonly pin: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** `npx hardhat mint-batch`: reads the options, observes the market, wires the world, mints, prints. */
export default async function (
  args: MintArguments,
  hre: HardhatRuntimeEnvironment,
): Promise<void> {
  const console = createConsole(args);
  await guarded(async () => {
    const start = performance.now();
    // Everything that can be refused without a chain is refused first.
    const count = parseCount(args.count);
    const workers = parseWorkers(args.workers);
    const out = parseFolder(args.out);
    const to = args.to === undefined ? undefined : parseAddress(args.to);
    const own =
      args.royalty === undefined ? {} : { royalty: parseRoyalty(args.royalty) };
    const budget = parseSpending(args);
    const recipe = await recipeFrom(hre, args.recipe);
    const size = parseSize(args.size, recipe.manifest);
    const { name, text } = await marketText(hre, args.market);
    const series = parseMarketCsv(text, { name });
    const at = parseMoment({ at: undefined, date: args.date });
    const observed = {
      ...observe(series, at === undefined ? {} : { at }),
      sizeLog2: 31 - Math.clz32(size),
    };
    console.note(
      args.market === undefined
        ? "No --market given: using the product's own synthetic sample."
        : marketLine(series),
    );

    const deps = await compose(hre, { deploy: !args.dryRun });
    try {
      const owner = to ?? deps.chain.account;
      if (owner === undefined)
        throw new FatalError(
          "chain/no-account",
          "No account signs on this network; configure one, or give --to.",
        );
      await requireReceiver(deps, owner);
      const terms = await deps.chain.termsInForce();
      const conditions = packObservation(withTermsInForce(observed, terms));
      const places = await placesOf(deps, args.pin);
      await requireMintable(deps, recipe, {
        progress: console,
        send: !args.dryRun,
      });
      const request = { count, to: owner, conditions, out, ...own };
      const context = { deps, recipe, size, cleaned: { ...series.report } };
      if (args.dryRun) {
        const plan = await planDocument(context, request, places.names);
        console.result(plan, () => planLines(plan));
        return;
      }
      await deps.artefacts.prepare(out);
      const pool = deps.pool(recipe, workers);
      const purse = await limitSpending(deps, budget, () =>
        mintPlan(deps, recipe, request),
      );
      const wiring = deps.receipts();
      const { meter } = wiring;
      const ports = {
        ...deps,
        ...places,
        pool,
        progress: console,
        purse,
        meter,
      };
      await mint(request, recipe, ports, async (report) => {
        const sheet = join(out, "contact-sheet.png");
        const picture = await contactSheet(report.batches, {
          pool,
          conditions,
        });
        await deps.artefacts.write(sheet, picture);
        const document = await mintDocument(context, {
          report,
          contactSheet: sheet,
          conditions,
          total: (performance.now() - start) / 1000,
        });
        const kept = { request, recipe, workers, report, progress: console };
        const receipt = await keepReceipt(deps, wiring, kept);
        console.result(document, () => [
          ...mintLines(document),
          receiptLine(receipt),
        ]);
      });
    } finally {
      await deps.close();
    }
  });
}

/** What was read and what was mended, so that whoever gave the file can judge it. */
function marketLine({ name, report }: MarketSeries): string {
  const { rows, used, widestStep: _, ...mended } = report;
  const found = Object.entries(mended)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${kind} ${count}`);
  const rest = found.length === 0 ? "nothing to mend" : found.join(", ");
  return `Read ${name}: ${used} of ${rows} rows used (${rest}).`;
}

/** A contract that cannot take ERC-721 tokens would hold the works for ever; the collection itself does not ask (see its NatSpec). */
async function requireReceiver(
  { chain }: Deps,
  to: `0x${string}`,
): Promise<void> {
  if (await chain.canReceive(to)) return;
  throw new FatalError(
    "options/cannot-receive",
    `\`${to}\` is a contract that does not accept ERC-721 tokens; give --to an account or a contract with onERC721Received.`,
  );
}
