import { expect } from "chai";

import type { Hex } from "../../../offchain/kernel/bytes.ts";
import type {
  Journal,
  NewTransaction,
  Point,
} from "../../../offchain/loop/journal.ts";
import { expectCode } from "../../kit/rejection.ts";

const INSTANCE: Hex = "0x01";
const REQUEST = { instance: INSTANCE, kind: "mint-batch", input: { count: 2 } };
const TRANSACTION: NewTransaction = {
  chain: "0x0c",
  key: "mint-batch-1/open",
  sender: "0xaa",
  nonce: 7,
  request: { to: "0xbb", data: "0x01" },
  raw: "0x02f8",
  hash: "0x11",
  since: 3,
};

/** Opens the same durable store once more, as the next process would; the point is that journal's. */
export type Reopen = (point?: Point) => Journal;

/** What every implementation of the journal does; `create` gives a way to open a new, empty store again and again. */
export function shouldBehaveLikeJournal(create: () => Reopen): void {
  let reopen: Reopen;
  const opened: Journal[] = [];
  const open: Reopen = (point) => {
    const journal = reopen(point);
    opened.push(journal);
    return journal;
  };
  beforeEach(() => {
    reopen = create();
  });
  afterEach(async () => {
    for (const journal of opened.splice(0)) await journal.close();
  });

  describe("runs", () => {
    it("continues an unfinished run of the same request and starts a new one of another", async () => {
      const first = open();
      const run = await first.run(REQUEST);
      expect(run.resumed).to.equal(false);
      await first.close();

      const second = open();
      const again = await second.run(REQUEST);
      const other = await second.run({ ...REQUEST, input: { count: 3 } });
      const elsewhere = await second.run({ ...REQUEST, instance: "0x02" });
      expect(again.resumed).to.equal(true);
      expect(again.id).to.equal(run.id);
      expect(new Set([run.id, other.id, elsewhere.id]).size).to.equal(3);
      const runs = await second.openRuns(INSTANCE);
      expect(runs.map(({ id }) => id)).to.deep.equal([run.id, other.id]);
      expect(runs[0]?.input).to.deep.equal({ count: 2 });
    });

    it("takes inputs for equal whatever the order of their keys", async () => {
      const journal = open();
      const run = await journal.run({ ...REQUEST, input: { a: 1, b: "x" } });
      await run.release();
      const again = await journal.run({ ...REQUEST, input: { b: "x", a: 1 } });
      expect(again.id).to.equal(run.id);
    });

    it("makes a new run once the old one is finished or aborted", async () => {
      const journal = open();
      const first = await journal.run(REQUEST);
      await first.finish();
      const second = await journal.run(REQUEST);
      await second.abort("the opening reverted");
      const third = await journal.run(REQUEST);
      expect(new Set([first.id, second.id, third.id]).size).to.equal(3);
      expect(third.resumed).to.equal(false);
      await expectCode(journal.resume(first.id), "journal/no-such-run");
    });

    it("lets nobody write who has lost the lease", async () => {
      const journal = open();
      const old = await journal.run(REQUEST);
      await old.release();
      const heir = await open().run(REQUEST);
      let worked = false;
      await expectCode(
        old.step("open", {}, async () => {
          worked = true;
        }),
        "journal/lease-lost",
      );
      expect(worked).to.equal(false);
      await expectCode(old.finish(), "journal/lease-lost");
      await old.release();
      await heir.finish();
    });

    it("stores no result for a step whose run was taken over meanwhile", async () => {
      const journal = open();
      const old = await journal.run(REQUEST);
      await expectCode(
        old.step("open", {}, async () => {
          await old.release();
          await (await open().run(REQUEST)).release();
          return 1;
        }),
        "journal/lease-lost",
      );
      const [step] = await open().stepsOf(old.id);
      expect(step?.state).to.equal("started");
    });
  });

  describe("steps", () => {
    it("runs a step once and gives its stored result ever after", async () => {
      let calls = 0;
      const work = async (): Promise<{ batch: number; none?: string }> => {
        calls += 1;
        return { batch: calls, none: undefined } as { batch: number };
      };
      const first = await open().run(REQUEST);
      const fresh = await first.step("open", { count: 2 }, work);
      await first.release();
      const second = await open().run(REQUEST);
      const stored = await second.step("open", { count: 2 }, work);
      expect(calls).to.equal(1);
      // The undefined field is no JSON: it is gone the first time too, not only after a crash.
      expect(fresh).to.deep.equal({ batch: 1 }).and.not.have.property("none");
      expect(stored).to.deep.equal(fresh);
    });

    it("runs a step again that failed, and counts its attempts", async () => {
      const run = await open().run(REQUEST);
      const failure = new Error("no luck");
      let thrown: unknown;
      await run
        .step("render", {}, () => Promise.reject(failure))
        .catch((error: unknown) => (thrown = error));
      expect(thrown).to.equal(failure);
      expect(await run.step("render", {}, async () => 5)).to.equal(5);
      const [step] = await open().stepsOf(run.id);
      expect(step).to.include({ key: "render", state: "done", attempts: 2 });
      expect(step?.result).to.equal(5);
    });

    it("refuses a step that comes back with another input", async () => {
      const run = await open().run(REQUEST);
      await run.step("open", { count: 2 }, async () => 1);
      await expectCode(
        run.step("open", { count: 3 }, async () => 2),
        "journal/step-changed",
      );
    });

    it("refuses a result that JSON cannot hold, and has not stored it", async () => {
      const run = await open().run(REQUEST);
      await expectCode(
        run.step("open", {}, async () => ({ gas: 1n })),
        "journal/not-json",
      );
      expect((await open().stepsOf(run.id))[0]?.state).to.equal("started");
    });

    it("keeps steps in the order of their first start, each with null for nothing", async () => {
      const run = await open().run(REQUEST);
      for (const key of ["z", "a", "m", "a"])
        await run.step(key, {}, async () => {});
      const steps = await open().stepsOf(run.id);
      expect(steps.map(({ key }) => key)).to.deep.equal(["z", "a", "m"]);
      expect(steps.map(({ result }) => result)).to.deep.equal([
        null,
        null,
        null,
      ]);
    });

    it("passes a point on both sides of every effect", async () => {
      const labels: string[] = [];
      const run = await open((label) => labels.push(label)).run(REQUEST);
      await run.step("open", {}, async () => labels.push("work"));
      await run.step("open", {}, async () => labels.push("never"));
      await run.finish();
      expect(labels).to.deep.equal([
        "open/begun",
        "work",
        "open/worked",
        "open/stored",
        "run/finished",
      ]);
    });
  });

  describe("outbox", () => {
    it("keeps a transaction whole", async () => {
      const record = await open().store(TRANSACTION);
      expect(record).to.include({
        ...TRANSACTION,
        attempt: 0,
        state: "stored",
        request: record.request,
      });
      expect(record.request).to.deep.equal(TRANSACTION.request);
      const found = await open().find("0x0c", TRANSACTION.key);
      expect(found).to.deep.equal(record);
      expect(await open().find("0x0d", TRANSACTION.key)).to.equal(undefined);
    });

    it("never holds two live transactions of a key, nor two in flight with one nonce", async () => {
      const journal = open();
      const first = await journal.store(TRANSACTION);
      await expectCode(
        journal.store({ ...TRANSACTION, nonce: 8 }),
        "journal/transaction-exists",
      );
      const other = { ...TRANSACTION, key: "mint-batch-2/open" };
      await expectCode(journal.store(other), "journal/nonce-taken");
      await journal.store({ ...other, chain: "0x0d" });
      await journal.settle(first, "mined");
      await expectCode(
        journal.store({ ...TRANSACTION, nonce: 8 }),
        "journal/transaction-exists",
      );
    });

    it("takes another transaction of a key once the first is displaced", async () => {
      const journal = open();
      const first = await journal.store(TRANSACTION);
      await journal.settle(first, "displaced");
      const second = await journal.store({ ...TRANSACTION, nonce: 9 });
      expect(second.attempt).to.equal(1);
      expect((await journal.find("0x0c", TRANSACTION.key))?.nonce).to.equal(9);
    });

    it("lists what a run sent by the beginning of its keys, and nothing that is only alike", async () => {
      const journal = open();
      const keys = ["run-1/a", "run-1/b", "run-11/a", "run_1/a", "Run-1/a"];
      for (const [nonce, key] of keys.entries())
        await journal.store({ ...TRANSACTION, key, nonce });
      const found = await journal.beginning("0x0c", "run-1/");
      expect(found.map(({ key }) => key)).to.deep.equal(["run-1/a", "run-1/b"]);
      expect(await journal.beginning("0x0d", "run-1/")).to.deep.equal([]);
    });

    it("lists what is in flight by nonce, and learns a hash that the node made", async () => {
      const journal = open();
      const late = await journal.store({ ...TRANSACTION, key: "b", nonce: 9 });
      const early = await journal.store({
        ...TRANSACTION,
        key: "a",
        raw: null,
        hash: null,
      });
      const nonces = async (from: number): Promise<number[]> =>
        (await journal.live("0x0c", "0xAA", from)).map(({ nonce }) => nonce);
      expect(await nonces(7)).to.deep.equal([7, 9]);
      await journal.settle(early, "mined", "0x99");
      await journal.settle(late, "mined");
      // A reorganisation may take back what was mined: only the chain tells which nonces are used.
      expect(await nonces(7)).to.deep.equal([7, 9]);
      expect(await nonces(8)).to.deep.equal([9]);
      expect((await journal.find("0x0c", "a"))?.hash).to.equal("0x99");
      expect((await journal.find("0x0c", "b"))?.hash).to.equal("0x11");
    });

    it("keeps every signing of a transaction, and of two at once only the first", async () => {
      const journal = open();
      const first = await journal.store(TRANSACTION);
      expect(first.earlier).to.deep.equal([]);
      const dearer = { to: "0xbb", data: "0x01", maxFeePerGas: "9" };
      const again = await journal.resign(first, {
        request: dearer,
        raw: "0x02f9",
        hash: "0x22",
      });
      expect(again).to.include({ raw: "0x02f9", hash: "0x22", attempt: 0 });
      expect(again.earlier).to.deep.equal(["0x11"]);
      expect(again.request).to.deep.equal(dearer);
      const late = await open().resign(first, {
        request: dearer,
        raw: "0x02fa",
        hash: "0x33",
      });
      expect(late).to.deep.equal(again);
      // The older signing may be the one that was mined: the newest stays what is sent again.
      await journal.settle(again, "mined", "0x11");
      const found = await journal.find("0x0c", TRANSACTION.key);
      expect(found).to.include({ hash: "0x22", state: "mined" });
      expect(found?.earlier).to.deep.equal(["0x11"]);
    });
  });
}
