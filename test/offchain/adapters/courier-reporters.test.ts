import { expect } from "chai";
import hre from "hardhat";

import { createDesk } from "../../../offchain/adapters/courier-desk.ts";
import {
  createReporters,
  createReportersCourier,
} from "../../../offchain/adapters/courier-reporters.ts";
import {
  resolveWallets,
  walletsFrom,
  type Wallets,
} from "../../../offchain/adapters/wallet-ethers.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import type {
  FiledReport,
  Gathered,
} from "../../../offchain/loop/gather-reports.ts";
import { REPORTERS } from "../../kit/jobs.ts";
import { startLocalChain, type LocalChain } from "../../kit/local-chain.ts";
import {
  createMemoryStore,
  openMemoryJournal,
} from "../../kit/memory-journal.ts";
import { expectCode } from "../../kit/rejection.ts";

const NOBODY: Hex = `0x${"00".repeat(20)}`;
const observed = (time: number, change = 100): Hex =>
  packObservation({
    ...NEUTRAL_OBSERVATION,
    present: { ...NEUTRAL_OBSERVATION.present, change: true },
    change,
    time,
  });

describe("the courier of signed reporters", () => {
  let local: LocalChain;
  let adapter: Hex;
  let set: Hex[];
  let all: Wallets;
  beforeEach(async () => {
    local = await startLocalChain();
    const accounts = (await local.provider.send("eth_accounts", [])) as Hex[];
    set = REPORTERS.map((i) => accounts[i] ?? NOBODY).toSorted();
    adapter = await named(local.oracle);
    const development = hre.config.networks["node"]?.accounts;
    all = await resolveWallets({
      provider: local.provider,
      accounts: "remote",
      ...(development === undefined ? {} : { development }),
    });
  });
  afterEach(() => local.close());

  /** Reporters in front of an oracle that the collection names. */
  async function named(oracle: Hex): Promise<Hex> {
    const args = [local.registry, oracle, set, 3n];
    const active = await local.deploy("SignedReporters", args);
    const change = { name: "adapters", active, fallback: NOBODY } as const;
    await local.chain().setParameter(change, { key: `name-${active}` });
    return active;
  }
  /** The keys of some reporters, and of the account that sends. */
  async function keysOf(...reporters: readonly (Hex | undefined)[]) {
    const found = [all.first];
    for (const reporter of reporters) {
      const wallet = await all.find((address) => address === reporter);
      if (wallet !== undefined) found.push(wallet);
    }
    const wallets = await walletsFrom(found);
    if (wallets === undefined) throw new Error("no wallet");
    return wallets;
  }
  const context = (wallets: Wallets, store = createMemoryStore()) => ({
    desk: createDesk(
      local.options({ wallets, journal: openMemoryJournal({ store }) }),
    ),
    wallets,
    adapter,
  });
  /** What one reporter hands to the others. */
  async function reportOf(
    reporter: Hex | undefined,
    observation: Hex,
  ): Promise<FiledReport> {
    const own = createReporters(context(await keysOf(reporter)));
    const [report] = await own.sign(observation);
    if (report === undefined) throw new Error("no report");
    return { name: report.reporter, report };
  }

  it("signs as every reporter whose key is here, and brings the round", async () => {
    const courier = createReportersCourier(context(all));
    const first = await courier.bring(observed(1_000), { key: "one" });
    expect(courier.kind).to.equal("signed-reporters");
    expect(first.round).to.include({
      round: 1,
      observation: observed(1_000),
      adapter,
    });
    const second = await courier.bring(observed(2_000), { key: "two" });
    expect(await local.chain().rounds()).to.deep.equal([
      first.round,
      second.round,
    ]);
  });

  it("signs as those whom the admin names now, and as nobody of before", async () => {
    const change = {
      name: "reporters",
      adapter,
      quorum: 1,
      set: set.slice(0, 1),
    } as const;
    const wrong = { ...change, quorum: 2 };
    await expectCode(
      local.chain().setParameter(wrong, { key: "too many" }),
      "chain/refused",
    );
    await local.chain().setParameter(change, { key: "one" });
    const own = createReporters(context(all));
    const signed = await own.sign(observed(1_000));
    expect(signed.map(({ reporter }) => reporter)).to.deep.equal(change.set);
    const courier = createReportersCourier(context(all));
    const { round } = await courier.bring(observed(1_000), { key: "bring" });
    expect(round).to.include({ round: 1, adapter });
  });

  it("counts on where its oracle does", async () => {
    const oracle = await local.deployOracle(9);
    await local
      .chain()
      .setParameter({ name: "oracle", oracle }, { key: "ninth" });
    adapter = await named(oracle);
    const courier = createReportersCourier(context(all));
    const { round } = await courier.bring(observed(1_000), { key: "one" });
    expect(round.round).to.equal(9);
  });

  it("adds the reports of others, and brings the median of all", async () => {
    const mine = observed(1_000, 100);
    const handedIn = [
      await reportOf(set[3], observed(1_010, 300)),
      await reportOf(set[1], observed(1_020, -900)),
      { name: "rubbish", unreadable: "is no JSON" },
    ];
    const seen: Gathered[] = [];
    const courier = createReportersCourier(context(await keysOf(set[0])), {
      handedIn,
      onGathered: (gathered) => seen.push(gathered),
    });
    const { round } = await courier.bring(mine, { key: "one" });
    expect(round.observation).to.equal(observed(1_010, 100));
    expect(seen[0]?.missing).to.deep.equal([set[2], set[4]]);
    expect(seen[0]?.dropped.map(({ code }) => code)).to.deep.equal([
      "report/malformed",
    ]);
  });

  it("sends nothing while the quorum is missing, and names who is needed", async () => {
    const store = createMemoryStore();
    const wallets = await keysOf(set[0]);
    const handedIn = [await reportOf(set[1], observed(1_000))];
    const courier = createReportersCourier(context(wallets, store), {
      handedIn,
    });
    const error = await expectCode(
      courier.bring(observed(1_000), { key: "one" }),
      "courier/quorum-missing",
    );
    expect(error.message).to.include(set[2]).and.to.include(set[4]);
    expect(store.transactions).to.deep.equal([]);
    expect(await local.chain().rounds()).to.deep.equal([]);
    // A round later their reports count for nothing.
    await createReportersCourier(context(all)).bring(observed(1_000), {
      key: "all",
    });
    await expectCode(
      courier.bring(observed(2_000), { key: "two" }),
      "courier/quorum-missing",
    );
  });

  it("brings one round under its key, although the oracle has gone on", async () => {
    const store = createMemoryStore();
    const again = () => createReportersCourier(context(all, store));
    const first = await again().bring(observed(1_000), { key: "one" });
    expect(await again().bring(observed(1_000), { key: "one" })).to.deep.equal(
      first,
    );
    expect(store.transactions).to.have.length(1);
  });

  it("is refused what the oracle refuses", async () => {
    const courier = createReportersCourier(context(all));
    await courier.bring(observed(1_000), { key: "one" });
    const error = await expectCode(
      courier.bring(observed(1_000), { key: "two" }),
      "chain/refused",
    );
    expect(error.message).to.include("MarketOracleStaleObservation");
  });
});
