import type { Hex } from "../kernel/bytes.ts";
import { FatalError } from "../kernel/errors.ts";
import { unpackObservation } from "../kernel/observation.ts";
import type { Courier } from "../loop/courier.ts";
import {
  gatherReports,
  type FiledReport,
  type Gathered,
  type Gathering,
} from "../loop/gather-reports.ts";
import type { Reporters } from "../loop/reporters.ts";
import { SIGNED_REPORTERS } from "./chain-abi-adapters.ts";
import { ORACLE } from "./chain-abi-evolving.ts";
import { safe } from "./chain-events.ts";
import { toMined } from "./chain-send.ts";
import type { CourierDesk } from "./courier-desk.ts";
import { signerOf, signReport } from "./reports-eip712.ts";
import type { Wallets } from "./wallet-ethers.ts";

/** Where the reporters' contract is, and whose keys are here. */
export interface ReportersContext {
  readonly desk: CourierDesk;
  readonly wallets: Wallets;
  readonly adapter: Hex;
}

/** The reporters of one contract as the chain names them now. */
export function createReporters({
  desk,
  wallets,
  adapter,
}: ReportersContext): Reporters {
  const contract = { address: adapter, abi: SIGNED_REPORTERS };
  const gathering = async (): Promise<Gathering> => {
    const [set, quorum] = (await desk.ask(
      contract,
      "reporters",
    )) as unknown as [string[], bigint];
    const oracle = { address: await desk.oracle(), abi: ORACLE };
    const latest = safe((await desk.ask(oracle, "latestRound"))[0]);
    const { chainId } = await desk.instance();
    return {
      chainId,
      adapter,
      round: latest === 0 ? await firstRound(desk, oracle.address) : latest + 1,
      reporters: [...set].map((each) => each.toLowerCase() as Hex),
      quorum: safe(quorum),
      signerOf,
    };
  };
  return {
    gathering,
    async sign(observation) {
      const { chainId, round, reporters } = await gathering();
      const signed = [];
      for (const reporter of reporters) {
        const wallet = await wallets.find((address) => address === reporter);
        const report =
          wallet &&
          (await signReport(wallet, { chainId, adapter, round, observation }));
        if (report !== undefined) signed.push(report);
      }
      return signed;
    },
  };
}

/** An oracle that follows another counts on from there, so its first round need not be 1. */
async function firstRound(desk: CourierDesk, address: Hex): Promise<number> {
  const [first] = await desk.ask({ address, abi: ORACLE }, "FIRST_ROUND");
  return safe(first);
}

/**
 * Rounds brought by signed reporters: signs as everyone whose key is configured, adds the reports that were handed in, and sends what
 * counts. What it came to is told to `onGathered`.
 */
export function createReportersCourier(
  context: ReportersContext,
  {
    handedIn = [],
    onGathered = () => undefined,
  }: {
    readonly handedIn?: readonly FiledReport[];
    readonly onGathered?: (gathered: Gathered) => void;
  } = {},
): Courier {
  const { desk, adapter } = context;
  const reporters = createReporters(context);
  const contract = { address: adapter, abi: SIGNED_REPORTERS };
  return {
    kind: "signed-reporters",
    async bring(observation, once) {
      await desk.reachTime(unpackObservation(observation).time);
      const args = async (): Promise<readonly unknown[]> => {
        const gathering = await reporters.gathering();
        const { round, reporters: set, quorum } = gathering;
        const own = (await reporters.sign(observation)).map((report) => ({
          name: report.reporter,
          report,
        }));
        const gathered = gatherReports([...own, ...handedIn], gathering);
        onGathered(gathered);
        requireQuorum(gathered, quorum);
        return [round, set, quorum, gathered.reports];
      };
      const receipt = await desk.send(
        "anybody",
        contract,
        "report",
        args,
        once,
      );
      return { ...toMined(receipt), round: await desk.roundIn(receipt) };
    },
  };
}

function requireQuorum(
  { enough, reports, missing }: Gathered,
  quorum: number,
): void {
  if (enough) return;
  throw new FatalError(
    "courier/quorum-missing",
    `Only \`${reports.length}\` of the ${quorum} reports that are needed are here; hand in those of ${missing.join(", ")} with --reports.`,
  );
}
