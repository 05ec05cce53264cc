/**
 * Prints what was estimated beside what was then spent, for batches of 1, 10 and 100: the first ever, one to a new owner, and a later one.
 *
 *   npx hardhat run test/bench/estimate.ts
 *
 * On Hardhat's chain and, where it can run, on Anvil with a chain id of its own; there once more with test/contracts/mocks/RollupFees.sol
 * at the address of the OP stack's GasPriceOracle, which no chain here has: its data fees are counted in the estimate, and nobody
 * charges them, so they are compared with the same question asked about the very bytes that were sent.
 * Fails if an estimate is off by more than 5 %.
 */
import { randomBytes } from "node:crypto";

import hre from "hardhat";

import {
  createFees,
  GAS_PRICE_ORACLE,
} from "../../offchain/adapters/chain-fees.ts";
import { readStanding } from "../../offchain/adapters/chain-standing.ts";
import { createRpc, hexData } from "../../offchain/adapters/rpc.ts";
import { toHex, type Hex } from "../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../offchain/kernel/observation.ts";
import { estimateGas } from "../../offchain/loop/estimate.ts";
import { rehearse } from "../../tasks/compose/rehearsal.ts";
import {
  RECIPE,
  startLocalChain,
  type LocalChain,
} from "../kit/local-chain.ts";
import { anvilPlace, hardhatPlace, type Place } from "./estimate/places.ts";
import { z } from "zod";

const COUNTS = [1, 10, 100];
const MOST_OFF = 5;
const CONDITIONS = packObservation({ ...NEUTRAL_OBSERVATION, sizeLog2: 9 });

let worst = 0;
for (const start of [hardhatPlace, anvilPlace]) {
  const place = await start();
  if (place === undefined) {
    console.log("\nAnvil cannot run here: left out.");
    continue;
  }
  try {
    await measure(place);
  } finally {
    await place.close();
  }
}
console.log(`\nFurthest off: ${worst.toFixed(2)} %, of ${MOST_OFF} % allowed.`);
if (worst > MOST_OFF) process.exitCode = 1;

async function measure({ name, connection, setCode }: Place): Promise<void> {
  const local = await startLocalChain(connection);
  const { provider } = local;
  const rows: Record<string, Record<string, string>> = {};
  const rollups = name.startsWith("Anvil") ? [false, true] : [false];
  for (const rollup of rollups) {
    for (const count of COUNTS) {
      const fresh = await provider.send("evm_snapshot", []);
      if (rollup) {
        const mock = await hre.artifacts.readArtifact("RollupFees");
        await setCode(GAS_PRICE_ORACLE, mock.deployedBytecode);
      }
      const holder = toHex(randomBytes(20));
      const others = toHex(randomBytes(20));
      for (const [which, to] of [
        ["first", holder],
        ["to a new owner", others],
        ["later", holder],
      ] as const) {
        const key = `${rollup ? "as a rollup, " : ""}${which} of ${count}`;
        rows[key] = await compare(local, to, count, rollup);
      }
      await provider.send("evm_revert", [fresh]);
    }
  }
  console.log(`\n${name}: gas of opening and sealing; the coin at 18 decimals`);
  console.table(rows);
}

/** Estimates a batch, makes it, and tells both. */
async function compare(
  local: LocalChain,
  to: Hex,
  count: number,
  rollup: boolean,
): Promise<Record<string, string>> {
  const rpc = createRpc(local.provider);
  const fees = createFees(rpc);
  const run = { to, recipe: RECIPE };
  const found = await estimateGas(
    {
      ...run,
      counts: [count],
      conditions: CONDITIONS,
      standing: await readStanding(local.options(), run),
    },
    { fees, rehearse: (request) => rehearse(hre, request) },
  );

  const chain = local.chain();
  const opening = { ...run, count, conditions: CONDITIONS };
  const open = await chain.openBatch(opening, { key: "open" });
  const { seedBlock } = await chain.batchOf(open.opened.batch);
  // On a foreign chain nobody mines on demand.
  await local.provider.send("hardhat_mine", ["0x2"]);
  const { hash: blockHash } = await chain.reachBlock(seedBlock);
  const root = toHex(randomBytes(32));
  const seal = await chain.sealBatch(
    { batch: open.opened.batch, root, blockHash },
    { key: "seal" },
  );
  const spent = open.gasUsed + seal.gasUsed;
  const shown = {
    estimated: found.gas.toLocaleString("en"),
    spent: spent.toLocaleString("en"),
    "off, %": off(found.gas, spent),
  };
  if (!rollup) return shown;

  let asked = 0n;
  for (const { hash, gasUsed } of [open, seal]) {
    const sent = await rpc.ask(
      "eth_getTransactionByHash",
      [hash],
      z.object({ to: hexData, input: hexData }),
    );
    asked += await fees.dataFee({
      to: sent.to,
      data: sent.input,
      gas: gasUsed,
    });
  }
  return {
    ...shown,
    "data fee": `${found.dataFee}`,
    "of what was sent": `${asked}`,
    "data off, %": off(Number(found.dataFee), Number(asked)),
  };
}

function off(estimated: number, spent: number): string {
  const percent = (100 * (estimated - spent)) / spent;
  worst = Math.max(worst, Math.abs(percent));
  return percent.toFixed(3);
}
