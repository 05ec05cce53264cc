import { AbiCoder, getCreateAddress, Interface } from "ethers";
import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import type { PlanChain } from "../loop/ports-deployment.ts";
import { toRefusal } from "./chain-errors.ts";
import { bigQuantity, hexData, quantity, refusalOf, type Rpc } from "./rpc.ts";

/** Code that answers `block.number`; a call without a receiver runs it as a constructor, whose return is the answer. */
const NUMBER_CODE = "0x4360005260206000f3";

/** Code that copies memory with MCOPY (EIP-5656) and answers one byte: an older EVM stops at it. */
const MCOPY_CODE = "0x6000600060005e60016000f3";

/** EIP-2935's history contract. */
const HISTORY: Hex = "0x0000f90827f1c53a10cb7a02335b175320002935";

/** Where OP-stack chains tell what data on L1 costs. */
const GAS_PRICE_ORACLE: Hex = "0x420000000000000000000000000000000000000f";
const GAS_PRICES = new Interface([
  "function getL1Fee(bytes data) view returns (uint256)",
]);

const headerSchema = z.object({
  number: quantity,
  hash: hexData,
  mixHash: hexData.default(`0x${"00".repeat(32)}`),
  baseFeePerGas: bigQuantity.optional(),
});

/** The {@link PlanChain} over JSON-RPC. */
export function createPlanChain(rpc: Rpc): PlanChain {
  const call = (to: Hex | undefined, data: string): Promise<Hex> =>
    rpc.ask(
      "eth_call",
      [to === undefined ? { data } : { to, data }, "latest"],
      hexData,
    );
  const hasCode = async (address: Hex): Promise<boolean> =>
    (await rpc.ask("eth_getCode", [address, "latest"], hexData)) !== "0x";

  return {
    hasCode,
    chainId: () => rpc.ask("eth_chainId", [], quantity),
    async blockNumbers() {
      const [seen, told] = await Promise.all([
        call(undefined, NUMBER_CODE),
        rpc.ask("eth_blockNumber", [], quantity),
      ]);
      return { seen: Number(BigInt(seen)), told };
    },
    runsCode: async () =>
      (await optional(call(undefined, MCOPY_CODE))) !== undefined,
    async historyHash(block) {
      if (!(await hasCode(HISTORY))) return undefined;
      const asked = AbiCoder.defaultAbiCoder().encode(["uint256"], [block]);
      const answer = await optional(call(HISTORY, asked));
      return answer?.length === 66 && BigInt(answer) !== 0n
        ? answer
        : undefined;
    },
    async header(block) {
      const tag = block === undefined ? "latest" : `0x${block.toString(16)}`;
      const { baseFeePerGas, ...header } = await rpc.ask(
        "eth_getBlockByNumber",
        [tag, false],
        headerSchema,
      );
      return { ...header, baseFee: baseFeePerGas };
    },
    nonceOf: (account) =>
      rpc.ask("eth_getTransactionCount", [account, "pending"], quantity),
    balanceOf: (account) =>
      rpc.ask("eth_getBalance", [account, "latest"], bigQuantity),
    addressOf: (from, nonce) =>
      getCreateAddress({ from, nonce }).toLowerCase() as Hex,
    async gasOf(from, data) {
      try {
        return await rpc.ask("eth_estimateGas", [{ from, data }], quantity);
      } catch (error) {
        throw toRefusal("constructor", error);
      }
    },
    async tip() {
      const asked = rpc.ask("eth_maxPriorityFeePerGas", [], bigQuantity);
      return (await optional(asked)) ?? 1_000_000_000n;
    },
    async dataFee(creation) {
      if (!(await hasCode(GAS_PRICE_ORACLE))) return 0n;
      const data = GAS_PRICES.encodeFunctionData("getL1Fee", [creation]);
      const answer = await optional(call(GAS_PRICE_ORACLE, data));
      return answer === undefined || answer === "0x" ? 0n : BigInt(answer);
    },
  };
}

/** Undefined where the node or a contract refuses. */
async function optional<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (refusalOf(error) === undefined) throw error;
    return undefined;
  }
}
