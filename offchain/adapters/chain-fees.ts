import { Interface, Transaction } from "ethers";
import { z } from "zod";

import type { Hex } from "../kernel/bytes.ts";
import type { Fees, Weighed } from "../loop/ports-fees.ts";
import { bigQuantity, hexData, quantity, refusalOf, type Rpc } from "./rpc.ts";
import { suggestedTip } from "./fees-ethers.ts";

/** Where chains of the OP stack tell what the bytes of a transaction cost; other chains have no code there. */
export const GAS_PRICE_ORACLE = "0x420000000000000000000000000000000000000f";

const ORACLE = new Interface([
  "function getL1Fee(bytes data) view returns (uint256)",
  "function getOperatorFee(uint256 gasUsed) view returns (uint256)",
]);

/** As long as any that is sent: the oracle counts bytes. */
const NONCE = 1_000;

const receipt = z
  .object({
    gasUsed: bigQuantity,
    effectiveGasPrice: bigQuantity,
    /** Only where the chain is a rollup of that kind. */
    l1Fee: bigQuantity.nullish(),
  })
  .nullable();

const block = z.object({ baseFeePerGas: bigQuantity });

/** The {@link Fees} of a chain over JSON-RPC. */
export function createFees(rpc: Rpc): Fees {
  let known: Promise<boolean> | undefined;
  const hasOracle = (): Promise<boolean> => {
    known ??= rpc
      .ask("eth_getCode", [GAS_PRICE_ORACLE, "latest"], hexData)
      .then((code) => code !== "0x");
    return known;
  };
  const ask = async (name: string, argument: unknown): Promise<bigint> => {
    const data = ORACLE.encodeFunctionData(name, [argument]);
    const call = { to: GAS_PRICE_ORACLE, data };
    return BigInt(await rpc.ask("eth_call", [call, "latest"], hexData));
  };
  /** Chains before the fork that brought it refuse the question, and ask nothing. */
  const operatorFee = async (gas: bigint): Promise<bigint> => {
    try {
      return await ask("getOperatorFee", gas);
    } catch (error) {
      if (refusalOf(error) === undefined) throw error;
      return 0n;
    }
  };
  const prices: Fees["prices"] = async () => {
    const [{ baseFeePerGas }, tip] = await Promise.all([
      rpc.ask("eth_getBlockByNumber", ["latest", false], block),
      suggestedTip(rpc),
    ]);
    return { baseFee: baseFeePerGas, tip };
  };
  return {
    prices,
    async dataFee(transaction) {
      if (!(await hasOracle())) return 0n;
      const bytes = await unsigned(transaction);
      const [data, operator] = await Promise.all([
        ask("getL1Fee", bytes),
        operatorFee(BigInt(transaction.gas)),
      ]);
      return data + operator;
    },
    async paid(hash) {
      const mined = await rpc.ask("eth_getTransactionReceipt", [hash], receipt);
      if (mined === null) return undefined;
      const { gasUsed, effectiveGasPrice, l1Fee } = mined;
      const paid = gasUsed * effectiveGasPrice;
      if (l1Fee === null || l1Fee === undefined) return paid;
      return paid + l1Fee + (await operatorFee(gasUsed));
    },
  };

  /** The bytes as they would be signed: the oracle adds the signature by itself. */
  async function unsigned({ to, data, gas }: Weighed): Promise<Hex> {
    const [{ baseFee, tip }, chainId] = await Promise.all([
      prices(),
      rpc.ask("eth_chainId", [], quantity),
    ]);
    const fields = {
      type: 2,
      chainId,
      nonce: NONCE,
      data,
      value: 0n,
      gasLimit: BigInt(gas),
      maxFeePerGas: 2n * baseFee + tip,
      maxPriorityFeePerGas: tip,
    };
    return Transaction.from(to === null ? fields : { ...fields, to })
      .unsignedSerialized as Hex;
  }
}
