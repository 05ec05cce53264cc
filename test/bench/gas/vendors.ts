import type { ContractTransactionResponse, Signer } from "ethers";
import { id, keccak256, solidityPacked, ZeroAddress } from "ethers";

import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import { JOBS } from "../../kit/jobs.ts";
import { DEFAULT_BOUNDS } from "../../kit/oracle-bounds.ts";
import type { BenchChain, Loose } from "./chain.ts";
import type { OurSubject } from "./subjects.ts";

const DAY = 86_400;

/** Noon of the day after the chain's first. */
const BEGIN = Date.UTC(2026, 0, 2, 12) / 1_000;

/** Prices of a window and some more, so that the ring came round. */
const POKES = 40;

const REQUEST = new Uint8Array(700).fill(7);
const CALLBACK_GAS = 300_000;

/** A market with all fields, as a network of reporters would bring it. */
const observed = (time: number): string =>
  packObservation({
    ...NEUTRAL_OBSERVATION,
    present: {
      change: true,
      volatility: true,
      trend: true,
      sentiment: true,
      floor: true,
      volume: true,
    },
    change: -312,
    volatility: 451,
    trend: 1_204,
    sentiment: 5_500,
    floor: 1_234_567_890,
    volume: 987_654_321,
    time,
  });

/** What a round costs that a vendor brings, by name: gas of the transaction, or of the callback where that is what is paid. */
export async function measureVendors(
  chain: BenchChain,
  create: () => Promise<OurSubject>,
): Promise<Record<string, number>> {
  return {
    ...(await measureFeed(chain, await vendor(chain, await create()))),
    ...(await measureCre(chain, await vendor(chain, await create()))),
    ...(await measureFunctions(chain, await vendor(chain, await create()))),
  };
}

const as = (contract: Loose, signer: Signer | undefined) =>
  contract.connect(signer as Signer) as Loose;
const gasOf = async (sent: Promise<ContractTransactionResponse>) =>
  Number((await (await sent).wait())?.gasUsed);

type Vendor = Awaited<ReturnType<typeof vendor>>;

/** An oracle with the bounds of a public chain, and a clock that only goes on. */
async function vendor(chain: BenchChain, subject: OurSubject) {
  const { contract: oracle } = await chain.deploy(
    "MarketOracle",
    subject.registry,
    await subject.contract.getAddress(),
    ZeroAddress,
    DEFAULT_BOUNDS,
    1,
  );
  const provider = chain.signers[0]?.provider as unknown as {
    send(method: string, params: unknown[]): Promise<unknown>;
    getBlock(tag: string): Promise<{ timestamp: number }>;
  };
  return {
    oracle: await oracle.getAddress(),
    now: async () => (await provider.getBlock("latest")).timestamp,
    warp: (time: number) => provider.send("evm_setNextBlockTimestamp", [time]),
    name: async (adapter: Loose) =>
      (
        await as(oracle, chain.signers[JOBS.admin]).setAdapters!(
          await adapter.getAddress(),
          ZeroAddress,
        )
      ).wait(),
  };
}

async function measureFeed(chain: BenchChain, { oracle, name, warp }: Vendor) {
  const { contract: feed } = await chain.deploy("FeedMock", 8);
  const { contract: adapter } = await chain.deploy(
    "DataFeedAdapter",
    oracle,
    await feed.getAddress(),
    DAY,
    ZeroAddress,
    0,
  );
  await name(adapter);
  const pokes: number[] = [];
  for (let i = 0; i < POKES; i++) {
    const time = BEGIN + i * DAY;
    await warp(time);
    await (
      await feed.set!(
        300_000_000_000n + BigInt((i * 7_919) % 97) * 500_000_000n,
        time,
      )
    ).wait();
    await warp(time + 12);
    pokes.push(await gasOf(adapter.poke!()));
  }
  return {
    "data feed, first price": pokes[0] as number,
    "data feed, whole window, at most": Math.max(...pokes.slice(32)),
  };
}

async function measureCre(
  chain: BenchChain,
  { oracle, name, now, warp }: Vendor,
) {
  const [forwarder, owner] = chain.signers.slice(1, 3) as [Signer, Signer];
  const workflow = "0x62376430633366326131";
  const { contract: adapter } = await chain.deploy(
    "CreReceiver",
    oracle,
    await forwarder.getAddress(),
    await owner.getAddress(),
    workflow,
  );
  await name(adapter);
  const metadata = solidityPacked(
    ["bytes32", "bytes10", "address", "uint16"],
    [id("workflow"), workflow, await owner.getAddress(), 1],
  );
  const report = async (observedAt: number) =>
    gasOf(
      as(adapter, forwarder).onReport!(metadata, observed(observedAt), {
        gasLimit: 1_000_000,
      }),
    );
  const first = (await now()) + DAY;
  await warp(first);
  const figures = { "CRE, first": await report(first) };
  await warp(first + DAY);
  return {
    ...figures,
    "CRE, steady": await report(first + DAY),
    "CRE, a repeated report": await report(first + DAY),
  };
}

async function measureFunctions(
  chain: BenchChain,
  { oracle, name, now, warp }: Vendor,
) {
  const { contract: router } = await chain.deploy("RouterMock");
  const { contract: adapter } = await chain.deploy(
    "FunctionsAdapter",
    oracle,
    await router.getAddress(),
    1,
    id("network"),
    CALLBACK_GAS,
    keccak256(REQUEST),
    DAY,
  );
  await name(adapter);
  const figures: Record<string, number> = {};
  for (const when of ["first", "steady"]) {
    const time = (await now()) + DAY;
    await warp(time);
    await (await adapter.request!(REQUEST)).wait();
    const [requestId] = await adapter.getFunction("pending").staticCall();
    const answer = [
      await adapter.getAddress(),
      requestId,
      observed(time),
      "0x",
      CALLBACK_GAS,
    ];
    const called = await router.getFunction("fulfill").staticCall(...answer);
    if (called.success !== true) throw new Error("the callback reverted");
    figures[`Functions, callback, ${when}`] = Number(called.used);
    await (await router.fulfill!(...answer, { gasLimit: 1_000_000 })).wait();
  }
  return figures;
}
