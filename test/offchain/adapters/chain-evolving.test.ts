import { expect } from "chai";

import type { RefusedError } from "../../../offchain/adapters/chain-errors.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  NEUTRAL_OBSERVATION,
  packObservation,
} from "../../../offchain/kernel/observation.ts";
import type { Chain, RoundEvent } from "../../../offchain/loop/chain.ts";
import { epochUri, tokenUri } from "../../../offchain/publishing/paths.ts";
import {
  RECIPE,
  startLocalChain,
  type LocalChain,
} from "../../kit/local-chain.ts";
import {
  createMemoryStore,
  openMemoryJournal,
} from "../../kit/memory-journal.ts";
import { expectCode } from "../../kit/rejection.ts";

const CONDITIONS = packObservation({ ...NEUTRAL_OBSERVATION, sizeLog2: 6 });
const GENESIS_ROOT: Hex = `0x${"cd".repeat(32)}`;
const ROOTS = ["e1", "e2", "e3"].map((byte): Hex => `0x${byte.repeat(32)}`);
const [ROOT = "0x", SECOND = "0x"] = ROOTS;
const TOKEN = 1_000_000n;
const STRANGER: Hex = `0x${"77".repeat(20)}`;

/** An observation of this second. */
const observed = (time: number): Hex =>
  packObservation({
    ...NEUTRAL_OBSERVATION,
    present: { ...NEUTRAL_OBSERVATION.present, change: true },
    change: 100,
    time,
  });

describe("an evolving collection over JSON-RPC", () => {
  let local: LocalChain;
  let chain: Chain;
  let keys: number;
  const once = () => ({ key: `key-${keys++}` });
  beforeEach(async () => {
    local = await startLocalChain();
    chain = local.chain();
    keys = 0;
  });
  afterEach(() => local.close());

  /** Seals the next batch, of two works. */
  async function seal(batch: number): Promise<void> {
    const to = local.wallet.address;
    const opening = { to, recipe: RECIPE, count: 2, conditions: CONDITIONS };
    await chain.openBatch(opening, once());
    const { seedBlock } = await chain.batchOf(batch);
    const { hash } = await chain.reachBlock(seedBlock);
    const sealing = { batch, root: GENESIS_ROOT, blockHash: hash };
    await chain.sealBatch(sealing, once());
  }
  /** A round of this second, in an earlier block than what follows. */
  async function bring(time: number): Promise<RoundEvent> {
    const { round, block } = await chain.bringRound(observed(time), once());
    await chain.reachBlock(block + 1);
    return round;
  }
  const refusal = async (call: Promise<unknown>): Promise<unknown> =>
    ((await expectCode(call, "chain/refused")) as RefusedError).reason;

  it("brings rounds, and reads each one back", async () => {
    const first = await bring(1_000);
    await seal(1);
    const second = await bring(2_000);
    expect(first).to.include({
      round: 1,
      seals: 0,
      observation: observed(1_000),
    });
    expect(second).to.include({ round: 2, seals: 1 });
    expect(await chain.rounds()).to.deep.equal([first, second]);
  });

  it("lets a development chain reach the time of an observation", async () => {
    const { timestamp } = await chain.blockByNumber(await chain.height());
    const time = timestamp + 90_000;
    const { block } = await bring(time);
    expect((await chain.blockByNumber(block)).timestamp).to.be.at.least(time);
  });

  it("refuses rounds that are no newer, and words that are no observation", async () => {
    await bring(1_000);
    for (const time of [999, 1_000])
      expect(await refusal(chain.bringRound(observed(time), once()))).to.equal(
        "MarketOracleStaleObservation",
      );
    await expectCode(
      chain.bringRound(`0x02${"00".repeat(31)}`, once()),
      "kernel/bad-conditions",
    );
  });

  it("counts a round only while its oracle was named", async () => {
    const first = await bring(1_000);
    const next = await local.deployOracle(5);
    await chain.setParameter({ name: "oracle", oracle: next }, once());
    expect((await chain.epochs()).oracle).to.equal(next);
    const fifth = await bring(500);
    const back = { name: "oracle", oracle: local.oracle } as const;
    await chain.setParameter(back, once());
    const second = await bring(2_000);
    expect([first.round, fifth.round, second.round]).to.deep.equal([1, 5, 2]);
    expect(await chain.rounds()).to.deep.equal([first, fifth, second]);
  });

  it("lets the admin name other adapters", async () => {
    const [active, fallback] = [local.wallet.address, STRANGER];
    await chain.setParameter({ name: "adapters", active, fallback }, once());
    expect((await bring(1_000)).round).to.equal(1);
    await chain.setParameter(
      { name: "adapters", active: fallback, fallback: active },
      once(),
    );
    // Whichever of the two is an account of ours signs.
    expect(await refusal(chain.bringRound(observed(2_000), once()))).to.equal(
      "MarketOracleFallbackTooEarly",
    );
    await chain.setParameter(
      { name: "adapters", active: fallback, fallback: local.oracle },
      once(),
    );
    await expectCode(chain.bringRound(observed(2_000), once()), "chain/no-key");
  });

  it("says that no oracle is named", async () => {
    const nobody: Hex = `0x${"00".repeat(20)}`;
    await chain.setParameter({ name: "oracle", oracle: nobody }, once());
    expect((await chain.epochs()).oracle).to.equal(undefined);
    await expectCode(
      chain.bringRound(observed(1_000), once()),
      "chain/no-oracle",
    );
    expect(
      await refusal(chain.evolve({ root: ROOT, round: 1 }, once())),
    ).to.equal("EpochOracleMissing");
  });

  it("publishes an epoch, and shows it for what it covers", async () => {
    await seal(1);
    const { round } = await bring(1_000);
    await seal(2);
    const { epoch, block } = await chain.evolve({ root: ROOT, round }, once());
    expect(epoch).to.equal(1);
    expect(await chain.epochs()).to.deep.equal({
      count: 1,
      shown: 1,
      lastRound: 1,
      oracle: local.oracle,
    });
    expect(await chain.epochAt(1)).to.deep.equal({
      epoch: 1,
      root: ROOT,
      round: 1,
      covered: 1,
      time: (await chain.blockByNumber(block)).timestamp,
      voided: false,
    });
    expect(await chain.epochOf(TOKEN)).to.equal(1);
    expect(await chain.tokenURI(TOKEN)).to.equal(epochUri(ROOT, TOKEN));
    // Sealed after the round: genesis.
    expect(await chain.epochOf(2_000_000n)).to.equal(0);
    expect(await chain.tokenURI(2_000_000n)).to.equal(
      tokenUri(GENESIS_ROOT, 2_000_000n),
    );
    await expectCode(chain.tokenURIAt(2_000_000n, 1), "chain/no-epoch");
  });

  it("refuses a second epoch of a round, an older round, and one that was never accepted", async () => {
    await seal(1);
    await bring(1_000);
    await bring(2_000);
    await chain.evolve({ root: ROOT, round: 2 }, once());
    for (const [round, root, reason] of [
      [2, SECOND, "EpochRoundNotNewer"],
      [2, ROOT, "EpochRoundNotNewer"],
      [1, SECOND, "EpochRoundNotNewer"],
      [3, SECOND, "MarketOracleUnknownRound"],
    ] as const)
      expect(await refusal(chain.evolve({ root, round }, once()))).to.equal(
        reason,
      );
    expect((await chain.epochs()).count).to.equal(1);
  });

  it("shows a buyer the newest sound epoch after one was voided, then genesis", async () => {
    await seal(1);
    for (const [i, root] of [ROOT, SECOND].entries()) {
      const { round } = await bring(1_000 + i);
      await chain.evolve({ root, round }, once());
    }
    await chain.voidEpoch(2, once());
    expect(await chain.tokenURI(TOKEN)).to.equal(epochUri(ROOT, TOKEN));
    await expectCode(chain.tokenURIAt(TOKEN, 2), "chain/no-epoch");
    await chain.voidEpoch(1, once());
    expect(await chain.tokenURI(TOKEN)).to.equal(tokenUri(GENESIS_ROOT, TOKEN));
    expect(await refusal(chain.voidEpoch(1, once()))).to.equal("EpochIsVoided");
    expect(await chain.epochs()).to.include({
      count: 2,
      shown: 0,
      lastRound: 2,
    });
  });

  it("pins a work for its holder only, and tells of it up to a block", async () => {
    await seal(1);
    const { round } = await bring(1_000);
    await chain.evolve({ root: ROOT, round }, once());
    const token = `${TOKEN}`;
    const holder = local.wallet.address;
    const pinned = await chain.pin({ holder, token, epoch: 0 }, once());
    expect(await chain.tokenURI(TOKEN)).to.equal(tokenUri(GENESIS_ROOT, TOKEN));
    const let_go = await chain.pin({ holder, token, epoch: undefined }, once());
    expect(await chain.tokenURI(TOKEN)).to.equal(epochUri(ROOT, TOKEN));
    const events = await chain.pinEvents(let_go.block);
    expect(events.map((event) => [event.token, event.epoch])).to.deep.equal([
      [token, 0],
      [token, undefined],
    ]);
    expect(await chain.pinEvents(pinned.block)).to.deep.equal([events[0]]);

    await expectCode(
      chain.pin({ holder: STRANGER, token, epoch: 0 }, once()),
      "chain/no-key",
    );
    const other = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
    expect(
      await refusal(chain.pin({ holder: other, token, epoch: 0 }, once())),
    ).to.equal("ERC721IncorrectOwner");
    expect(
      await refusal(chain.pin({ holder, token, epoch: 2 }, once())),
    ).to.equal("EpochUnknown");
  });

  it("turns dials for the holder only, and tells how they stood at a block", async () => {
    await seal(1);
    const token = `${TOKEN}`;
    const holder = local.wallet.address;
    const up = await chain.attune({ holder, token, act: 1 }, once());
    const down = await chain.attune({ holder, token, act: 2 }, once());
    const word = (low: string): Hex => `0x${low.padStart(64, "0")}`;
    const [first, second] = await chain.attunedEvents(down.block);
    expect(first).to.include({ token, attunement: word("1") });
    expect(second).to.include({ token, attunement: word("ff01") });
    expect(await chain.attunedEvents(up.block)).to.deep.equal([first]);
    expect(
      await refusal(chain.attune({ holder, token, act: 8 }, once())),
    ).to.equal("AttunementUnknownAct");
    const other = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";
    expect(
      await refusal(chain.attune({ holder: other, token, act: 1 }, once())),
    ).to.equal("ERC721InsufficientApproval");
  });

  it("says which token, epoch or round is not there", async () => {
    await expectCode(chain.epochOf(TOKEN), "chain/no-token");
    await expectCode(chain.tokenURIAt(TOKEN, 0), "chain/no-token");
    for (const epoch of [0, 1])
      await expectCode(chain.epochAt(epoch), "chain/no-epoch");
    await seal(1);
    await expectCode(chain.tokenURIAt(TOKEN, 1), "chain/no-epoch");
  });

  it("publishes once although the node dies on the way", async () => {
    await seal(1);
    const { round } = await bring(1_000);
    const store = createMemoryStore();
    let sent = 0;
    const dead = local.chain({
      journal: openMemoryJournal({ store }),
      provider: {
        async send(method, params) {
          if (sent > 0) throw new Error("ECONNREFUSED");
          if (method === "eth_sendRawTransaction") sent++;
          return local.provider.send(method, params);
        },
      },
    });
    const evolving = { root: ROOT, round };
    await expectCode(dead.evolve(evolving, { key: "e" }), "chain/unreachable");
    const heir = local.chain({ journal: openMemoryJournal({ store }) });
    const { epoch, hash } = await heir.evolve(evolving, { key: "e" });
    expect([epoch, (await heir.epochs()).count]).to.deep.equal([1, 1]);
    expect(store.transactions.map((each) => each.hash)).to.deep.equal([hash]);
  });

  it("asks again for half as many blocks where a node refuses so many", async () => {
    await seal(1);
    await chain.reachBlock((await chain.height()) + 3_000);
    const first = await bring(1_000);
    const token = `${TOKEN}`;
    const holder = local.wallet.address;
    await chain.attune({ holder, token, act: 1 }, once());
    let refused = 0;
    const strict = local.chain({
      provider: {
        async send(method, params) {
          const [{ fromBlock = "0x0", toBlock = "0x0" } = {}] = params as [
            { fromBlock?: string; toBlock?: string }?,
          ];
          if (
            method === "eth_getLogs" &&
            Number(toBlock) - Number(fromBlock) > 900
          ) {
            refused++;
            throw Object.assign(new Error("too many blocks"), { code: -32602 });
          }
          return local.provider.send(method, params);
        },
      },
    });
    expect(await strict.rounds()).to.deep.equal([first]);
    const acts = await strict.attunedEvents(await strict.height());
    expect(acts.map((act) => act.token)).to.deep.equal([token]);
    expect(refused).to.be.greaterThan(2);
  });
});
