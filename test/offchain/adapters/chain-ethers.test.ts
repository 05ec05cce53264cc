import { expect } from "chai";

import type { RefusedError } from "../../../offchain/adapters/chain-errors.ts";
import { createChain } from "../../../offchain/adapters/chain-ethers.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import {
  RECIPE,
  SEAL_WINDOW,
  startLocalChain,
  type LocalChain,
} from "../../kit/local-chain.ts";
import {
  createMemoryStore,
  openMemoryJournal,
} from "../../kit/memory-journal.ts";
import { expectCode } from "../../kit/rejection.ts";

const CONDITIONS: Hex = `0x01${"00".repeat(31)}`;
const ROOT: Hex = `0x${"cd".repeat(32)}`;

/** Code that answers every call with `onERC721Received`'s selector. */
const RECEIVER = "0x63150b7a0260e01b60005260206000f3";

describe("the chain over JSON-RPC", () => {
  let local: LocalChain;
  let to: Hex;
  const opening = (count = 2) => ({
    to,
    recipe: RECIPE,
    count,
    conditions: CONDITIONS,
  });
  beforeEach(async () => {
    local = await startLocalChain();
    to = local.wallet.address;
  });
  afterEach(() => local.close());

  it("opens, seals and reads a batch back", async () => {
    const chain = local.chain();
    const { opened, ...mined } = await chain.openBatch(opening(), { key: "a" });
    expect(opened).to.include({
      batch: 1,
      recipe: RECIPE,
      to,
      count: 2,
      conditions: CONDITIONS,
    });
    expect(opened).to.include({ block: mined.block, transaction: mined.hash });
    expect(mined.gasUsed).to.be.within(21_000, 100_000);
    const open = await chain.batchOf(1);
    expect(open).to.deep.equal({
      status: "open",
      to,
      count: 2,
      recipe: 1,
      openBlock: mined.block,
      seedBlock: mined.block + 1,
      deadline: mined.block + 1 + SEAL_WINDOW,
      ordinal: 0,
      root: `0x${"00".repeat(32)}`,
      generation: 0,
      parents: 0,
    });

    const { hash, number, mixHash } = await chain.reachBlock(open.seedBlock);
    expect(number).to.equal(open.seedBlock);
    expect(await chain.blockByNumber(number)).to.include({ hash, mixHash });
    const sealing = { batch: 1, root: ROOT, blockHash: hash };
    const { sealed } = await chain.sealBatch(sealing, { key: "b" });
    expect(sealed).to.include({ ...sealing, recipe: RECIPE, ordinal: 1 });
    expect(await chain.batchOf(1)).to.deep.equal({
      ...open,
      status: "sealed",
      ordinal: 1,
      root: ROOT,
    });
    expect(await chain.tokenURI(1_000_001n)).to.match(
      /^ipfs:\/\/b[a-z2-7]+\/1000001\.json$/,
    );
    expect(await chain.openedEvent(1)).to.deep.equal(opened);
    expect(await chain.sealedEvents()).to.deep.equal([sealed]);
    expect(await chain.sealedEvents(opened)).to.deep.equal([]);
    expect(await chain.batches()).to.equal(1);
  });

  it("abandons only after the deadline", async () => {
    const chain = local.chain();
    await chain.openBatch(opening(), { key: "open" });
    const early = await expectCode(
      chain.abandon(1, { key: "early" }),
      "chain/refused",
    );
    expect((early as RefusedError).reason).to.equal(
      "LoopCollectionAbandonTooEarly",
    );
    await chain.reachBlock((await chain.batchOf(1)).deadline);
    await chain.abandon(1, { key: "abandon" });
    expect((await chain.batchOf(1)).status).to.equal("abandoned");
  });

  it("names the contract's reason for a refusal and stores nothing", async () => {
    const journal = openMemoryJournal();
    const chain = local.chain({ journal });
    for (const [batch, reason] of [
      [opening(0), "LoopCollectionCountOutOfRange"],
      [opening(5_001), "LoopCollectionCountOutOfRange"],
      [{ ...opening(), recipe: ROOT }, "RecipeRegistryUnknown"],
    ] as const) {
      const error = await expectCode(
        chain.openBatch(batch, { key: "open" }),
        "chain/refused",
      );
      expect((error as RefusedError).reason).to.equal(reason);
      expect(error.message).to.include(reason);
    }
    const { chain: id } = await chain.instance();
    expect(await journal.live(id, to, 0)).to.deep.equal([]);
    expect(await journal.find(id, "open")).to.equal(undefined);
  });

  it("says which token or batch does not exist", async () => {
    const chain = local.chain();
    await expectCode(chain.tokenURI(1_000_000n), "chain/no-token");
    await expectCode(chain.openedEvent(1), "chain/no-batch");
    await expectCode(chain.blockByNumber(1_000), "chain/no-block");
    expect(await chain.batchOf(1)).to.include({
      status: "none",
      seedBlock: 0,
      deadline: 0,
    });
  });

  it("knows who can receive tokens", async () => {
    const chain = local.chain();
    const taker: Hex = `0x${"77".repeat(20)}`;
    expect(await chain.canReceive(taker)).to.equal(true);
    await local.provider.send("hardhat_setCode", [taker, RECEIVER]);
    expect(await chain.canReceive(taker)).to.equal(true);
    expect(await chain.canReceive(local.registry)).to.equal(false);
    // Code that accepts everything and answers nothing accepts no token.
    await local.provider.send("hardhat_setCode", [taker, "0x00"]);
    expect(await chain.canReceive(taker)).to.equal(false);
  });

  it("takes two chains of one genesis for two", async () => {
    const other = await startLocalChain();
    try {
      const [a, b] = [
        await local.chain().instance(),
        await other.chain().instance(),
      ];
      expect(a.collection).to.equal(b.collection);
      expect(a.development).to.equal(true);
      expect(a.id).to.not.equal(b.id);
      expect(a.chain).to.not.equal(b.chain);
    } finally {
      await other.close();
    }
  });

  it("refuses an address without a contract", async () => {
    const nowhere = local.chain({ collectionAddress: `0x${"99".repeat(20)}` });
    await expectCode(nowhere.instance(), "chain/no-contract");
  });

  it("does not write without an account", async () => {
    const { provider, collection, registry } = local;
    const chain = createChain({
      provider,
      collectionAddress: collection,
      registryAddress: registry,
    });
    await expectCode(chain.openBatch(opening(), { key: "a" }), "chain/no-key");
  });

  it("asks for funds before it signs", async () => {
    await local.provider.send("hardhat_setBalance", [to, "0x1000"]);
    const store = createMemoryStore();
    const chain = local.chain({ journal: openMemoryJournal({ store }) });
    await expectCode(
      chain.openBatch(opening(), { key: "a" }),
      "chain/no-funds",
    );
    expect(store.transactions).to.deep.equal([]);
  });

  it("tells of an unreachable node in one sentence", async () => {
    const provider = { send: () => Promise.reject(new Error("ECONNREFUSED")) };
    await expectCode(local.chain({ provider }).instance(), "chain/unreachable");
  });

  it("tells of an answer that is none", async () => {
    const provider = { send: () => Promise.resolve("<html>") };
    await expectCode(local.chain({ provider }).height(), "chain/bad-answer");
  });
});
