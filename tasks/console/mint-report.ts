import { relative } from "node:path";

import type { Hex } from "../../offchain/kernel/bytes.ts";
import type { MintReport } from "../../offchain/loop/mint.ts";
import type {
  MintRequest,
  SentTransaction,
} from "../../offchain/loop/mint-task.ts";
import type { MintedToken } from "../../offchain/loop/mint-pack.ts";
import type { PinReceipt } from "../../offchain/loop/pin-archive.ts";
import type { Recipe } from "../../offchain/loop/recipe.ts";
import type { Deps } from "../compose.ts";
import { heldLines, shortCid, table } from "./table.ts";

/** Most rows that a terminal is given; the rest is in the files and in `--json`. */
const MOST_ROWS = 24;

/** The one JSON document of `mint-batch --json`. */
export interface MintDocument {
  readonly network: string;
  readonly chainId: number;
  readonly collection: Hex;
  /** The (first) batch, its seed, root and archive; `batches` has them all. */
  readonly batch: number;
  readonly batches: readonly {
    readonly batch: number;
    readonly seed: Hex;
    readonly root: string;
    readonly car: string;
    /** Places that held the archive before it was sealed. */
    readonly pins: readonly PinReceipt[];
  }[];
  readonly recipe: Hex;
  readonly seed: Hex;
  readonly conditions: Hex;
  readonly root: string;
  readonly car: string;
  readonly contactSheet: string;
  readonly tokens: readonly MintedToken[];
  readonly transactions: readonly SentTransaction[];
  /** Gas of all transactions over all tokens, rounded. */
  readonly gasPerToken: number;
  readonly seconds: Readonly<Record<string, number>>;
  /** Tokens whose rebuild from the chain gave the sealed bytes. */
  readonly verified: number;
}

/** What a finished run says. */
export async function mintDocument(
  { deps, recipe }: { readonly deps: Deps; readonly recipe: Recipe },
  {
    report,
    contactSheet,
    conditions,
    total,
  }: {
    report: MintReport;
    contactSheet: string;
    conditions: Hex;
    total: number;
  },
): Promise<MintDocument> {
  const { chainId, collection } = await deps.chain.instance();
  const [first] = report.batches;
  if (first === undefined) throw new Error("a finished run has a batch");
  const tokens = report.batches.flatMap((batch) => batch.tokens);
  const transactions = report.batches.flatMap((batch) => batch.transactions);
  const gas = transactions.reduce((sum, { gasUsed }) => sum + gasUsed, 0);
  const { batch, seed, root, car } = first;
  return {
    network: deps.network,
    chainId,
    collection,
    batch,
    batches: report.batches.map((each) => ({
      batch: each.batch,
      seed: each.seed,
      root: each.root,
      car: each.car,
      pins: each.pins,
    })),
    recipe: recipe.id,
    seed,
    conditions,
    root,
    car,
    contactSheet,
    tokens,
    transactions,
    gasPerToken: Math.round(gas / tokens.length),
    seconds: Object.fromEntries(
      Object.entries({ ...report.seconds, total }).map(([k, v]) => [
        k,
        Math.round(v * 1000) / 1000,
      ]),
    ),
    verified: report.batches.reduce((sum, each) => sum + each.verified, 0),
  };
}

/** The document for a person at a terminal. */
export function mintLines(document: MintDocument): string[] {
  const { tokens, batches, seconds, contactSheet } = document;
  const names = Object.keys(tokens[0]?.traits ?? {});
  const rows = tokens
    .slice(0, MOST_ROWS)
    .map(({ tokenId, traits, tries, imageCid }) => [
      tokenId,
      ...names.map((name) => traits[name] ?? ""),
      `${tries}`,
      shortCid(imageCid),
    ]);
  const more =
    tokens.length > MOST_ROWS
      ? [`… and ${tokens.length - MOST_ROWS} more, in the files below`]
      : [];
  const { verify = 0, total = 0 } = seconds;
  return [
    ...table(["token", ...names, "tries", "image"], rows),
    ...more,
    "",
    `${tokens.length} works minted on ${document.network} (chain ${document.chainId}), collection ${document.collection}`,
    `Gas     ${document.gasPerToken} per token`,
    `Time    ${(total - verify).toFixed(1)} s, and ${verify.toFixed(1)} s to verify`,
    ...batches.flatMap(({ batch, root, car, pins }) => [
      `Batch   ${batch}: ipfs://${root}`,
      `Files   ${here(car.replace(/\.car$/, "/"))} and ${here(car)}`,
      ...heldLines(pins),
    ]),
    `Sheet   ${here(contactSheet)}`,
    `Proof   ${document.verified} of ${tokens.length} works rebuilt from the chain, byte for byte`,
  ];
}

/** The one JSON document of `mint-batch --dry-run --json`. */
export interface PlanDocument {
  readonly dryRun: true;
  readonly network: string;
  readonly chainId: number;
  readonly collection: Hex;
  readonly recipe: Hex;
  readonly recipeRegistered: boolean;
  readonly conditions: Hex;
  readonly count: number;
  readonly batches: number;
  readonly size: number;
  readonly to: Hex;
  readonly out: string;
  /** Places that would hold the files. */
  readonly pins: readonly string[];
  /** Places in the market data that were mended, by kind. */
  readonly cleaned: Readonly<Record<string, number>>;
}

/** What a run would do. */
export async function planDocument(
  context: {
    readonly deps: Deps;
    readonly recipe: Recipe;
    readonly size: number;
    readonly cleaned: Readonly<Record<string, number>>;
  },
  { count, to, conditions, out }: MintRequest,
  pins: readonly string[],
): Promise<PlanDocument> {
  const { deps, recipe, size, cleaned } = context;
  const { chainId, collection } = await deps.chain.instance();
  const recipeRegistered = (await deps.chain.recipes()).some(
    ({ id }) => id === recipe.id,
  );
  const batches = Math.ceil(count / 5_000);
  const { network } = deps;
  return {
    dryRun: true,
    network,
    chainId,
    collection,
    recipe: recipe.id,
    recipeRegistered,
    conditions,
    count,
    batches,
    size,
    to,
    out,
    pins,
    cleaned,
  };
}

/** The plan for a person at a terminal. */
export function planLines(plan: PlanDocument): string[] {
  return [
    `Would mint ${plan.count} works of ${plan.size} pixels in ${plan.batches} ${plan.batches === 1 ? "batch" : "batches"}; nothing was sent.`,
    `Network     ${plan.network} (chain ${plan.chainId})`,
    `Collection  ${plan.collection}`,
    `Recipe      ${plan.recipe}${plan.recipeRegistered ? "" : " (not registered yet)"}`,
    `Conditions  ${plan.conditions}`,
    `Owner       ${plan.to}`,
    `Folder      ${here(plan.out)}`,
    `Held by     ${plan.pins.length === 0 ? "nobody but this machine" : plan.pins.join(", ")}`,
  ];
}

function here(path: string): string {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
