import { ZeroAddress, type Interface, type Result } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { FatalError, isLoopError, RetryableError } from "../kernel/errors.ts";
import type { OracleView } from "../loop/chain.ts";
import type { DeployedChain } from "../loop/ports-deployment.ts";
import { SIGNED_REPORTERS } from "./chain-abi-adapters.ts";
import {
  COLLECTION_SETTINGS,
  ORACLE_SETTINGS,
} from "./chain-abi-deployment.ts";
import { ORACLE } from "./chain-abi-evolving.ts";
import { COLLECTION } from "./chain-abi.ts";
import { readBook } from "./chain-book.ts";
import { createCall, type Call } from "./chain-call.ts";
import { readLogs, safe } from "./chain-events.ts";
import { readDao } from "./chain-deployed-dao.ts";
import { isContract } from "./chain-office.ts";
import { BOUNDS } from "./chain-oracle.ts";
import { hexData, quantity, type Rpc } from "./rpc.ts";

const WHOLE_BPS = 10_000;

/**
 * The {@link DeployedChain} over JSON-RPC. Contracts of others may answer anything: that is FatalError `chain/refused` or
 * `chain/bad-answer`.
 * @param fromBlock no event of the contracts is in an earlier block.
 */
export function createDeployedChain(
  rpc: Rpc,
  fromBlock: number,
): DeployedChain {
  const none: Hex = ZeroAddress as Hex;
  const { call: ask } = createCall(rpc, { collection: none, registry: none });
  const call: Call = async (target, name, args) => {
    try {
      return await ask(target, name, args);
    } catch (error) {
      if (isLoopError(error)) throw error;
      throw new FatalError(
        "chain/bad-answer",
        `The contract answers \`${name}\` with something else than it should; it is none of ours.`,
        { cause: error },
      );
    }
  };
  const viewer =
    (address: Hex) =>
    async (abi: Interface, name: string, args: readonly unknown[] = []) =>
      (await call({ address, abi }, name, args))[0] as unknown;

  return {
    dao: (dao, accounts) =>
      readDao({ rpc, call }, { dao, fromBlock, accounts }),
    isContract: (address) => isContract(rpc, address),
    async signatories(address) {
      const adapter = { address, abi: SIGNED_REPORTERS };
      try {
        const [accounts, quorum] = await ask(adapter, "reporters");
        return { accounts: [...accounts].map(lower), quorum: safe(quorum) };
      } catch (error) {
        // Another adapter: it knows no reporters.
        if (error instanceof RetryableError) throw error;
        return undefined;
      }
    },
    code: (address) => rpc.ask("eth_getCode", [address, "latest"], hexData),
    book: (registry, accounts) =>
      readBook({ rpc, call }, { registry, fromBlock, accounts }),
    async collection(address) {
      const one = viewer(address);
      const limits = (await one(COLLECTION, "limits")) as Result;
      const terms = (await one(COLLECTION, "forgeTerms")) as Result;
      const royalty = await call({ address, abi: COLLECTION }, "royaltyInfo", [
        0,
        WHOLE_BPS,
      ]);
      return {
        registry: lower(await one(COLLECTION_SETTINGS, "REGISTRY")),
        name: String(await one(COLLECTION, "name")),
        symbol: String(await one(COLLECTION, "symbol")),
        contractURI: String(await one(COLLECTION_SETTINGS, "contractURI")),
        maxSupply: safe(await one(COLLECTION, "MAX_SUPPLY")),
        seedDelay: safe(await one(COLLECTION, "SEED_DELAY")),
        sealWindow: safe(await one(COLLECTION, "SEAL_WINDOW")),
        worksPerDay: safe(limits["worksPerDay"]),
        owner: lower(await one(COLLECTION, "owner")),
        royalty: { receiver: lower(royalty[0]), bps: safe(royalty[1]) },
        paused: Boolean(limits["paused"]),
        validator: somebody(await one(COLLECTION, "getTransferValidator")),
        forgeParents: safe(terms["parents"]),
        oracle: somebody(await one(COLLECTION, "oracle")),
      };
    },
    async oracle(address) {
      const one = viewer(address);
      const limits = (await one(ORACLE, "bounds")) as Result;
      const contract = { address, abi: ORACLE };
      const [active, fallback] = await call(contract, "adapters");
      const [first] = await readLogs(rpc, {
        address,
        topics: [ORACLE.getEvent("AdaptersChanged")?.topicHash ?? ""],
        from: fromBlock,
        to: await rpc.ask("eth_blockNumber", [], quantity),
      });
      return {
        registry: lower(await one(ORACLE_SETTINGS, "REGISTRY")),
        collection: lower(await one(ORACLE_SETTINGS, "COLLECTION")),
        firstRound: safe(await one(ORACLE, "FIRST_ROUND")),
        bounds: Object.fromEntries(
          BOUNDS.map((name) => [name, safe(limits[name])]),
        ) as OracleView["bounds"],
        active: somebody(active),
        fallback: somebody(fallback),
        firstActive: somebody(`0x${first?.topics[1]?.slice(-40) ?? ""}`),
      };
    },
  };
}

function lower(value: unknown): Hex {
  return String(value).toLowerCase() as Hex;
}

/** Undefined for the address of nobody. */
function somebody(value: unknown): Hex | undefined {
  const address = lower(value);
  return address === ZeroAddress || address === "0x" ? undefined : address;
}
