import { expect } from "chai";
import { Wallet } from "ethers";

import { COLLECTION } from "../../../offchain/adapters/chain-abi.ts";
import type { ChainWallet } from "../../../offchain/adapters/wallet-ethers.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";
import { RetryableError } from "../../../offchain/kernel/errors.ts";
import type { Chain } from "../../../offchain/loop/chain.ts";
import { Crash } from "../../kit/crash.ts";
import { createFaultyRpc } from "../../kit/faulty-rpc.ts";
import {
  FIRST_KEY,
  onlyWallet,
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
const BOUNDARIES = ["signed", "outbox", "to-send", "sent", "mined"] as const;
const SEEDS = 30;

describe("sending exactly once", () => {
  let local: LocalChain;
  let opening: Parameters<Chain["openBatch"]>[0];
  beforeEach(async () => {
    local = await startLocalChain();
    const to = local.wallet.address;
    opening = { to, recipe: RECIPE, count: 1, conditions: CONDITIONS };
  });
  afterEach(() => local.close());

  const nodeSigns = (): ChainWallet => ({
    address: local.wallet.address,
    sign: undefined,
  });

  for (const signer of ["our key", "the node's key"] as const) {
    for (const boundary of BOUNDARIES) {
      it(`opens one batch with ${signer} when the process dies at ${boundary}`, async () => {
        const store = createMemoryStore();
        const wallets = await onlyWallet(
          signer === "our key" ? local.wallet : nodeSigns(),
        );
        const dying = local.chain({
          wallets,
          journal: openMemoryJournal({ store }),
          point(label) {
            if (label === `open/${boundary}`) throw new Crash(label);
          },
        });
        let crashed: unknown;
        await dying
          .openBatch(opening, { key: "open" })
          .catch((error: unknown) => (crashed = error));
        expect(crashed).to.be.instanceOf(Crash);

        const heir = local.chain({
          wallets,
          journal: openMemoryJournal({ store }),
        });
        const { opened, hash } = await heir.openBatch(opening, { key: "open" });
        expect(opened.batch).to.equal(1);
        const again = await heir.openBatch(opening, { key: "open" });
        expect(again.hash).to.equal(hash);
        expect(await local.openings()).to.equal(1);
        expect(store.transactions.map(({ state }) => state)).to.deep.equal([
          "mined",
        ]);
        expect(store.transactions[0]?.hash).to.equal(hash);
      });
    }
  }

  it("sends what an earlier process only stored before it signs anything else", async () => {
    const store = createMemoryStore();
    const journal = openMemoryJournal({ store });
    const dying = local.chain({
      journal,
      point(label) {
        if (label === "first/outbox") throw new Crash(label);
      },
    });
    await dying.openBatch(opening, { key: "first" }).catch(() => {});
    expect(await local.openings()).to.equal(0);
    const { opened } = await local
      .chain({ journal })
      .openBatch(opening, { key: "second" });
    expect(opened.batch).to.equal(2);
    const first = await local
      .chain({ journal })
      .openBatch(opening, { key: "first" });
    expect(first.opened.batch).to.equal(1);
    expect(await local.openings()).to.equal(2);
  });

  it("signs again only when a foreign transaction took the nonce", async () => {
    const store = createMemoryStore();
    const journal = openMemoryJournal({ store });
    const dying = local.chain({
      journal,
      point(label) {
        if (label === "open/outbox") throw new Crash(label);
      },
    });
    await dying.openBatch(opening, { key: "open" }).catch(() => {});
    // The owner uses his account elsewhere.
    await local.provider.send("eth_sendTransaction", [
      { from: opening.to, to: opening.to, value: "0x1" },
    ]);
    await local.chain({ journal }).openBatch(opening, { key: "open" });
    expect(await local.openings()).to.equal(1);
    expect(
      store.transactions.map(({ state, attempt }) => [state, attempt]),
    ).to.deep.equal([
      ["displaced", 0],
      ["mined", 1],
    ]);
    const nonces = store.transactions.map(({ nonce }) => nonce);
    expect(nonces[1]).to.equal((nonces[0] ?? 0) + 1);
  });

  it("waits for a block, gives up in time, and goes on waiting when asked again", async () => {
    const journal = openMemoryJournal();
    await local.provider.send("evm_setAutomine", [false]);
    const impatient = local.chain({ journal, patience: 60, pause: 10 });
    await expectCode(
      impatient.openBatch(opening, { key: "open" }),
      "chain/not-mined",
    );
    await expectCode(
      impatient.openBatch(opening, { key: "open" }),
      "chain/not-mined",
    );
    await local.provider.send("hardhat_mine", ["0x1"]);
    await impatient.openBatch(opening, { key: "open" });
    await local.provider.send("hardhat_mine", ["0x2"]);
    expect(await local.openings()).to.equal(1);
  });

  it("stops waiting when it is told to", async () => {
    await local.provider.send("evm_setAutomine", [false]);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 50);
    let thrown: unknown;
    await local
      .chain()
      .openBatch(opening, { key: "open", signal: abort.signal })
      .catch((error: unknown) => (thrown = error));
    expect(thrown).to.have.property("name", "AbortError");
  });

  it("says that a stored transaction was mined and reverted, each time it is asked", async () => {
    const journal = openMemoryJournal();
    const chain = local.chain({ journal });
    await chain.openBatch(opening, { key: "open" });
    const { seedBlock, deadline } = await chain.batchOf(1);
    const { hash: blockHash } = await chain.reachBlock(seedBlock);
    const sealing = { batch: 1, root: RECIPE, blockHash };
    const dying = local.chain({
      journal,
      point(label) {
        if (label === "seal/outbox") throw new Crash(label);
      },
    });
    await dying.sealBatch(sealing, { key: "seal" }).catch(() => {});
    expect(deadline).to.equal(seedBlock + SEAL_WINDOW);
    await chain.reachBlock(deadline);
    await expectCode(
      chain.sealBatch(sealing, { key: "seal" }),
      "chain/reverted",
    );
    await expectCode(
      chain.sealBatch(sealing, { key: "seal" }),
      "chain/reverted",
    );
    expect((await chain.batchOf(1)).status).to.equal("open");
  });

  it("refuses a key that comes back with other contents", async () => {
    const chain = local.chain();
    await chain.openBatch(opening, { key: "open" });
    await expectCode(
      chain.openBatch({ ...opening, count: 2 }, { key: "open" }),
      "chain/other-transaction",
    );
  });

  it("gives each of many calls at once its own nonce", async () => {
    const journal = openMemoryJournal();
    const chains = ["a", "b", "c", "d"].map((key) =>
      local.chain({ journal }).openBatch(opening, { key }),
    );
    const batches = (await Promise.all(chains)).map(
      ({ opened }) => opened.batch,
    );
    expect(batches.sort((a, b) => a - b)).to.deep.equal([1, 2, 3, 4]);
    expect(await local.openings()).to.equal(4);
  });

  it(`opens exactly as often as asked over ${SEEDS} bad lines, where the naive sender does not`, async () => {
    let faults = 0;
    for (let seed = 0; seed < SEEDS; seed++) {
      const faulty = createFaultyRpc(local.provider, `line ${seed}`);
      const journal = openMemoryJournal();
      await untilDone(() =>
        local
          .chain({ journal, provider: faulty.provider, pause: 1 })
          .openBatch(opening, { key: `open-${seed}` }),
      );
      expect(await local.openings()).to.equal(seed + 1);
      faults += Object.values(faulty.counts).reduce((a, b) => a + b);
    }
    expect(faults).to.be.greaterThan(SEEDS);

    const before = await local.openings();
    const wallet = new Wallet(FIRST_KEY);
    const data = COLLECTION.encodeFunctionData("open", [
      opening.to,
      RECIPE,
      1,
      CONDITIONS,
    ]);
    for (let seed = 0; seed < SEEDS; seed++) {
      const { provider } = createFaultyRpc(local.provider, `line ${seed}`);
      await untilDone(() =>
        provider.send("eth_sendTransaction", [
          { from: wallet.address, to: local.collection, data },
        ]),
      );
    }
    expect((await local.openings()) - before).to.be.greaterThan(SEEDS);
  });
});

/** Tries again after every failure that may pass, as a person would run the command again. */
async function untilDone(work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < 50; i++) {
    try {
      await work();
      return;
    } catch (error) {
      const passing =
        error instanceof RetryableError || (error as Error).name === "Error";
      if (!passing) throw error;
    }
  }
  throw new Error("never done");
}
