import type { Hex } from "../../offchain/kernel/bytes.ts";
import type { Census } from "../../offchain/loop/census.ts";
import { JOBS, type Job } from "../../offchain/loop/chain.ts";
import {
  standingOf,
  standingWord,
} from "../../offchain/loop/recipe-standing.ts";
import type { WouldHaveBeen } from "../../offchain/loop/rebuild-abandoned.ts";
import { table } from "./table.ts";

/** Most holders that a terminal is given; `--json` has them all. */
const MOST_ROWS = 12;

const JOB_NAMES: Readonly<Record<Job, string>> = {
  admin: "admin",
  operator: "operator",
  registrar: "registrar",
  guardian: "guardian",
  parameterAuthority: "parameter authority",
  publisher: "publisher",
  voucherSigner: "voucher signer",
};

/** The collection for a person at a terminal. */
export function censusLines(
  where: {
    readonly network: string;
    readonly chainId: number;
    readonly collection: Hex;
  },
  census: Census,
  rebuilt: readonly WouldHaveBeen[] | undefined,
): string[] {
  const { holders, generations, recipes, datasets, jobs, royalty } = census;
  const number = (value: number): string => value.toLocaleString("en");
  return [
    `${census.name} (${census.symbol}) on ${where.network} (chain ${where.chainId}), ${where.collection}`,
    "",
    ...table(
      ["", ""],
      [
        ["supply", `${number(census.supply)} works`],
        [
          "minted",
          `${number(census.minted)} of at most ${number(census.maxSupply)}, ${number(census.reserved)} promised`,
        ],
        ["burned", number(census.burned)],
        [
          "batches",
          `${number(census.batches)} opened, ${number(census.seals)} sealed, ${number(census.abandoned)} abandoned`,
        ],
        [
          "minting",
          census.paused
            ? "paused by the guardian"
            : `open, at most ${number(census.worksPerDay)} works a day`,
        ],
        ["royalty", `${royalty.bps / 100} % to ${royalty.receiver}`],
        [
          "validator",
          census.validator ?? "none: royalties are advice, not enforced",
        ],
      ],
    ).slice(2),
    "",
    ...table(
      ["generation", "works"],
      generations.map(({ generation, works }) => [
        `${generation}`,
        number(works),
      ]),
    ),
    "",
    ...table(
      ["holder", "works"],
      holders
        .slice(0, MOST_ROWS)
        .map(({ holder, works }) => [holder, number(works)]),
    ),
    ...(holders.length > MOST_ROWS
      ? [`… and ${number(holders.length - MOST_ROWS)} more, in --json`]
      : []),
    "",
    ...table(
      ["recipe", "id", "state"],
      recipes.map((recipe) => [
        `${recipe.number}`,
        recipe.id,
        recipe.revoked ? standingWord(standingOf(recipe)) : "active",
      ]),
    ),
    ...(datasets.length === 0
      ? []
      : [
          "",
          ...table(
            ["dataset", "root", "state"],
            datasets.map(({ number: n, root, revoked }) => [
              `${n}`,
              root,
              revoked ? "revoked" : "registered",
            ]),
          ),
        ]),
    "",
    ...table(
      ["job", "account"],
      JOBS.map((job) => [JOB_NAMES[job], jobs[job].join(", ") || "nobody"]),
    ),
    ...(rebuilt === undefined ? [] : ["", ...rebuiltLines(rebuilt)]),
  ];
}

function rebuiltLines(rebuilt: readonly WouldHaveBeen[]): string[] {
  if (rebuilt.length === 0) return ["No batch was abandoned."];
  return rebuilt.map(
    ({ batch, count, pictures }) =>
      `Abandoned batch ${batch} would have been ${count} works: ${pictures[0] ?? ""} …`,
  );
}
