import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import { z } from "zod";

import { birthBlock } from "../../offchain/adapters/chain-birth.ts";
import { createChain } from "../../offchain/adapters/chain-ethers.ts";
import { readChainIdentity } from "../../offchain/adapters/chain-instance.ts";
import { openJournal } from "../../offchain/adapters/journal-sqlite.ts";
import { createRpc, hexData, quantity } from "../../offchain/adapters/rpc.ts";
import { resolveWallets } from "../../offchain/adapters/wallet-ethers.ts";
import type { Hex } from "../../offchain/kernel/bytes.ts";
import type { Chain } from "../../offchain/loop/chain.ts";
import { noPoint } from "../../offchain/loop/journal.ts";
import type {
  RehearsalRequest,
  RehearsedTransaction,
} from "../../offchain/loop/ports-fees.ts";
import { deployment, type Connection } from "../deployment.ts";

/** Noon, so that no rehearsal passes midnight, where the first opening of a day costs more. */
const NOON = "2026-01-01T12:00:00Z";
const DAY = 86_400;

/** A root like any other, with no byte zero: those are cheaper, and a real root has one by chance only. */
const ROOT: Hex =
  "0x9f3c71e8d2a64b57c1903ed58f27ab6613b8742fd95ce0a18d4b36f27e915ac3";

/** Whoever holds works here that the recipient of the run does not. */
const OTHER: Hex = `0x${"77".repeat(20)}`;

const played = z.object({
  to: hexData.nullable(),
  input: hexData,
  hash: hexData,
});

/**
 * Plays a run's transactions on a chain in this process, with the contracts of this version in the standing of the real ones, and tells
 * what each used: no formula that a later contract would outgrow, and no node that has to play along.
 */
export async function rehearse(
  hre: HardhatRuntimeEnvironment,
  request: RehearsalRequest,
): Promise<readonly RehearsedTransaction[]> {
  await hre.tasks.getTask("build").run({ quiet: true, noTests: true });
  const connection = await hre.network.create({
    network: "default",
    override: { initialDate: NOON },
  });
  try {
    return await play(hre, connection, request);
  } finally {
    await connection.close();
  }
}

async function play(
  hre: HardhatRuntimeEnvironment,
  connection: Connection,
  {
    standing,
    counts,
    to,
    recipe,
    dataset,
    conditions,
    royalty,
  }: RehearsalRequest,
): Promise<readonly RehearsedTransaction[]> {
  const { provider } = connection.ethers;
  const rpc = createRpc(provider);
  const { root } = hre.config.paths;
  const at = await deployment(connection, await readChainIdentity(rpc), {
    root,
    deploy: true,
    birthBlock: (address) => birthBlock(rpc, address),
  });
  const journal = openJournal(":memory:", { point: noPoint });
  const chain = createChain({
    provider,
    journal,
    wallets: await resolveWallets({
      provider,
      accounts: connection.networkConfig.accounts,
    }),
    collectionAddress: at.collection,
    registryAddress: at.registry,
  });
  const weigh = async (
    kind: RehearsedTransaction["kind"],
    part: number | null,
    hash: Hex,
  ): Promise<RehearsedTransaction> => {
    const [{ to: called, input }, { gasUsed }] = await Promise.all([
      rpc.ask("eth_getTransactionByHash", [hash], played),
      rpc.ask(
        "eth_getTransactionReceipt",
        [hash],
        z.object({ gasUsed: quantity }),
      ),
    ]);
    return { kind, part, to: called, data: input, gas: gasUsed };
  };

  try {
    const deployed = await everyTransaction(chain, rpc);
    const registered =
      dataset === undefined
        ? [await chain.registerRecipe(recipe, { key: "register" })]
        : [
            await chain.registerDataset(dataset, { key: "dataset" }),
            await chain.registerRecipe(recipe, { key: "register", dataset }),
          ];
    const seals = createSeals(chain, recipe, conditions);
    if (royalty !== undefined)
      await chain.setParameter(
        { name: "royalty-offer", royalty, offered: true },
        { key: "offer" },
      );
    if (standing.begun || standing.holds)
      await seals.play("before", standing.holds ? to : OTHER, 1);
    if (!standing.today) await provider.send("evm_increaseTime", [DAY]);

    const run: RehearsedTransaction[] = [];
    if (!standing.deployed)
      for (const hash of deployed) run.push(await weigh("deploy", null, hash));
    if (!standing.registered)
      for (const { hash } of registered)
        run.push(await weigh("register", null, hash));
    for (const [part, count] of counts.entries()) {
      const { open, seal } = await seals.play(`${part}`, to, count, royalty);
      run.push(
        await weigh("open", part, open),
        await weigh("seal", part, seal),
      );
    }
    return run;
  } finally {
    await journal.close();
  }
}

/** Opens and seals batches, one after the other. */
function createSeals(chain: Chain, recipe: Hex, conditions: Hex) {
  return {
    async play(
      name: string,
      to: Hex,
      count: number,
      royalty?: RehearsalRequest["royalty"],
    ): Promise<{ readonly open: Hex; readonly seal: Hex }> {
      const own = royalty === undefined ? {} : { royalty };
      const { hash: open, opened } = await chain.openBatch(
        { to, recipe, count, conditions, ...own },
        { key: `${name}/open` },
      );
      const { seedBlock } = await chain.batchOf(opened.batch);
      const { hash: blockHash } = await chain.reachBlock(seedBlock);
      const { hash: seal } = await chain.sealBatch(
        { batch: opened.batch, root: ROOT, blockHash },
        { key: `${name}/seal` },
      );
      return { open, seal };
    },
  };
}

/** Hashes of all transactions so far, oldest first. */
async function everyTransaction(
  chain: Chain,
  rpc: ReturnType<typeof createRpc>,
): Promise<Hex[]> {
  const block = z.object({ transactions: z.array(hexData) });
  const hashes: Hex[] = [];
  const height = await chain.height();
  for (let number = 1; number <= height; number++) {
    const at = [`0x${number.toString(16)}`, false];
    const { transactions } = await rpc.ask("eth_getBlockByNumber", at, block);
    hashes.push(...transactions);
  }
  return hashes;
}
