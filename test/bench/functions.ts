/**
 * The path of a round through Chainlink Functions, on a chain of this process with the toolkit's own contracts:
 *
 *   npx hardhat run test/bench/functions.ts
 *
 * From the request to the callback with four runs of the script in Deno, then fuzzed answers through the callback with 300,000
 * gas each (LOOP_ANSWERS, 1,000 by default). Ends with 1 if one of them reverted or gave a wrong round.
 */
import { encodeRequest, type DonRequest } from "../../offchain/don/request.ts";
import { FUNCTIONS } from "../../offchain/adapters/chain-abi-functions.ts";
import { loadToolkit } from "../../offchain/adapters/functions-toolkit.ts";
import { hexData } from "../../offchain/adapters/rpc.ts";
import { toHex } from "../../offchain/kernel/bytes.ts";
import { startFunctionsChain } from "../kit/functions-chain.ts";
import { localRequest } from "../kit/functions-request.ts";
import { fuzzCallbacks } from "./functions/fuzz.ts";

const ANSWERS = Number(process.env["LOOP_ANSWERS"] ?? 1_000);
const PATHS = 5;

const milliseconds = async <T>(
  work: () => Promise<T>,
): Promise<[number, T]> => {
  const start = performance.now();
  const result = await work();
  return [performance.now() - start, result];
};
const middle = (values: readonly number[]): string =>
  (values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0).toFixed(0);

const sources = await localRequest();
const chain = await startFunctionsChain();
try {
  const small: DonRequest = {
    source: "return new Uint8Array(32)",
    args: [],
  };
  const toolkit = await loadToolkit();
  const [alone] = await milliseconds(() => toolkit.simulate(small.source, []));
  console.log(`One empty run in Deno: ${alone.toFixed(0)} ms.`);

  for (const [name, given] of Object.entries({
    "the market's script": sources.request,
    "an empty script": small,
  })) {
    const adapter = await chain.adapterFor(given);
    const desk = await chain.desk();
    const target = { address: adapter, abi: FUNCTIONS };
    const bytes = encodeRequest(given);
    const times: number[] = [];
    const figures = { request: 0, transmit: 0, juels: 0n };
    for (let i = 0; i < PATHS; i++) {
      const [time, { sent, answered }] = await milliseconds(async () => {
        const sent = await desk.send(
          "anybody",
          target,
          "request",
          [toHex(bytes)],
          { key: `${i}` },
        );
        const log = sent.logs.find(({ address }) => address === adapter);
        const id = hexData.parse(log?.topics[1]);
        return { sent, answered: await chain.don.fulfil(id) };
      });
      times.push(time);
      // Only the first brings a round, since the sources stand still; the first request pays for fresh storage, so the last is told.
      figures.request = sent.gasUsed;
      figures.transmit = Math.max(figures.transmit, answered.receipt.gasUsed);
      figures.juels = answered.juels;
    }
    console.log(
      `${name}: request of ${bytes.length.toLocaleString("en")} bytes, gas ${figures.request.toLocaleString("en")}; ` +
        `transmission with its callback, gas ${figures.transmit.toLocaleString("en")}; ` +
        `${(Number(figures.juels) / 1e18).toFixed(4)} LINK billed; ` +
        `from request to callback with four runs ${middle(times)} ms (median of ${PATHS}).`,
    );
  }

  const fuzz = await fuzzCallbacks(chain, ANSWERS);
  console.table(fuzz.kinds);
  console.log(
    `${fuzz.answers.toLocaleString("en")} answers through the callback: ${fuzz.reverts} reverts, ${fuzz.wrongRounds} wrong rounds, ` +
      `${fuzz.rounds} rounds as they should be; the most gas ${fuzz.mostGas.toLocaleString("en")} of 300,000.`,
  );
  if (fuzz.reverts + fuzz.wrongRounds > 0) process.exitCode = 1;
} finally {
  await chain.local.close();
  await sources.close();
}
