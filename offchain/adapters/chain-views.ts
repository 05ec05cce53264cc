import { ZeroAddress, type Result } from "ethers";

import type { Hex } from "../kernel/bytes.ts";
import { JOBS, type Chain, type Job } from "../loop/chain.ts";
import { COLLECTION } from "./chain-abi.ts";
import type { Call } from "./chain-call.ts";
import { ROLES } from "./chain-jobs.ts";
import {
  readLogs,
  safe,
  toForged,
  topicOf,
  toTransfer,
  type Log,
} from "./chain-events.ts";
import { namedIn } from "./chain-office.ts";
import { ofToken } from "./chain-reads.ts";
import { quantity, type Rpc } from "./rpc.ts";

interface ViewContext {
  readonly rpc: Rpc;
  readonly collection: Hex;
  readonly registry: Hex;
  readonly fromBlock: number;
  readonly call: Call;
}

type Views = Pick<
  Chain,
  | "ownerOf"
  | "lockOf"
  | "forgeTerms"
  | "termsInForce"
  | "forgedEvents"
  | "abandonedBatches"
  | "transfers"
  | "collectionView"
>;

const WHOLE_BPS = 10_000;

/** What a chain tells about holders, forging and the collection as a whole. */
export function createViews({
  rpc,
  collection,
  registry,
  fromBlock,
  call,
}: ViewContext): Views {
  const logs = async (
    address: Hex,
    topics: readonly (string | null)[],
  ): Promise<readonly Log[]> =>
    readLogs(rpc, {
      address,
      topics,
      from: fromBlock,
      to: await rpc.ask("eth_blockNumber", [], quantity),
    });
  const one = async (name: string, args?: readonly unknown[]) =>
    (await call(COLLECTION, name, args))[0] as unknown;

  /** Whoever was ever given the job and still has it, in the order of the granting. */
  const holders = (job: Job): Promise<Hex[]> =>
    namedIn({ rpc, call, registry, fromBlock }, ROLES[job], [
      "RoleGranted",
      "hasRole",
    ]);

  return {
    ownerOf: async (token) => lower((await ofToken(call, "ownerOf", token))[0]),
    lockOf: async (token) => safe((await ofToken(call, "lockOf", token))[0]),
    async forgeTerms() {
      const terms = (await one("forgeTerms")) as Result;
      return {
        recipe: lower(terms["recipe"]),
        conditions: lower(terms["conditions"]),
        parents: safe(terms["parents"]),
      };
    },
    async termsInForce() {
      const terms = (await one("termsInForce")) as Result;
      if (terms["isSet"] !== true) return undefined;
      return {
        guardThreshold: safe(terms["guardThreshold"]),
        oddsSensitivity: safe(terms["oddsSensitivity"]),
        cadence: safe(terms["cadence"]),
      };
    },
    forgedEvents: async () =>
      (await logs(collection, [topicOf("Forged")])).map(toForged),
    abandonedBatches: async () =>
      (await logs(collection, [topicOf("Abandoned")])).map(({ topics }) =>
        safe(BigInt(topics[1] ?? 0)),
      ),
    transfers: async () =>
      (await logs(collection, [topicOf("Transfer")])).map(toTransfer),
    async collectionView() {
      const [counts, limits] = [
        (await one("totals")) as Result,
        (await one("limits")) as Result,
      ];
      const royalty = await call(COLLECTION, "royaltyInfo", [0, WHOLE_BPS]);
      const validator = lower(await one("getTransferValidator"));
      const jobs = {} as Record<Job, readonly Hex[]>;
      for (const job of JOBS) jobs[job] = await holders(job);
      return {
        name: String(await one("name")),
        symbol: String(await one("symbol")),
        maxSupply: safe(await one("MAX_SUPPLY")),
        batches: safe(counts["batches"]),
        seals: safe(counts["seals"]),
        abandoned: safe(counts["abandoned"]),
        minted: safe(counts["minted"]),
        reserved: safe(counts["reserved"]),
        paused: Boolean(limits["paused"]),
        worksPerDay: safe(limits["worksPerDay"]),
        royalty: { receiver: lower(royalty[0]), bps: safe(royalty[1]) },
        validator: validator === ZeroAddress ? undefined : validator,
        owner: lower(await one("owner")),
        contractURI: String(await one("contractURI")),
        jobs,
      };
    },
  };
}

function lower(value: unknown): Hex {
  return String(value).toLowerCase() as Hex;
}
