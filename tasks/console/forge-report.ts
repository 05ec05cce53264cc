import type { Hex } from "../../offchain/kernel/bytes.ts";
import type { ForgeReport, ForgeRequest } from "../../offchain/loop/forge.ts";
import type { SentTransaction } from "../../offchain/loop/mint-task.ts";
import type { MintedToken } from "../../offchain/loop/mint-pack.ts";
import type { PinReceipt } from "../../offchain/loop/pin-archive.ts";
import type { Deps } from "../compose.ts";
import { heldLines, shortCid, table } from "./table.ts";

/** The one JSON document of `burn --forge --json`. */
export interface ForgeDocument {
  readonly network: string;
  readonly chainId: number;
  readonly collection: Hex;
  readonly holder: Hex;
  readonly parents: readonly string[];
  /** Batch of the child. */
  readonly child: number;
  readonly generation: number;
  readonly recipe: Hex;
  /** True while the child waits for the operator; the parents are locked and not yet burned. */
  readonly waiting: boolean;
  readonly root: string | null;
  readonly car: string | null;
  /** Places that held the archive before it was sealed. */
  readonly pins: readonly PinReceipt[];
  readonly tokens: readonly MintedToken[];
  readonly transactions: readonly SentTransaction[];
  readonly seconds: Readonly<Record<string, number>>;
  readonly verified: number;
}

/** What a forging says. */
export async function forgeDocument(
  { chain, network }: Pick<Deps, "chain" | "network">,
  { holder, parents, terms }: ForgeRequest,
  { child, minted, forging, seconds }: ForgeReport,
): Promise<ForgeDocument> {
  const { chainId, collection } = await chain.instance();
  const { generation } = await chain.batchOf(child);
  return {
    network,
    chainId,
    collection,
    holder,
    parents,
    child,
    generation,
    recipe: terms.recipe,
    waiting: minted === undefined,
    root: minted?.root ?? null,
    car: minted?.car ?? null,
    pins: minted?.pins ?? [],
    tokens: minted?.tokens ?? [],
    transactions: [forging, ...(minted?.transactions ?? [])],
    seconds: Object.fromEntries(
      Object.entries(seconds).map(([k, v]) => [k, Math.round(v * 1000) / 1000]),
    ),
    verified: minted?.verified ?? 0,
  };
}

/** The document for a person at a terminal. */
export function forgeLines(document: ForgeDocument): string[] {
  const { child, generation, parents, transactions, network } = document;
  const gas = transactions.reduce((sum, { gasUsed }) => sum + gasUsed, 0);
  if (document.waiting)
    return [
      `Locked ${parents.join(", ")} for child ${child} (generation ${generation}) on ${network}, for ${gas} gas.`,
      `The operator makes it: npx hardhat resume --network ${network}. If it never comes, the works are free again after its window.`,
    ];
  const names = Object.keys(document.tokens[0]?.traits ?? {});
  return [
    ...table(
      ["token", ...names, "tries", "image"],
      document.tokens.map(({ tokenId, traits, tries, imageCid }) => [
        tokenId,
        ...names.map((name) => traits[name] ?? ""),
        `${tries}`,
        shortCid(imageCid),
      ]),
    ),
    "",
    `Forged child ${child} of generation ${generation} out of ${parents.join(", ")}, which are burned.`,
    `Gas     ${gas}`,
    `Archive ${document.car}`,
    ...heldLines(document.pins),
    `Proven  ${document.verified} work rebuilt from the chain`,
  ];
}
