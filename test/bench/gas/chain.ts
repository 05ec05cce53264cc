import { readFile } from "node:fs/promises";

import {
  type Contract,
  ContractFactory,
  ZeroHash,
  id,
  type ContractTransactionReceipt,
  type ContractTransactionResponse,
  type InterfaceAbi,
  type Signer,
} from "ethers";
import hre, { network } from "hardhat";

import type { Deployment } from "./deployments.ts";
import type { Figures } from "./scenarios.ts";

/** What one transaction cost: gas after refunds, and storage slots that were zero before it and are not after it. */
export interface Cost {
  readonly gas: number;
  readonly fresh: number;
}

/** A contract whose calls are not typed: the compared ones share no interface. */
export type Loose = Contract &
  Record<string, (...args: unknown[]) => Promise<ContractTransactionResponse>>;

/** Every chain's first day: the operator's daily limit reads the time, and a midnight would cost gas. */
const DATE = "2026-01-01T00:00:00Z";

/** A fresh chain at the prices of that hardfork; `capped` by EIP-7825 unless told otherwise. */
export async function startChain(
  hardfork: "osaka" | "amsterdam" = "osaka",
  { capped = true } = {},
) {
  await hre.tasks.getTask("build").run({ quiet: true });
  const connection = await network.create({
    override: {
      hardfork,
      initialDate: DATE,
      ...(capped ? {} : { transactionGasCap: false }),
    },
  });
  const { ethers, provider } = connection;
  const signers: Signer[] = await ethers.getSigners();

  return {
    signers,
    mine: (blocks: number) =>
      provider.request({
        method: "hardhat_mine",
        params: [`0x${blocks.toString(16)}`],
      }),
    hashOf: async (block: number): Promise<string> =>
      (await ethers.provider.getBlock(block))?.hash ?? ZeroHash,
    deploy: (name: string, ...args: unknown[]) =>
      deploy(name, signers[0] as Signer, args),
    /** Adds to the one of a contract's first slots that holds what it says. */
    addToSlot: async (
      address: string,
      holds: (value: bigint) => boolean,
      added: bigint,
    ): Promise<void> => {
      for (let slot = 0; slot < 32; slot++) {
        const at = `0x${slot.toString(16)}`;
        const value = BigInt(
          (await provider.request({
            method: "eth_getStorageAt",
            params: [address, at],
          })) as string,
        );
        if (!holds(value)) continue;
        const sum = `0x${(value + added).toString(16).padStart(64, "0")}`;
        await provider.request({
          method: "hardhat_setStorageAt",
          params: [address, at, sum],
        });
        return;
      }
      throw new Error("no slot holds that");
    },
    /** `writer` is the one contract that writes, if the called one does not itself but calls it; `both` if both do. */
    cost: (
      sent: Promise<ContractTransactionResponse>,
      writer?: string,
      both = false,
    ) => costOf(sent, provider, writer, both),
    close: () => connection.close(),
  };
}

export type BenchChain = Awaited<ReturnType<typeof startChain>>;

/** Deploys the artifact of that name; gives the contract, its size in bytes and the gas of its deployment. */
async function deploy(name: string, signer: Signer, args: unknown[]) {
  const { abi, bytecode, deployedBytecode } =
    await hre.artifacts.readArtifact(name);
  const contract = await new ContractFactory(
    abi as InterfaceAbi,
    bytecode,
    signer,
  ).deploy(...args);
  const receipt = await (
    await contract.waitForDeployment()
  )
    .deploymentTransaction()
    ?.wait();

  return {
    contract: contract as unknown as Loose,
    size: (deployedBytecode.length - 2) / 2,
    gas: Number(receipt?.gasUsed ?? 0n),
  };
}

interface Step {
  readonly op: string;
  readonly depth: number;
  readonly stack: readonly string[];
}

interface Requests {
  request(call: { method: string; params: unknown[] }): Promise<unknown>;
}

/**
 * Runs one transaction and counts its fresh slots by comparing storage before and after it: a slot that is written and
 * put back, or that was not zero before, is not fresh. Who writes in these transactions is the called contract, one that it calls,
 * or both.
 */
async function costOf(
  sent: Promise<ContractTransactionResponse>,
  provider: Requests,
  writer: string | undefined,
  both: boolean,
): Promise<Cost> {
  const receipt = (await (await sent).wait()) as ContractTransactionReceipt;
  const trace = (await provider.request({
    method: "debug_traceTransaction",
    params: [receipt.hash, { disableStorage: true, disableMemory: true }],
  })) as { structLogs: readonly Step[] };

  const writers = new Map([[1, receipt.to]]);
  if (writer !== undefined) {
    if (!both) writers.clear();
    writers.set(2, writer);
  }
  const writes = trace.structLogs.filter((step) => step.op === "SSTORE");
  if (writes.some((step) => !writers.has(step.depth)))
    throw new Error("a called contract wrote storage; count it too");

  let fresh = 0;
  for (const written of new Set(
    writes.map(
      (step) =>
        `${step.depth} 0x${(step.stack.at(-1) ?? "").replace(/^0x/, "").padStart(64, "0")}`,
    ),
  )) {
    const [depth, slot] = written.split(" ");
    const at = (block: number) =>
      provider.request({
        method: "eth_getStorageAt",
        params: [writers.get(Number(depth)), slot, `0x${block.toString(16)}`],
      });
    const [before, after] = await Promise.all([
      at(receipt.blockNumber - 1),
      at(receipt.blockNumber),
    ]);
    if (BigInt(before as string) === 0n && BigInt(after as string) !== 0n)
      fresh += 1;
  }

  return { gas: Number(receipt.gasUsed), fresh };
}

/** The snapshot beside the golden vectors: figures that may change only on purpose. */
export const SNAPSHOT = new URL("../../vectors/gas.json", import.meta.url);

/** What is in it, by collection and by contract. */
export interface Snapshot {
  readonly figures: Readonly<Record<string, Figures>>;
  readonly deployments: Readonly<Record<string, Deployment>>;
}

/** Reads it. */
export async function readSnapshot(): Promise<Snapshot> {
  return JSON.parse(await readFile(SNAPSHOT, "utf8")) as Snapshot;
}

/** A fixed 32-byte word for a name. */
export const word = (name: string): string => id(name);
