import { Interface } from "ethers";

import {
  encodeRequest,
  type DonRequest,
} from "../../../offchain/don/request.ts";
import { FUNCTIONS } from "../../../offchain/adapters/chain-abi-functions.ts";
import { transact } from "../../../offchain/adapters/functions-transact.ts";
import { hexData } from "../../../offchain/adapters/rpc.ts";
import {
  fromHex,
  toHex,
  utf8,
  type Hex,
} from "../../../offchain/kernel/bytes.ts";
import { keccak256 } from "../../../offchain/kernel/digest.ts";
import { createRng } from "../../../offchain/kernel/rng.ts";
import type { FunctionsChain } from "../../kit/functions-chain.ts";
import { makeAnswer, roundOf } from "./answers.ts";

/** What a callback may use at most. */
const CALLBACK_GAS = 300_000n;

/** What became of fuzzed answers. */
export interface FuzzFigures {
  readonly answers: number;
  readonly reverts: number;
  /** Rounds of what is none, or with another word, and answers that should have been rounds and were not. */
  readonly wrongRounds: number;
  readonly rounds: number;
  /** The most that a callback used, without its transaction's own cost. */
  readonly mostGas: bigint;
  /** How many answers there were of each kind. */
  readonly kinds: Readonly<Record<string, number>>;
}

/** Calls an adapter back in the router's place, each time with 300,000 gas. */
export async function fuzzCallbacks(
  chain: FunctionsChain,
  answers: number,
): Promise<FuzzFigures> {
  const { rpc, local, network, accounts } = chain;
  const provider = local.provider;
  const request: DonRequest = { source: "return 1", args: [] };
  const adapter = await chain.adapterFor(request);
  const ask = (method: string, ...params: unknown[]): Promise<unknown> =>
    provider.send(method, params);
  await ask("hardhat_impersonateAccount", network.router);
  await ask("hardhat_setBalance", network.router, "0xffffffffffffffffffff");
  const call = FUNCTIONS.encodeFunctionData("request", [
    toHex(encodeRequest(request)),
  ]) as Hex;
  const rng = createRng(keccak256(utf8("fuzzed answers")));

  const kinds: Record<string, number> = {};
  let [reverts, wrongRounds, rounds, mostGas] = [0, 0, 0, 0n];
  let id: Hex | undefined;
  let { time: last } = await chain.newest();
  for (let i = 0; i < answers; i++) {
    if (id === undefined) {
      const sent = await transact(rpc, {
        from: accounts[0] ?? adapter,
        to: adapter,
        data: call,
      });
      const log = sent.logs.find(({ address }) => address === adapter);
      id = hexData.parse(log?.topics[1]);
    }
    const answer = makeAnswer(rng, id, last);
    kinds[answer.kind] = (kinds[answer.kind] ?? 0) + 1;
    const before = await chain.newest();
    const data = CALLBACK.encodeFunctionData("handleOracleFulfillment", [
      answer.id,
      answer.response,
      answer.error,
    ]) as Hex;
    const intrinsic = intrinsicGas(fromHex(data));
    try {
      const { gasUsed } = await transact(
        rpc,
        { from: network.router, to: adapter, data },
        CALLBACK_GAS + intrinsic,
      );
      const used = BigInt(gasUsed) - intrinsic;
      if (used > mostGas) mostGas = used;
    } catch {
      reverts++;
    }
    const after = await chain.newest();
    const wanted = roundOf(answer, id, last, after.now);
    if (after.round > before.round) rounds++;
    const right =
      wanted === undefined
        ? after.round === before.round
        : after.round === before.round + 1 && after.observation === wanted;
    if (!right) wrongRounds++;
    last = after.time;
    if (answer.id === id) id = undefined;
  }
  return { answers, reverts, wrongRounds, rounds, mostGas, kinds };
}

const CALLBACK = new Interface([
  "function handleOracleFulfillment(bytes32 requestId, bytes response, bytes err)",
]);

/** What a transaction costs before its callee runs. */
function intrinsicGas(data: Uint8Array): bigint {
  const zeros = data.filter((byte) => byte === 0).length;
  return BigInt(21_000 + 4 * zeros + 16 * (data.length - zeros));
}
