import { expect } from "chai";

import type { Hex } from "../../../offchain/kernel/bytes.ts";
import type { Chain } from "../../../offchain/loop/chain.ts";
import { noPoint, type Point } from "../../../offchain/loop/journal.ts";
import { Crash, dyingAt } from "../../kit/crash.ts";
import {
  RECIPE,
  startLocalChain,
  type LocalChain,
} from "../../kit/local-chain.ts";
import {
  createMemoryStore,
  openMemoryJournal,
  type MemoryStore,
} from "../../kit/memory-journal.ts";
import { asPublic } from "../../kit/public-chain.ts";
import { expectCode } from "../../kit/rejection.ts";

const CONDITIONS: Hex = `0x01${"00".repeat(31)}`;
const GWEI = 1_000_000_000n;

describe("delivering until settled", () => {
  let local: LocalChain;
  let store: MemoryStore;
  let opening: Parameters<Chain["openBatch"]>[0];
  let notes: string[];
  beforeEach(async () => {
    local = await startLocalChain();
    store = createMemoryStore();
    notes = [];
    const to = local.wallet.address;
    opening = { to, recipe: RECIPE, count: 1, conditions: CONDITIONS };
  });
  afterEach(() => local.close());

  const journal = () => openMemoryJournal({ store });
  const note = (sentence: string) => void notes.push(sentence);
  const height = async (): Promise<number> =>
    Number(await local.provider.send("eth_blockNumber", []));
  const snapshot = () => local.provider.send("evm_snapshot", []);
  const states = () => store.transactions.map(({ state }) => state);
  /** A public chain, with what its network does at each look. */
  const open = (
    onLook: (height: number) => Promise<void> = async () => {},
    settle: number | "finalized" = 3,
    point: Point = noPoint,
  ): Chain =>
    local.chain({
      point,
      provider: asPublic(local.provider, { onLook }),
      journal: journal(),
      settle,
      pause: 1,
      note,
    });
  /** The chain back to a snapshot, and the same height again on another branch: what was mined since is in no block and no pool. */
  const reorganise = async (to: unknown): Promise<void> => {
    const blocks = await height();
    await local.provider.send("evm_revert", [to]);
    const lost = blocks - (await height());
    await local.provider.send("hardhat_mine", [`0x${lost.toString(16)}`]);
  };

  for (const settle of [1, 3, "finalized"] as const) {
    it(`counts nothing as mined before it is settled: ${settle}`, async () => {
      const above = settle === "finalized" ? 2 : settle;
      const seen: [number, string | undefined][] = [];
      const chain = open(async (at) => {
        seen.push([at, states()[0]]);
      }, settle);
      const { opened } = await chain.openBatch(opening, { key: "open" });
      expect(await height()).to.be.at.least(opened.block + above);
      const early = seen.filter(([at]) => at < opened.block + above);
      expect(early.map(([, state]) => state)).to.not.include("mined");
      expect(early.length).to.be.greaterThan(0);
      expect(states()).to.deep.equal(["mined"]);
      expect(notes.length).to.equal(1);
    });
  }

  it("is content with a block on a development chain, whatever is asked for", async () => {
    const chain = local.chain({ journal: journal(), settle: 1_000, note });
    const { opened } = await chain.openBatch(opening, { key: "open" });
    expect(await height()).to.equal(opened.block);
    await chain.reachSettled(opened.block);
    expect(await height()).to.equal(opened.block);
    expect(notes).to.deep.equal([]);
  });

  it("sends the same bytes again when a reorganisation dropped them", async () => {
    const before = await snapshot();
    const blocks: number[] = [];
    const chain = open(async () => {
      if ((await local.openings()) === 0 || blocks.length > 0) return;
      blocks.push(await height());
      await reorganise(before);
      expect(await local.openings()).to.equal(0);
    });
    const { opened, hash } = await chain.openBatch(opening, { key: "open" });
    expect(opened.batch).to.equal(1);
    expect(opened.block).to.be.greaterThan(blocks[0] ?? Infinity);
    expect(await local.openings()).to.equal(1);
    expect(store.transactions.map((one) => one.hash)).to.deep.equal([hash]);
    expect(states()).to.deep.equal(["mined"]);
  });

  it("delivers anew what was settled and is gone all the same, before anything behind it", async () => {
    const before = await snapshot();
    const first = await open().openBatch(opening, { key: "first" });
    await reorganise(before);
    expect(await local.openings()).to.equal(0);
    const second = await open().openBatch(opening, { key: "second" });
    expect(second.opened.batch).to.equal(2);
    const again = await open().openBatch(opening, { key: "first" });
    expect(again.hash).to.equal(first.hash);
    expect(again.opened.batch).to.equal(1);
    expect(again.opened.block).to.be.greaterThan(first.opened.block);
    expect(await local.openings()).to.equal(2);
    expect(store.transactions.length).to.equal(2);
  });

  it("fills the gap when an earlier transaction is dropped behind its back", async () => {
    const before = await snapshot();
    await open().openBatch(opening, { key: "first" });
    const dying = open(undefined, 3, dyingAt("second/outbox"));
    await dying.openBatch(opening, { key: "second" }).catch(() => {});
    await reorganise(before);
    // The stored one has a nonce that the chain has not reached any more.
    const { opened } = await open().openBatch(opening, { key: "second" });
    expect(opened.batch).to.equal(2);
    expect(await local.openings()).to.equal(2);
    expect(store.transactions.length).to.equal(2);
  });

  it("signs anew only when a foreign transaction holds the nonce in a settled block", async () => {
    const dying = open(undefined, 3, dyingAt("open/outbox"));
    await dying.openBatch(opening, { key: "open" }).catch(() => {});
    const before = await snapshot();
    const { to } = opening;
    const foreign = { from: to, to, value: "0x1" };
    await local.provider.send("eth_sendTransaction", [foreign]);
    let reorganised = false;
    const chain = open(async () => {
      if (reorganised) return;
      reorganised = true;
      await reorganise(before);
    });
    await chain.openBatch(opening, { key: "open" });
    expect(store.transactions.map(({ attempt }) => attempt)).to.deep.equal([0]);
    expect(await local.openings()).to.equal(1);
  });

  it("says that no block follows, and goes on waiting when asked again", async () => {
    const still = local.chain({
      provider: asPublic(local.provider, { blocks: false }),
      journal: journal(),
      settle: 3,
      patience: 30,
      pause: 5,
    });
    await expectCode(
      still.openBatch(opening, { key: "open" }),
      "chain/not-settled",
    );
    expect(states()).to.deep.equal(["stored"]);
    await local.provider.send("hardhat_mine", ["0x3"]);
    await still.openBatch(opening, { key: "open" });
    expect(states()).to.deep.equal(["mined"]);
    expect(await local.openings()).to.equal(1);
  });

  it("gives a header only once its block is settled", async () => {
    const wanted = (await height()) + 5;
    const chain = open();
    const { number } = await chain.reachSettled(wanted);
    expect(number).to.equal(wanted);
    expect(await height()).to.be.at.least(wanted + 3);
    const final = open(undefined, "finalized");
    await final.reachSettled(wanted + 10);
    expect(await height()).to.be.at.least(wanted + 12);
  });

  it("says that a node knows no finality", async () => {
    const base = asPublic(local.provider);
    const ignorant = local.chain({
      journal: journal(),
      settle: "finalized",
      provider: {
        async send(method, params) {
          if (params[0] === "finalized")
            throw Object.assign(new Error("invalid block tag"), {
              code: -32_602,
            });
          return base.send(method, params);
        },
      },
    });
    await expectCode(
      ignorant.openBatch(opening, { key: "open" }),
      "chain/no-finality",
    );
    expect(await local.openings()).to.equal(0);
  });

  describe("when the base fee leaves a transaction behind", () => {
    /** Stored and not sent, and then the base fee is a hundred times what it was. */
    const strand = async (): Promise<void> => {
      const dying = local.chain({
        journal: journal(),
        point: dyingAt("open/outbox"),
      });
      await dying.openBatch(opening, { key: "open" }).catch(() => {});
      await baseFee(500n * GWEI);
    };
    const baseFee = async (wei: bigint): Promise<void> => {
      await local.provider.send("hardhat_setNextBlockBaseFeePerGas", [
        `0x${wei.toString(16)}`,
      ]);
      await local.provider.send("hardhat_mine", ["0x1"]);
    };

    for (const boundary of ["signed-again", "stored-again", "sent"] as const) {
      it(`signs it again with the same nonce, once, though the process dies at ${boundary}`, async () => {
        await strand();
        const [before] = store.transactions;
        const dying = local.chain({
          journal: journal(),
          point: dyingAt(`open/${boundary}`),
        });
        let crashed: unknown;
        await dying
          .openBatch(opening, { key: "open" })
          .catch((error: unknown) => (crashed = error));
        expect(crashed).to.be.instanceOf(Crash);
        const { hash } = await local
          .chain({ journal: journal() })
          .openBatch(opening, { key: "open" });
        const [after, ...others] = store.transactions;
        expect(others).to.deep.equal([]);
        expect(after).to.include({ hash, nonce: before?.nonce, attempt: 0 });
        expect(after?.earlier).to.deep.equal([before?.hash]);
        const price = (one = before) =>
          BigInt(
            (one?.request as { maxFeePerGas: string } | undefined)
              ?.maxFeePerGas ?? 0,
          );
        expect(price(after) >= (price() * 9n) / 8n).to.equal(true);
        expect(await local.openings()).to.equal(1);
      });
    }

    it("knows its older signing again when that is the one that is mined", async () => {
      await strand();
      const [before] = store.transactions;
      const dying = local.chain({
        journal: journal(),
        point: dyingAt("open/stored-again"),
      });
      await dying.openBatch(opening, { key: "open" }).catch(() => {});
      await baseFee(GWEI / 100n);
      await local.provider.send("eth_sendRawTransaction", [before?.raw]);
      const { hash, opened } = await local
        .chain({ journal: journal() })
        .openBatch(opening, { key: "open" });
      expect(hash).to.equal(before?.hash);
      expect(opened.batch).to.equal(1);
      expect(await local.openings()).to.equal(1);
      expect(states()).to.deep.equal(["mined"]);
    });

    it("leaves it alone where the base fee is within what it offers", async () => {
      await local.chain({ journal: journal() }).openBatch(opening, {
        key: "open",
      });
      expect(store.transactions[0]?.earlier).to.deep.equal([]);
    });
  });
});
