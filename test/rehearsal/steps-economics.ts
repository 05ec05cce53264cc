import { readdir } from "node:fs/promises";

import { batchArguments } from "./minting.ts";
import { require } from "./requires.ts";
import type { Step, World } from "./steps.ts";

/** As `mint-batch` of the first batch will be. */
const FIRST = ["--count", "3", "--size", "64"];
const MOST_OFF = 0.05;

interface Estimate {
  readonly transactions: readonly {
    readonly kind: string;
    readonly gas: number;
  }[];
  readonly storage: { readonly places: readonly unknown[] };
}

interface Page {
  readonly uri: string;
  readonly root: string;
  readonly named: boolean;
  readonly command: string | null;
  readonly pins: readonly unknown[];
}

/** Transactions of the operator that are in blocks. */
async function sent({ chain }: World): Promise<number> {
  const [operator] = chain.accounts;
  return Number(
    await chain.send("eth_getTransactionCount", operator?.address, "latest"),
  );
}

/** What is known before anything is spent. */
export const ESTIMATING: readonly Step[] = [
  {
    name: "estimate, with no key",
    async run(world) {
      const found = (await world.home.json([
        "estimate",
        ...FIRST,
      ])) as unknown as Estimate;
      const run = found.transactions.filter(({ kind }) => kind !== "register");
      require(run.length === 2, `${run.length} transactions for one batch`);
      world.estimated = run.reduce((sum, { gas }) => sum + gas, 0);
      const places = found.storage.places.length;
      require(places === 2, `${places} places of 2`);
      return `${world.estimated} gas`;
    },
  },
];

/** What keeps a run from spending. */
export const SPENDING: readonly Step[] = [
  {
    name: "a budget that is too small",
    async run(world) {
      const before = await sent(world);
      const args = batchArguments(3, world.home.path("first"));
      const { code, stderr } = await world.home.start(
        [...args, "--budget", "0.0000001"],
        { keys: ["operator"] },
      ).ended;
      require(code === 1, `it ended with ${code}`);
      require(stderr.includes("budget/exceeded"), stderr);
      require((await sent(world)) === before, "something was sent");
      return "refused before anything was opened";
    },
  },
];

/** What marketplaces look for. */
export const DESCRIBING: readonly Step[] = [
  {
    name: "the estimate beside what was spent",
    async run({ batches, estimated = 0 }) {
      const spent = (batches[0]?.transactions ?? []).reduce(
        (sum, { gasUsed }) => sum + gasUsed,
        0,
      );
      const off = (estimated - spent) / spent;
      require(Math.abs(off) <= MOST_OFF, `${estimated} for ${spent} gas`);
      return `${(100 * off).toFixed(2)} % off`;
    },
  },
  {
    name: "describe-collection",
    async run({ home, held }) {
      const out = ["--out", home.path("page")];
      const verb = ["describe-collection", ...out];
      const page = (await home.json(verb, {
        keys: ["operator"],
      })) as unknown as Page;
      require(!page.named, "the operator named the page");
      require(page.pins.length === 2, `${page.pins.length} places hold it`);
      require((await readdir(held)).includes(
        `${page.root}.car`,
      ), "the folder does not hold it");
      const command = page.command?.split(" ") ?? [];
      const set = command.slice(command.indexOf("--set"));
      await home.hardhat(["parameters", ...set], { keys: ["admin"] });
      const again = (await home.json(verb, {
        keys: ["operator"],
      })) as unknown as Page;
      require(again.named &&
        again.uri === page.uri, "the collection does not name the page");
      return "held by both places, named by the admin";
    },
  },
];
