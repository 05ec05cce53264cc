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

import { deployUnderAmsterdam } from "./gas/amsterdam.ts";
import { SNAPSHOT, startChain, type Cost } from "./gas/chain.ts";
import { COUNTS, measure, type Figures } from "./gas/scenarios.ts";
import { dressed, ours, plain, type Subject } from "./gas/subjects.ts";

const chain = await startChain();
const subjects: Record<string, () => Promise<Subject>> = {
  "generative loop": () => ours(chain),
  "ERC721A dressed": () => dressed(chain),
  "ERC721A bare": () => plain(chain, "PlainERC721A", "ERC721A bare"),
  "OpenZeppelin bare": () => plain(chain, "PlainERC721", "OpenZeppelin bare"),
  "Solady bare": () => plain(chain, "PlainSolady", "Solady bare"),
};
const figures: Record<string, Figures> = {};
for (const [name, create] of Object.entries(subjects))
  figures[name] = await measure(chain, create);
const account = await chain.signers[0]?.getAddress();
const registry = await chain.deploy(
  "RecipeRegistry",
  account,
  account,
  account,
);
const deployments: [string, number][] = [];
for (const [name, create] of Object.entries(subjects)) {
  deployments.push([name, (await create()).deployment]);
}
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
table("Size and deployment at Osaka's prices", {
  ...Object.fromEntries(
    deployments.map(([name, gas]) => [
      name,
      { bytes: String(figures[name]?.size), gas: gas.toLocaleString("en") },
    ]),
  ),
  "recipe registry": {
    bytes: String(registry.size),
    gas: registry.gas.toLocaleString("en"),
  },
});
table(
  "Deployment on EDR's Amsterdam (experimental), one transaction of at most 16,777,216 gas",
  Object.fromEntries(
    (await deployUnderAmsterdam()).map(({ name, answer }) => [
      name,
      { answer: answer.toLocaleString("en") },
    ]),
  ),
);

if (process.env["LOOP_WRITE"] !== undefined) {
  await writeFile(SNAPSHOT, `${JSON.stringify(figures, null, 2)}\n`);
  console.log("\nWrote test/vectors/gas.json.");
}
