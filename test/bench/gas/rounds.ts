import { getBytes, Signature, type Signer } from "ethers";

import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import { JOBS, ORACLE_ADAPTER, REPORTERS } from "../../kit/jobs.ts";
import { DEFAULT_BOUNDS } from "../../kit/oracle-bounds.ts";
import type { BenchChain, Cost, Loose } from "./chain.ts";
import type { OurSubject } from "./subjects.ts";

const QUORUM = 3;

/** A day before every block of the chain. */
const OBSERVED_AT = 1_767_139_200;

/** Gas of a non-zero byte of calldata less that of a zero byte. */
const ZERO_BYTE_DISCOUNT = 12;

/** Rounds follow each other, and the fallback is heard in the next block; everything else as on a public chain. */
const BOUNDS = { ...DEFAULT_BOUNDS, leastInterval: 0n, staleAfter: 1n };

/** What a reporter sees: everything, so much off what others see; or nothing but the time. */
function observed(round: number, off: number | "nothing"): string {
  if (off === "nothing") {
    const time = OBSERVED_AT + 60 * round;
    return packObservation({ ...NEUTRAL_OBSERVATION, time });
  }
  return packObservation({
    ...NEUTRAL_OBSERVATION,
    present: {
      change: true,
      volatility: true,
      trend: true,
      sentiment: true,
      floor: true,
      volume: true,
    },
    change: -312 + off,
    volatility: 451 + off,
    trend: 1_204 - off,
    sentiment: 5_500 + off,
    floor: 1_234_567_890 + 1_000 * off,
    volume: 987_654_321 - 1_000 * off,
    time: OBSERVED_AT + 60 * round + off,
  });
}

const as = (contract: Loose, signer: Signer | undefined) =>
  contract.connect(signer as Signer) as Loose;

/** What a round costs, by who brings it; every field is observed, and every bound of a public chain is looked at. */
export async function measureAdapters(
  chain: BenchChain,
  subject: OurSubject,
): Promise<Record<string, Cost>> {
  const [account, second] = [ORACLE_ADAPTER, ORACLE_ADAPTER + 1].map(
    (at) => chain.signers[at] as Signer,
  ) as [Signer, Signer];
  const deployOracle = async (first: string) =>
    (
      await chain.deploy(
        "MarketOracle",
        subject.registry,
        await subject.contract.getAddress(),
        first,
        BOUNDS,
        1,
      )
    ).contract;
  const name = async (oracle: Loose, active: string, fallback: string) =>
    (
      await as(oracle, chain.signers[JOBS.admin]).setAdapters!(active, fallback)
    ).wait();

  const oracle = await deployOracle(await account.getAddress());
  const bring = (signer: Signer, round: number) =>
    chain.cost(as(oracle, signer).accept!(observed(round, 0)));
  const byAccount = {
    "a round by an account, first": await bring(account, 1),
    "a round by an account, steady": await bring(account, 2),
  };
  await name(oracle, await account.getAddress(), await second.getAddress());
  const byFallback = {
    "a round by the fallback, steady": await bring(second, 3),
  };
  const reported = await deployOracle(await account.getAddress());
  const { contract: reporters, report } = await reporting(
    chain,
    subject,
    reported,
  );
  await name(
    reported,
    await reporters.getAddress(),
    await account.getAddress(),
  );
  return {
    ...byAccount,
    ...byFallback,
    "3 of 5 signed reporters, first": await report(1, [0, 1, 2]),
    "3 of 5 signed reporters, steady": await report(2, [0, 1, 2]),
    "3 of 5 signed reporters, one saw nothing": await report(3, [
      0,
      1,
      "nothing",
    ]),
    "5 of 5 signed reporters, steady": await report(4, [3, 1, 4, 2, 0]),
  };
}

/** Five reporters in front of an oracle; `report` brings what they saw, each so much off. */
async function reporting(
  chain: BenchChain,
  subject: OurSubject,
  oracle: Loose,
) {
  const signers = await Promise.all(
    REPORTERS.map(async (at) => {
      const signer = chain.signers[at] as Signer;
      return { signer, address: await signer.getAddress() };
    }),
  );
  const sorted = signers.toSorted((a, b) =>
    a.address.toLowerCase() < b.address.toLowerCase() ? -1 : 1,
  );
  const set = sorted.map(({ address }) => address);
  const writer = await oracle.getAddress();
  const { contract } = await chain.deploy(
    "SignedReporters",
    subject.registry,
    writer,
    set,
    QUORUM,
  );
  const domain = {
    name: "Generative Loop Reporters",
    version: "1",
    chainId: (await chain.signers[0]?.provider?.getNetwork())?.chainId ?? 0n,
    verifyingContract: await contract.getAddress(),
  };
  const types = {
    Report: [
      { name: "round", type: "uint256" },
      { name: "observation", type: "bytes32" },
    ],
  };
  return {
    contract,
    report: async (
      round: number,
      offs: readonly (number | "nothing")[],
    ): Promise<Cost> => {
      const reports = await Promise.all(
        offs.map(async (off, i) => {
          const seen = observed(round, off);
          const message = { round, observation: seen };
          const signature = Signature.from(
            await sorted[i]?.signer.signTypedData(domain, types, message),
          );
          return [seen, signature.r, signature.yParityAndS] as const;
        }),
      );
      // Which of a signature's bytes are zero is chance: all are counted as non-zero.
      const zeros = reports
        .flatMap(([, r, vs]) => [...getBytes(r), ...getBytes(vs)])
        .filter((byte) => byte === 0).length;
      const { gas, fresh } = await chain.cost(
        contract.report!(round, set, QUORUM, reports),
        writer,
      );
      return { gas: gas + ZERO_BYTE_DISCOUNT * zeros, fresh };
    },
  };
}
