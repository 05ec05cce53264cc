import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { openCache } from "../../../offchain/adapters/cache-sqlite.ts";
import { expectCode } from "../../kit/rejection.ts";

const FIRST = { schema: "CREATE TABLE a (x INTEGER) STRICT;", version: 1 };
const SECOND = { schema: "CREATE TABLE b (y INTEGER) STRICT;", version: 2 };

describe("adapters/cache-sqlite", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-cache-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("keeps what was written while the version stays, and begins anew with another", () => {
    const path = join(folder, "below", "cache.sqlite");
    const first = openCache(path, FIRST);
    first.exec("INSERT INTO a VALUES (7)");
    const beside = openCache(path, FIRST);
    expect(beside.prepare("SELECT x FROM a").all().length).to.equal(1);
    first.close();
    beside.close();

    const second = openCache(path, SECOND);
    const tables = second.prepare("SELECT name FROM sqlite_schema").all();
    expect(tables.map(({ name }) => name)).to.deep.equal(["b"]);
    second.close();
  });

  it("says so where it cannot be written", async () => {
    const path = join(folder, "cache.sqlite");
    openCache(path, FIRST).close();
    await expectCode(
      () => openCache(join(path, "none.sqlite"), FIRST),
      "journal/unwritable",
    );
  });
});
