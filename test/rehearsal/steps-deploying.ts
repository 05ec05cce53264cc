import { readFile } from "node:fs/promises";

import { until } from "./process.ts";
import { require } from "./requires.ts";
import type { Step, World } from "./steps.ts";

const DEPLOY =
  "ignition deploy ignition/modules/loop.ts --parameters ignition/parameters/sepolia.json5".split(
    " ",
  );
const BOOK = "ignition/deployments/chain-11155111/deployed_addresses.json";

/** Transactions that the deploying account has in blocks. */
async function sent({ chain }: World): Promise<number> {
  const [deployer] = chain.accounts;
  return Number(
    await chain.send("eth_getTransactionCount", deployer?.address, "latest"),
  );
}

/** The addresses that the deployment wrote down, by the names of the module. */
async function addresses({ home }: World): Promise<Record<string, string>> {
  return JSON.parse(await readFile(home.path(BOOK), "utf8")) as Record<
    string,
    string
  >;
}

/** From a parameter file to contracts. */
export const DEPLOYING: readonly Step[] = [
  {
    name: "plan-deployment",
    async run({ home }) {
      await home.hardhat(["plan-deployment"], { keys: ["operator"] });
      return "addresses, roles and cost before anything is sent";
    },
  },
  {
    name: "ignition deploy, killed after the first contract",
    async run(world) {
      const deploying = world.home.start(DEPLOY, { keys: ["operator"] });
      await until("the first contract", 60, async () => {
        if (!deploying.isOver()) return (await sent(world)) > 0;
        const { stdout, stderr } = await deploying.ended;
        throw new Error(`The deployment ended early:\n${stderr}\n${stdout}`);
      });
      deploying.signal("SIGKILL");
      await deploying.ended;
      const count = await sent(world);
      require(count < 3, `${count} contracts were deployed before the kill`);
      return `${count} of 3 contracts on the chain`;
    },
  },
  {
    name: "the same command again",
    async run(world) {
      await world.home.hardhat(DEPLOY, { keys: ["operator"] });
      const count = await sent(world);
      require(count === 3, `${count} transactions for three contracts`);
      const book = Object.keys(await addresses(world));
      require(book.length === 3, `the address book has ${book.join(", ")}`);
      return "3 contracts, 3 transactions";
    },
  },
];

/** What is done once the contracts are there. */
export const CHECKING: readonly Step[] = [
  {
    name: "check-deployment",
    async run({ home }) {
      await home.hardhat(["check-deployment"]);
      return "roles, immutables and bytecode are as planned";
    },
  },
  {
    name: "recipe register",
    async run({ home }) {
      await home.hardhat(["recipe", "register"], { keys: ["registrar"] });
      return "by the registrar, pinned first";
    },
  },
];
