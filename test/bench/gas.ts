/**
 * Prints the gas table: exact, from receipts of EDR's Osaka, with the fresh storage slots beside every figure.
 *
 *   npx hardhat run test/bench/gas.ts                 prints
 *   LOOP_WRITE=1 npx hardhat run test/bench/gas.ts    prints and writes test/vectors/gas.json
 *
 * Every contract is compiled with the settings of hardhat.config.ts. A seal carries a block hash, whose zero bytes would
 * be cheaper by chance: all its bytes are counted as non-zero.
 */
import { writeFile } from "node:fs/promises";

import { SNAPSHOT, startChain, type Cost, type Snapshot } from "./gas/chain.ts";
import { naiveGas, WORKS } from "./gas/epochs.ts";
import { measureDeployments } from "./gas/deployments.ts";
import { COUNTS, measure, measureOurs, type Figures } from "./gas/scenarios.ts";
import { dressed, ours, plain, type Subject } from "./gas/subjects.ts";

const chain = await startChain();
const subjects: Record<string, () => Promise<Subject>> = {
  "ERC721A dressed": () => dressed(chain),
  "ERC721A bare": () => plain(chain, "PlainERC721A", "ERC721A bare"),
  "OpenZeppelin bare": () => plain(chain, "PlainERC721", "OpenZeppelin bare"),
  "Solady bare": () => plain(chain, "PlainSolady", "Solady bare"),
};
const figures: Record<string, Figures> = {
  "generative loop": await measureOurs(chain, () => ours(chain)),
};
for (const [name, create] of Object.entries(subjects))
  figures[name] = await measure(chain, create);
await chain.close();

const show = ({ gas, fresh }: Cost) => `${gas.toLocaleString("en")} (${fresh})`;
const table = (title: string, rows: Record<string, Record<string, string>>) => {
  console.log(`\n${title}`);
  console.table(rows);
};
const rows = (row: (figure: Figures) => Record<string, string>) =>
  Object.fromEntries(
    Object.entries(figures).map(([name, figure]) => [name, row(figure)]),
  );

console.log(
  "Gas after refunds, in brackets the storage slots that were zero before.",
);
for (const when of ["first", "steady"] as const) {
  table(
    when === "first"
      ? "Mint, fresh contract and new holder"
      : "Mint, steady state: the recipient holds tokens",
    rows(({ open, mint }) => ({
      open: open === undefined ? "" : show(open[when]),
      ...Object.fromEntries(
        COUNTS.map((count) => [
          `mint ${count}`,
          show((mint[count] as { first: Cost; steady: Cost })[when]),
        ]),
      ),
    })),
  );
}
table(
  "Transfers and burns, out of batches of 100",
  rows(({ moves }) =>
    Object.fromEntries(
      Object.entries(moves).map(([name, cost]) => [name, show(cost)]),
    ),
  ),
);
const bare = figures["ERC721A bare"] as Figures;
table(
  "Life: 100 minted, three transfers each in random order, burned",
  rows(({ life }) => ({
    "per token": life.perToken.toLocaleString("en"),
    "fresh per 100": String(life.fresh),
    "over bare ERC721A": (life.gas / bare.life.gas).toFixed(3),
  })),
);
const loop = figures["generative loop"] as Figures;
table(
  "What only the collection does; every account that takes part holds other tokens",
  Object.fromEntries(
    Object.entries(loop.features ?? {}).map(([name, cost]) => [
      name,
      { gas: show(cost) },
    ]),
  ),
);
const features = loop.features ?? {};
table(
  "An epoch beside a loop of setTokenURI, whose figures are extrapolated from 10 and 100 works; a transaction holds 16,777,216 gas",
  Object.fromEntries(
    WORKS.map((works) => {
      const evolve = features[`evolve, ${works} works`] as Cost;
      const naive = naiveGas(features, works);
      return [
        `${works.toLocaleString("en")} works`,
        {
          evolve: show(evolve),
          "setTokenURI loop": naive.toLocaleString("en"),
          times: Math.round(naive / evolve.gas).toLocaleString("en"),
        },
      ];
    }),
  ),
);
const deployments = await measureDeployments();
table(
  "Size and deployment. EDR's Amsterdam is experimental: it counts the gas of state like any other",
  Object.fromEntries(
    Object.entries(deployments).map(([name, { size, osaka, amsterdam }]) => [
      name,
      {
        bytes: size.toLocaleString("en"),
        "gas, Osaka": osaka.toLocaleString("en"),
        "gas, Amsterdam": amsterdam.toLocaleString("en"),
      },
    ]),
  ),
);

if (process.env["LOOP_WRITE"] !== undefined) {
  const snapshot: Snapshot = { figures, deployments };
  await writeFile(SNAPSHOT, `${JSON.stringify(snapshot, null, 2)}\n`);
  console.log("\nWrote test/vectors/gas.json.");
}
