import { expect } from "chai";

import { createCreCourier } from "../../../offchain/adapters/courier-cre.ts";
import { createDesk } from "../../../offchain/adapters/courier-desk.ts";
import type { RpcProvider } from "../../../offchain/adapters/rpc.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import type { Courier } from "../../../offchain/loop/courier.ts";
import { startLocalChain, type LocalChain } from "../../kit/local-chain.ts";
import {
  createMemoryStore,
  openMemoryJournal,
} from "../../kit/memory-journal.ts";
import { expectCode } from "../../kit/rejection.ts";

/** Account 13 of a development chain, which plays the forwarder and owns the workflow. */
const FORWARDER = "0x1cbd3b2770909d4e10f157cabc84c7264073c9ec";
/** Ten hex digits as bytes of text, as a hashed name is. */
const NAME = "0x61626364656630313233";
const NOBODY: Hex = `0x${"00".repeat(20)}`;

const observed = (time: number): Hex =>
  packObservation({
    ...NEUTRAL_OBSERVATION,
    present: { ...NEUTRAL_OBSERVATION.present, change: true },
    change: 100,
    time,
  });

describe("the courier of CRE", () => {
  let local: LocalChain;
  let adapter: Hex;
  let courier: Courier;
  beforeEach(async () => {
    local = await startLocalChain();
    adapter = await receiver(FORWARDER);
    await name(adapter, NOBODY);
    courier = createCreCourier({ desk: createDesk(local.options()), adapter });
  });
  afterEach(() => local.close());

  const receiver = (forwarder: string): Promise<Hex> =>
    local.deploy("CreReceiver", [local.oracle, forwarder, FORWARDER, NAME]);
  const name = (active: Hex, fallback: Hex) =>
    local
      .chain()
      .setParameter(
        { name: "adapters", active, fallback },
        { key: `name-${active}` },
      );

  it("delivers as the forwarder on a development chain", async () => {
    const { round, hash, gasUsed } = await courier.bring(observed(1_000), {
      key: "one",
    });
    expect(round).to.include({ round: 1, observation: observed(1_000) });
    expect(hash).to.match(/^0x[0-9a-f]{64}$/);
    expect(gasUsed).to.be.above(21_000);
    expect(await local.chain().rounds()).to.deep.equal([round]);
    expect(courier.kind).to.equal("cre");
  });

  it("lets the chain reach the time of the observation", async () => {
    const chain = local.chain();
    const { timestamp } = await chain.blockByNumber(await chain.height());
    const { block } = await courier.bring(observed(timestamp + 90_000), {
      key: "one",
    });
    expect((await chain.blockByNumber(block)).timestamp).to.be.at.least(
      timestamp + 90_000,
    );
  });

  it("delivers once under its key, whoever asks again", async () => {
    const store = createMemoryStore();
    const again = (): Courier =>
      createCreCourier({
        desk: createDesk(
          local.options({ journal: openMemoryJournal({ store }) }),
        ),
        adapter,
      });
    const first = await again().bring(observed(1_000), { key: "one" });
    expect(await again().bring(observed(1_000), { key: "one" })).to.deep.equal(
      first,
    );
    expect(await local.chain().rounds()).to.have.length(1);
    expect(store.transactions).to.have.length(1);
  });

  it("tells why the oracle dropped a report", async () => {
    await courier.bring(observed(2_000), { key: "one" });
    const late = await expectCode(
      courier.bring(observed(2_000), { key: "two" }),
      "courier/discarded",
    );
    expect(late.message).to.contain("MarketOracleStaleObservation(2000, 2000)");
    const other = await receiver(FORWARDER);
    const unheard = createCreCourier({
      desk: createDesk(local.options()),
      adapter: other,
    });
    const nobody = await expectCode(
      unheard.bring(observed(3_000), { key: "three" }),
      "courier/discarded",
    );
    expect(nobody.message).to.contain("MarketOracleUnauthorizedAdapter");
    expect(await local.chain().rounds()).to.have.length(1);
  });

  it("needs the forwarder's key", async () => {
    const foreign = createCreCourier({
      desk: createDesk(local.options()),
      adapter: await receiver(`0x${"77".repeat(20)}`),
    });
    await expectCode(
      foreign.bring(observed(1_000), { key: "one" }),
      "chain/no-key",
    );
  });

  it("sends nothing on a real network", async () => {
    const asked: string[] = [];
    const provider: RpcProvider = {
      async send(method, params) {
        asked.push(method);
        return method === "web3_clientVersion"
          ? "Geth/v1.16"
          : local.provider.send(method, params);
      },
    };
    const store = createMemoryStore();
    const real = createCreCourier({
      desk: createDesk(
        local.options({ provider, journal: openMemoryJournal({ store }) }),
      ),
      adapter,
    });
    const error = await expectCode(
      real.bring(observed(1_000), { key: "one" }),
      "courier/not-ours",
    );
    expect(error.message).to.contain(adapter).and.to.contain("offchain/cre");
    expect(asked.filter((method) => method.includes("send"))).to.deep.equal([]);
    expect(store.transactions).to.deep.equal([]);
  });
});
