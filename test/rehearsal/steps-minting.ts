import { readdir } from "node:fs/promises";

import { finishMinting, mintThrough, startMinting } from "./minting.ts";
import { until } from "./process.ts";
import { require } from "./requires.ts";
import type { Step, World } from "./steps.ts";

/** Gwei: the base fee before and after its leap. */
const [CALM, HIGH] = [1, 12];

/** What is said once a transaction is in a block that is not settled. */
const WAITING = "waiting until that block is settled";

async function baseFee({ chain }: World): Promise<number> {
  const block = (await chain.send("eth_getBlockByNumber", "latest", false)) as {
    baseFeePerGas: string;
  };
  return Number(block.baseFeePerGas) / 1e9;
}

async function blockOf({ chain }: World, hash: string): Promise<number> {
  const receipt = (await chain.send("eth_getTransactionReceipt", hash)) as {
    blockNumber: string;
  } | null;
  return receipt === null ? -1 : Number(receipt.blockNumber);
}

/** Transactions of the operator that are in blocks. */
async function sent({ chain }: World): Promise<number> {
  const [operator] = chain.accounts;
  return Number(
    await chain.send("eth_getTransactionCount", operator?.address, "latest"),
  );
}

const seedsIn = (points: readonly string[]): number =>
  new Set(points.filter((label) => /\/seed-0x.*\/stored$/.test(label))).size;

/** Batches, and what may come between. */
export const MINTING: readonly Step[] = [
  {
    name: "mint-batch",
    async run(world) {
      const minted = await finishMinting(startMinting(world, 3, "first"));
      world.batches.push(minted);
      require(minted.verified === 3, `${minted.verified} of 3 verified`);
      const kept = await readdir(world.held);
      require(kept.includes(
        `${minted.root}.car`,
      ), `the folder that keeps archives holds ${kept.join(", ")}`);
      return "3 works, held by kubo and by a folder, sealed";
    },
  },
  {
    name: "a batch killed before its opening was sent",
    async run(world) {
      world.sentBefore = await sent(world);
      const dying = startMinting(world, 3, "second", {
        LOOP_KILL_AT: "*/open-0/outbox",
      });
      const { code } = await dying.ended;
      require(code === null, `it ended with ${code}`);
      return "the signed opening is in the journal";
    },
  },
  {
    name: "the base fee leaps; the same command, interrupted by Ctrl-C",
    async run(world) {
      world.chain.setBaseFee(HIGH);
      await until("the base fee", 20, async () => (await baseFee(world)) > 8);
      const going = startMinting(world, 3, "second");
      await going.passed(/\/seed-0x.*\/stored$/);
      going.signal("SIGINT");
      const { code } = await going.ended;
      require(code === 130, `it ended with ${code}`);
      const again = (await going.points()).some((label) =>
        label.endsWith("open-0/stored-again"),
      );
      require(again, "the opening was sent with the fees of before the leap");
      world.chain.setBaseFee(CALM);
      return "the opening signed again with the same nonce, and mined";
    },
  },
  {
    name: "resume",
    async run(world) {
      const { runs } = (await world.home.json(["resume"], {
        keys: ["operator"],
      })) as { runs: { finished: boolean; count: number }[] };
      require(runs.length === 1 &&
        runs[0]?.finished === true, `it found ${JSON.stringify(runs)}`);
      const files = await readdir(world.home.path("second"));
      require(files.includes("batch-2.car"), `the folder has ${files.join()}`);
      const count = (await sent(world)) - world.sentBefore;
      require(count === 2, `${count} transactions for opening and sealing`);
      return "the run finished: 2 transactions for the batch";
    },
  },
  {
    name: "a reorganisation takes opening and seed before the sealing",
    async run(world) {
      const { chain } = world;
      const before = await sent(world);
      const { minted, points } = await mintThrough(
        world,
        "third",
        /\/candidates-0x.*\/stored$/,
        async () => {
          require((await sent(world)) === before + 1, "nothing was opened");
          for (let depth = 1; (await sent(world)) > before; depth++)
            await chain.reorganise(depth);
        },
      );
      world.batches.push(minted);
      require(minted.batch === 3, `it is batch ${minted.batch}`);
      require(seedsIn(points) === 2, `${seedsIn(points)} seeds were seen`);
      require(minted.verified === 2, `${minted.verified} of 2 verified`);
      const count = (await sent(world)) - before;
      require(count === 2, `${count} transactions for opening and sealing`);
      return "opened by the same transaction, drawn again, sealed";
    },
  },
  {
    name: "a reorganisation takes the sealing before it is settled",
    async run(world) {
      const { chain } = world;
      const before = await sent(world);
      const minting = startMinting(world, 2, "fourth");
      await minting.passed(/\/seal-0x.*\/sent$/);
      // The note of the opening, and then the sealing's: it was seen in a block that is not settled yet.
      await until(
        "the sealing",
        20,
        () => minting.said().split(WAITING).length === 3,
      );
      const dropped = await chain.height();
      for (let depth = 1; (await sent(world)) > before + 1; depth++)
        await chain.reorganise(depth);
      const minted = await finishMinting(minting);
      world.batches.push(minted);
      const seal = minted.transactions.find(({ kind }) => kind === "seal");
      const block = await blockOf(world, seal?.hash ?? "");
      require(block > dropped, `sealed in ${block}, dropped at ${dropped}`);
      const count = (await sent(world)) - before;
      require(count === 2, `${count} transactions for opening and sealing`);
      require(minted.verified === 2, `${minted.verified} of 2 verified`);
      return "sealed once, by the same transaction in a later block";
    },
  },
];
