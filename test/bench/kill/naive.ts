// The control: opens and seals as most scripts do (send, wait, then note that it is done), with the same kill points.
// It must fail the audit that the product passes, or the audit proves nothing.
import { existsSync, readFileSync, writeFileSync } from "node:fs";

import { Contract, JsonRpcProvider } from "ethers";

import { pointFromEnvironment } from "../../../offchain/adapters/fault-point.ts";

/** Where a naive run can be killed; undisturbed it does what it should. */
export const NAIVE_POINTS = [
  "never",
  "open/begun",
  "open/sent",
  "open/mined",
  "open/noted",
  "seal/begun",
  "seal/sent",
  "seal/mined",
  "seal/noted",
] as const;

/** What it needs to know, as one JSON argument. */
export interface NaiveArguments {
  readonly url: string;
  readonly collection: string;
  readonly recipe: string;
  readonly to: string;
  readonly count: number;
  /** Its notes. */
  readonly notes: string;
}

async function main(args: NaiveArguments): Promise<void> {
  const point = pointFromEnvironment(process.env);
  const provider = new JsonRpcProvider(args.url, undefined, {
    staticNetwork: true,
    pollingInterval: 50,
    // ethers otherwise answers from memory for a quarter of a second.
    cacheTimeout: -1,
  });
  const collection = new Contract(
    args.collection,
    [
      "function open(address to, bytes32 recipe, uint256 count, bytes32 conditions)",
      "function seal(uint256 batch, bytes32 root, bytes32 blockHash)",
      "function totals() view returns (tuple(uint256 batches, uint256 seals, uint256 abandoned, uint256 minted, uint256 reserved))",
    ],
    await provider.getSigner(0),
  );
  const notes: { open?: boolean; seal?: boolean } = existsSync(args.notes)
    ? (JSON.parse(readFileSync(args.notes, "utf8")) as object)
    : {};
  const step = async (
    name: "open" | "seal",
    parameters: () => Promise<unknown[]>,
  ): Promise<void> => {
    if (notes[name] === true) return;
    point(`${name}/begun`);
    const sent = (await collection.getFunction(name)(
      ...(await parameters()),
    )) as { wait(): Promise<unknown> };
    point(`${name}/sent`);
    await sent.wait();
    point(`${name}/mined`);
    notes[name] = true;
    writeFileSync(args.notes, JSON.stringify(notes));
    point(`${name}/noted`);
  };
  const conditions = `0x${"00".repeat(32)}`;
  await step("open", async () => [
    args.to,
    args.recipe,
    args.count,
    conditions,
  ]);
  await step("seal", async () => {
    await provider.send("hardhat_mine", ["0x2"]);
    const { batches } = (await collection.getFunction("totals")()) as {
      batches: bigint;
    };
    const height = await provider.getBlockNumber();
    // The seed block follows the opening, and the batch just opened is the newest.
    for (let n = height; n > height - 4; n--) {
      const block = await provider.getBlock(n);
      const seals = [batches, `0x${"11".repeat(32)}`, block?.hash];
      const fits = await collection
        .getFunction("seal")
        .staticCall(...seals)
        .then(() => true)
        .catch(() => false);
      if (fits) return seals;
    }
    throw new Error(`Batch ${batches} cannot be sealed.`);
  });
  provider.destroy();
}

if (import.meta.main)
  await main(JSON.parse(String(process.argv[2])) as NaiveArguments);
