import { z } from "zod";

import {
  concat,
  fromHex,
  toHex,
  uint256,
  utf8,
  type Hex,
} from "../kernel/bytes.ts";
import { keccak256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import type { ChainInstance } from "../loop/chain.ts";
import { hexData, quantity, refusalOf, type Rpc } from "./rpc.ts";

/** The id that Hardhat's node and Anvil have unless they are told another. */
const DEVELOPMENT_CHAIN_ID = 31_337;

/**
 * Tells which chain this is. Hardhat's chains need more than their genesis hash: their block 0 depends only on the second of
 * their start, so two of them may share it; their node tells an instance id.
 * @throws FatalError `chain/no-contract` if there is no code at the collection's address.
 */
export async function readInstance(
  rpc: Rpc,
  collection: Hex,
): Promise<ChainInstance> {
  const [identity, code] = await Promise.all([
    readChainIdentity(rpc),
    rpc.ask("eth_getCode", [collection, "latest"], hexData),
  ]);
  if (code === "0x") {
    throw new FatalError(
      "chain/no-contract",
      `No contract is at \`${collection}\` on chain ${identity.chainId}; deploy it first, or correct the address.`,
    );
  }
  const id = digest(fromHex(identity.chain), fromHex(collection));
  return { ...identity, id, collection };
}

/** The part of {@link readInstance} that is known before anything is deployed. */
export async function readChainIdentity(
  rpc: Rpc,
): Promise<Omit<ChainInstance, "id" | "collection">> {
  const [chainId, block, client] = await Promise.all([
    rpc.ask("eth_chainId", [], quantity),
    rpc.ask(
      "eth_getBlockByNumber",
      ["0x0", false],
      z.object({ hash: hexData }).nullable(),
    ),
    readNode(rpc),
  ]);
  if (block === null) {
    throw new FatalError(
      "chain/no-block",
      "The node does not know block `0`; use a node that keeps all headers.",
    );
  }
  const chain = digest(
    uint256(chainId),
    fromHex(block.hash),
    utf8(client.instance),
  );
  return {
    chain,
    genesis: block.hash,
    chainId,
    // Under another id the same software stands in for a public chain, a fork or a rehearsal, and is treated as one.
    development: client.local && chainId === DEVELOPMENT_CHAIN_ID,
  };
}

interface Client {
  /** Whether it is Hardhat's node or Anvil. */
  readonly local: boolean;
  /** What tells two starts of it apart; empty elsewhere. */
  readonly instance: string;
}

async function readNode(rpc: Rpc): Promise<Client> {
  const version = await askOptional(rpc, "web3_clientVersion", z.string());
  if (version === undefined || !/hardhat|anvil/i.test(version))
    return { local: false, instance: "" };
  const metadata = await askOptional(
    rpc,
    "hardhat_metadata",
    z.object({ instanceId: z.string() }),
  );
  return { local: true, instance: metadata?.instanceId ?? "" };
}

/** For methods that a node need not have. */
async function askOptional<T>(
  rpc: Rpc,
  method: string,
  answer: z.ZodType<T>,
): Promise<T | undefined> {
  try {
    return await rpc.ask(method, [], answer);
  } catch (error) {
    if (refusalOf(error) !== undefined) return undefined;
    throw error;
  }
}

function digest(...parts: readonly Uint8Array[]): Hex {
  return toHex(keccak256(concat(...parts)));
}
