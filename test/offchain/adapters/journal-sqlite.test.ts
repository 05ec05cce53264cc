import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { expect } from "chai";

import { openJournal } from "../../../offchain/adapters/journal-sqlite.ts";
import { createHolder } from "../../../offchain/adapters/process-identity.ts";
import { expectCode } from "../../kit/rejection.ts";
import { shouldBehaveLikeJournal } from "./journal.behavior.ts";

const REQUEST = { instance: "0x01", kind: "mint-batch", input: 1 } as const;
const CHILD = new URL("./journal-child.ts", import.meta.url).pathname;

describe("the journal in SQLite", () => {
  let folder: string;
  const file = (): string => join(folder, "state", "journal.sqlite");
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "loop-journal-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  shouldBehaveLikeJournal(() => {
    return (point) => openJournal(file(), point === undefined ? {} : { point });
  });

  describe("leases", () => {
    it("refuses a run that a living process works on, and names the process", async () => {
      const mine = openJournal(file());
      const run = await mine.run(REQUEST);
      const other = openJournal(file());
      const error = await expectCode(other.run(REQUEST), "journal/run-busy");
      expect(error.message).to.include(String(process.pid));
      await expectCode(other.resume(run.id), "journal/run-busy");
      await mine.close();
      expect((await other.run(REQUEST)).resumed).to.equal(true);
      await other.close();
    });

    it("takes a run from a process whose id was given to another one", async () => {
      const holder = { ...createHolder(), started: "long ago" };
      await openJournal(file(), { holder }).run(REQUEST);
      const heir = openJournal(file());
      expect((await heir.run(REQUEST)).resumed).to.equal(true);
      await heir.close();
    });

    it("takes a run from another machine only when its lease has run out", async () => {
      const far = { ...createHolder(), place: "elsewhere", pid: 1 };
      await openJournal(file(), { holder: far, now: () => 100_000 }).run(
        REQUEST,
      );
      const early = openJournal(file(), { now: () => 129_999 });
      await expectCode(early.run(REQUEST), "journal/run-busy");
      await early.close();
      const late = openJournal(file(), { now: () => 130_000 });
      expect((await late.run(REQUEST)).resumed).to.equal(true);
      await late.close();
    });
  });

  describe("kill -9", () => {
    for (const [label, effects, results] of [
      ["first/begun", 0, 0],
      ["first/worked", 1, 0],
      ["first/stored", 1, 1],
      ["second/begun", 1, 1],
      ["second/worked", 2, 1],
      ["second/stored", 2, 2],
    ] as const) {
      it(`at ${label} keeps exactly what was stored`, async () => {
        const before = await child(file(), label);
        expect(before.signal).to.equal("SIGKILL");
        expect(before.effects).to.equal(effects);

        const journal = openJournal(file());
        const run = await journal.run(REQUEST);
        expect(run.resumed).to.equal(true);
        const done = (await journal.stepsOf(run.id)).filter(
          ({ state }) => state === "done",
        );
        expect(done.length).to.equal(results);
        await journal.close();

        const after = await child(file(), "nowhere");
        expect(after.signal).to.equal(null);
        expect(after.output).to.equal('{"first":"a","second":"b"}');
        // What had happened and was not stored happens again under its key; nothing else does.
        expect(after.effects).to.equal(2 - results);
      });
    }
  });

  it("takes over what an earlier version stored and never sent", async () => {
    const first = new URL(
      "../../../offchain/adapters/migrations/001-journal.sql",
      import.meta.url,
    );
    mkdirSync(join(folder, "state"));
    const db = new DatabaseSync(file());
    db.exec(readFileSync(first, "utf8"));
    db.exec(
      `INSERT INTO transactions VALUES
       ('0x0c', 'open', 0, '0xaa', 7, '{"to":"0xbb"}', '0x02f8', '0x11', 3, 'stored', 0, 0);
       PRAGMA user_version = 1`,
    );
    db.close();
    const journal = openJournal(file());
    const [stored, ...others] = await journal.live("0x0c", "0xaa", 0);
    expect(others).to.deep.equal([]);
    expect(stored).to.include({ key: "open", nonce: 7, hash: "0x11" });
    expect(stored?.earlier).to.deep.equal([]);
    await journal.close();
  });

  describe("a database that is none", () => {
    it("says so", async () => {
      const path = join(folder, "text");
      writeFileSync(
        path,
        "not a database, certainly not one of ours\n".repeat(50),
      );
      await expectCode(() => openJournal(path), "journal/corrupt");
    });

    it("or that a later version wrote", async () => {
      await openJournal(file()).close();
      const db = new DatabaseSync(file());
      db.exec("PRAGMA user_version = 1000");
      db.close();
      await expectCode(() => openJournal(file()), "journal/too-new");
    });

    it("or that lies where no folder can be", async () => {
      writeFileSync(join(folder, "file"), "");
      await expectCode(
        () => openJournal(join(folder, "file", "journal.sqlite")),
        "journal/unwritable",
      );
    });

    it("or that is on a full disk", async () => {
      const journal = openJournal(file());
      const run = await journal.run(REQUEST);
      // SQLite's own limit stands in for the disk's: the error is the same SQLITE_FULL.
      const db = new DatabaseSync(file());
      const pages = Number(
        db.prepare("PRAGMA page_count").get()?.["page_count"],
      );
      db.close();
      const full = openJournal(file(), { maxPages: pages });
      await expectCode(async () => {
        for (let i = 0; i < 1000; i++)
          await (
            await full.run({ ...REQUEST, input: i + 2 })
          ).step("render", {}, async () => "x".repeat(4096));
      }, "journal/disk-full");
      await full.close();
      expect(await run.step("open", {}, async () => 1)).to.equal(1);
      await journal.close();
    });
  });
});

interface ChildEnd {
  readonly signal: string | null;
  readonly output: string;
  /** Effects that really happened, counted outside the journal. */
  readonly effects: number;
}

/** Runs the two-step child against the journal; it kills itself at the label. */
async function child(path: string, label: string): Promise<ChildEnd> {
  const process_ = spawn(process.execPath, [CHILD, path], {
    env: { ...process.env, LOOP_KILL_AT: label },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let effects = "";
  process_.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  process_.stderr.on("data", (chunk: Buffer) => (effects += chunk.toString()));
  const [, signal] = (await once(process_, "close")) as [number, string | null];
  return { signal, output, effects: effects.split("effect").length - 1 };
}
