import CreModule from "../ignition/modules/cre.ts";
import DataFeedsModule from "../ignition/modules/data-feeds.ts";
import DevelopmentFeedModule from "../ignition/modules/development-feed.ts";
import FunctionsModule from "../ignition/modules/functions.ts";
import SignedReportersModule from "../ignition/modules/signed-reporters.ts";
import { toHex, utf8, type Hex } from "../offchain/kernel/bytes.ts";
import { sha256 } from "../offchain/kernel/digest.ts";
import { FatalError } from "../offchain/kernel/errors.ts";
import type { AdapterKind } from "../offchain/loop/chain.ts";
import { otherVersion, type Connection } from "./deployment.ts";

/** Accounts of a development chain by what they play in front of the oracle; 0 to 6 hold the jobs. */
const ACCOUNT = 7;
const REPORTERS = { first: 8, count: 5, quorum: 3n };
const FORWARDER = 13;

/** A workflow's name as CRE tells it: the first ten digits of its SHA-256, as text. */
const WORKFLOW_NAME = toHex(
  utf8(toHex(sha256(utf8("generative-loop-market"))).slice(2, 12)),
);

/** The stand-in of a feed is told prices of any market of the past: it is never too old. */
const FEED = { heartbeat: 1_500_000_000n };

/** Where the adapters of a development chain go. */
export interface LocalOracle {
  readonly connection: Connection;
  readonly registry: string;
  readonly oracle: Hex;
  /** Where Ignition keeps what it deployed; undefined where the chain ends with the command. */
  readonly deploymentId: string | undefined;
}

/** Deploys the adapter behind a router. */
type BehindRouter = (
  router: Hex,
  parameters: Record<string, string | bigint>,
) => Promise<Hex>;

/** Puts Chainlink Functions on the chain; handed in, so that its toolkit is loaded by whoever asks for it and by nobody else. */
export type DeployFunctions = (deployAdapter: BehindRouter) => Promise<Hex>;

/**
 * The adapter of a kind on a development chain, deployed on first use: a command that died on the way goes on from there.
 * @throws FatalError `chain/few-accounts`.
 */
export async function deployLocalAdapter(
  at: LocalOracle,
  kind: AdapterKind,
  deployFunctions: DeployFunctions,
): Promise<Hex> {
  const { registry, oracle } = at;
  switch (kind) {
    case "account":
      return accountOf(at, ACCOUNT);
    case "signed-reporters": {
      const reporters: Hex[] = [];
      for (let i = 0; i < REPORTERS.count; i++)
        reporters.push(await accountOf(at, REPORTERS.first + i));
      reporters.sort();
      const { quorum } = REPORTERS;
      const parameters = {
        SignedReporters: { registry, oracle, reporters, quorum },
      };
      return addressOf(await deploy(at, SignedReportersModule, parameters));
    }
    case "data-feeds": {
      const feed = await addressOf(await deploy(at, DevelopmentFeedModule, {}));
      const parameters = { DataFeeds: { oracle, feed, ...FEED } };
      return addressOf(await deploy(at, DataFeedsModule, parameters));
    }
    case "cre": {
      const forwarder = await accountOf(at, FORWARDER);
      const parameters = {
        Cre: {
          oracle,
          forwarder,
          workflowOwner: forwarder,
          workflowName: WORKFLOW_NAME,
        },
      };
      return addressOf(await deploy(at, CreModule, parameters));
    }
    case "functions":
      // Each time with a network of its own, which tells its deployments apart.
      return deployFunctions(async (router, parameters) =>
        addressOf(
          await deploy({ ...at, oracle: router }, FunctionsModule, {
            Functions: parameters,
          }),
        ),
      );
  }
}

type AdapterModule =
  | typeof SignedReportersModule
  | typeof DataFeedsModule
  | typeof DevelopmentFeedModule
  | typeof CreModule
  | typeof FunctionsModule;
interface Deployed {
  readonly adapter: { getAddress(): Promise<string> };
}
type Parameters = Record<string, Record<string, string | bigint | string[]>>;

/** Each module keeps a deployment of its own for each oracle, so that Ignition never meets one in another's folder. */
async function deploy(
  { connection, oracle, deploymentId }: LocalOracle,
  module: AdapterModule,
  parameters: Parameters,
): Promise<Deployed> {
  const kept = `${deploymentId}-${oracle.slice(2, 10)}-${module.id}`;
  return (
    connection.ignition
      // Every module here gives one `adapter`; which contract that is makes no difference to its address.
      .deploy(module as typeof CreModule, {
        parameters,
        ...(deploymentId === undefined ? {} : { deploymentId: kept }),
      })
      .catch((cause: unknown) => {
        throw otherVersion(cause, connection.networkName);
      })
  );
}

async function addressOf({ adapter }: Deployed): Promise<Hex> {
  return (await adapter.getAddress()).toLowerCase() as Hex;
}

async function accountOf(
  { connection }: LocalOracle,
  index: number,
): Promise<Hex> {
  const signers = await connection.ethers.getSigners();
  const address = signers[index]?.address;
  if (address !== undefined) return address.toLowerCase() as Hex;
  throw new FatalError(
    "chain/few-accounts",
    `\`${connection.networkName}\` has ${signers.length} accounts; this adapter needs account ${index}, so give the node more.`,
  );
}
