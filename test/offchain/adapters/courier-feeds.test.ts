import { expect } from "chai";

import type { RefusedError } from "../../../offchain/adapters/chain-errors.ts";
import { DEVELOPMENT_FEED } from "../../../offchain/adapters/chain-abi-vendors.ts";
import { createDesk } from "../../../offchain/adapters/courier-desk.ts";
import { createFeedsCourier } from "../../../offchain/adapters/courier-feeds.ts";
import type { RpcProvider } from "../../../offchain/adapters/rpc.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
  unpackObservation,
} from "../../../offchain/kernel/observation.ts";
import type { Courier } from "../../../offchain/loop/courier.ts";
import { startLocalChain, type LocalChain } from "../../kit/local-chain.ts";
import {
  createMemoryStore,
  openMemoryJournal,
} from "../../kit/memory-journal.ts";
import { expectCode } from "../../kit/rejection.ts";

const DAY = 86_400;
const NOBODY: Hex = `0x${"00".repeat(20)}`;

describe("the courier of data feeds", () => {
  let local: LocalChain;
  let feed: Hex;
  let adapter: Hex;
  let courier: Courier;
  let today: number;
  beforeEach(async () => {
    local = await startLocalChain();
    feed = await local.deploy("DevelopmentFeed", []);
    adapter = await local.deploy("DataFeedAdapter", [
      local.oracle,
      feed,
      BigInt(DAY),
      NOBODY,
      0n,
    ]);
    const chain = local.chain();
    await chain.setParameter(
      { name: "adapters", active: adapter, fallback: NOBODY },
      { key: "name" },
    );
    courier = createFeedsCourier({
      desk: createDesk(local.options()),
      adapter,
    });
    const { timestamp } = await chain.blockByNumber(await chain.height());
    today = timestamp - (timestamp % DAY) + DAY;
  });
  afterEach(() => local.close());

  const observed = (day: number, floor: number | undefined): Hex =>
    packObservation({
      ...NEUTRAL_OBSERVATION,
      present: { ...NEUTRAL_OBSERVATION.present, floor: floor !== undefined },
      floor: floor ?? 0,
      time: today + day * DAY + 60,
    });

  it("has the adapter see the observation's price", async () => {
    const first = await courier.bring(observed(0, 2_000_000), { key: "one" });
    const { round } = await courier.bring(observed(1, 2_100_000), {
      key: "two",
    });
    expect(first.round.round).to.equal(1);
    expect(round.round).to.equal(2);
    expect(unpackObservation(round.observation)).to.deep.include({
      floor: 2_100_000,
      change: 500,
      time: today + DAY + 60,
    });
    expect(await local.chain().rounds()).to.deep.equal([first.round, round]);
    expect(courier.kind).to.equal("data-feeds");
  });

  it("tells and looks once under its key, whoever asks again", async () => {
    const store = createMemoryStore();
    const again = (): Courier =>
      createFeedsCourier({
        desk: createDesk(
          local.options({ journal: openMemoryJournal({ store }) }),
        ),
        adapter,
      });
    const first = await again().bring(observed(0, 5), { key: "one" });
    expect(await again().bring(observed(0, 5), { key: "one" })).to.deep.equal(
      first,
    );
    expect(store.transactions.map(({ key }) => key)).to.deep.equal([
      "one/feed",
      "one",
    ]);
  });

  it("needs a price, which is all that a feed tells", async () => {
    for (const floor of [undefined, 0])
      await expectCode(
        courier.bring(observed(0, floor), { key: "one" }),
        "courier/no-floor",
      );
    expect(await local.chain().rounds()).to.deep.equal([]);
  });

  it("is refused a second price of one day", async () => {
    await courier.bring(observed(0, 5), { key: "one" });
    const refused = (await expectCode(
      courier.bring(observed(0, 6), { key: "two" }),
      "chain/refused",
    )) as RefusedError;
    expect(refused.reason).to.equal("DataFeedSameDay");
  });

  it("tells why a price was kept and no round brought", async () => {
    await local
      .chain()
      .setParameter(
        { name: "adapters", active: NOBODY, fallback: NOBODY },
        { key: "unname" },
      );
    const error = await expectCode(
      courier.bring(observed(0, 5), { key: "one" }),
      "courier/discarded",
    );
    expect(error.message).to.contain("MarketOracleUnauthorizedAdapter");
  });

  it("only looks, on a real network", async () => {
    const provider: RpcProvider = {
      send: async (method, params) =>
        method === "web3_clientVersion"
          ? "Geth/v1.16"
          : local.provider.send(method, params),
    };
    const store = createMemoryStore();
    const real = createFeedsCourier({
      desk: createDesk(
        local.options({ provider, journal: openMemoryJournal({ store }) }),
      ),
      adapter,
    });
    const refused = (await expectCode(
      real.bring(observed(0, 5), { key: "one" }),
      "chain/refused",
    )) as RefusedError;
    // Nobody told the stand-in anything.
    expect(refused.reason).to.equal("DataFeedUnsoundAnswer");
    expect(store.transactions).to.deep.equal([]);
    // Once the feed has something to say, that is brought, and the observation is not even read.
    const chain = local.chain();
    const { timestamp } = await chain.blockByNumber(await chain.height());
    await createDesk(local.options()).send(
      "anybody",
      { address: feed, abi: DEVELOPMENT_FEED },
      "tell",
      [500_000_000n, timestamp],
      { key: "told" },
    );
    const { round } = await real.bring(observed(9, undefined), { key: "two" });
    expect(unpackObservation(round.observation)).to.include({
      floor: 5_000_000,
      time: timestamp,
    });
  });
});
