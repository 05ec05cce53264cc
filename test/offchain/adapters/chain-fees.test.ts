import { expect } from "chai";
import hre from "hardhat";
import { Transaction } from "ethers";

import {
  createFees,
  GAS_PRICE_ORACLE,
} from "../../../offchain/adapters/chain-fees.ts";
import { createRpc } from "../../../offchain/adapters/rpc.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  RECIPE,
  startLocalChain,
  type LocalChain,
} from "../../kit/local-chain.ts";

/** As test/contracts/mocks/RollupFees.sol says. */
const WEI_PER_BYTE = 50_000_000_000n;
const WEI_PER_GAS = 3n;
const SIGNATURE = 68n;

describe("adapters/chain-fees", () => {
  let local: LocalChain;
  const transaction = {
    to: `0x${"11".repeat(20)}`,
    data: `0x${"ab".repeat(100)}`,
    gas: 100_000,
  } as const;

  beforeEach(async () => {
    local = await startLocalChain();
  });
  afterEach(() => local.close());

  /** The contract stands in for the rollup's own, which no chain here has. */
  async function becomeRollup(): Promise<void> {
    const { deployedBytecode } = await hre.artifacts.readArtifact("RollupFees");
    await local.provider.send("hardhat_setCode", [
      GAS_PRICE_ORACLE,
      deployedBytecode,
    ]);
  }

  it("tells the base fee of the newest block and the tip that the node suggests", async () => {
    const rpc = createRpc(local.provider);
    const { baseFee, tip } = await createFees(rpc).prices();
    const block = (await local.provider.send("eth_getBlockByNumber", [
      "latest",
      false,
    ])) as { baseFeePerGas: string };
    expect(baseFee).to.equal(BigInt(block.baseFeePerGas));
    expect(tip).to.equal(
      BigInt(
        (await local.provider.send("eth_maxPriorityFeePerGas", [])) as string,
      ),
    );
  });

  it("asks nothing for data where the chain is no rollup", async () => {
    const fees = createFees(createRpc(local.provider));
    expect(await fees.dataFee(transaction)).to.equal(0n);
  });

  it("asks a rollup for the bytes of the unsigned transaction and for its operator", async () => {
    await becomeRollup();
    const rpc = createRpc(local.provider);
    const fees = createFees(rpc);
    const { baseFee, tip } = await fees.prices();
    const bytes = (to: Hex | null): bigint => {
      const { unsignedSerialized } = Transaction.from({
        type: 2,
        chainId: 31_337,
        nonce: 1_000,
        to,
        data: transaction.data,
        gasLimit: transaction.gas,
        maxFeePerGas: 2n * baseFee + tip,
        maxPriorityFeePerGas: tip,
      });
      return BigInt(unsignedSerialized.length / 2 - 1);
    };
    for (const to of [transaction.to, null])
      expect(await fees.dataFee({ ...transaction, to })).to.equal(
        (bytes(to) + SIGNATURE) * WEI_PER_BYTE +
          BigInt(transaction.gas) * WEI_PER_GAS,
      );
  });

  it("tells what a mined transaction cost its sender, and nothing of one that is in no block", async () => {
    const fees = createFees(createRpc(local.provider));
    const balance = async (): Promise<bigint> =>
      BigInt(
        (await local.provider.send("eth_getBalance", [
          local.wallet.address,
          "latest",
        ])) as string,
      );
    const before = await balance();
    const { hash } = await local.chain().openBatch(
      {
        to: local.wallet.address,
        recipe: RECIPE,
        count: 1,
        conditions: `0x${"00".repeat(32)}`,
      },
      { key: "open" },
    );
    expect(await fees.paid(hash)).to.equal(before - (await balance()));
    expect(await fees.paid(`0x${"12".repeat(32)}`)).to.equal(undefined);
  });

  it("adds the fees that a rollup's receipt tells", async () => {
    await becomeRollup();
    const told = {
      gasUsed: "0x64",
      effectiveGasPrice: "0xa",
      l1Fee: "0x3e8",
    };
    const fees = createFees(
      createRpc({
        send: (method, params) =>
          method === "eth_getTransactionReceipt"
            ? Promise.resolve(told)
            : local.provider.send(method, params),
      }),
    );
    expect(await fees.paid(`0x${"34".repeat(32)}`)).to.equal(
      100n * 10n + 1_000n + 100n * WEI_PER_GAS,
    );
  });
});
