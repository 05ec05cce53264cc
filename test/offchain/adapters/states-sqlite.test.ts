import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { openStateIndex } from "../../../offchain/adapters/states-sqlite.ts";
import type { Hex } from "../../../offchain/kernel/bytes.ts";

const hex = (digit: string): Hex => `0x${digit.repeat(64)}`;
const link = (cid: string, size: number) => ({ cid, size });
const FILES = { image: link("i", 300_000), metadata: link("m", 1_500) };

describe("adapters/states-sqlite", () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-states-"));
    path = join(folder, "store", "states.sqlite");
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("keeps what it learned, by batch, work and state, beyond the process", async () => {
    const first = openStateIndex(path);
    const directory = { signature: hex("c"), link: link("d", 9) };
    await first.learn(hex("a"), {
      works: [{ index: 3, state: "1,0", ...FILES }],
      directory,
    });
    await first.finished(hex("e"));
    await first.finished(hex("e"));
    await first.close();
    await first.close();

    const second = openStateIndex(path);
    expect(
      await second.works(hex("a"), [
        { index: 3, state: "0,0" },
        { index: 3, state: "1,0" },
        { index: 4, state: "1,0" },
      ]),
    ).to.deep.equal([undefined, FILES, undefined]);
    expect(
      await second.works(hex("b"), [{ index: 3, state: "1,0" }]),
    ).to.deep.equal([undefined]);
    expect(await second.directory(hex("a"), hex("c"))).to.deep.equal(
      link("d", 9),
    );
    expect(await second.directory(hex("a"), hex("d"))).to.equal(undefined);
    expect(await second.knows(hex("e"))).to.equal(true);
    expect(await second.knows(hex("f"))).to.equal(false);
    const other = { image: link("j", 1), metadata: link("n", 2) };
    await second.learn(hex("a"), {
      works: [{ index: 3, state: "1,0", ...other }],
    });
    expect(
      await second.works(hex("a"), [{ index: 3, state: "1,0" }]),
    ).to.deep.equal([other]);
    await second.close();
  });

  it("is made anew where it is damaged", async () => {
    const first = openStateIndex(path);
    await first.finished(hex("e"));
    await first.close();
    await writeFile(
      path,
      "no database at all, but as long as a header of one is".repeat(9),
    );
    const second = openStateIndex(path);
    expect(await second.knows(hex("e"))).to.equal(false);
    await second.finished(hex("e"));
    expect(await second.knows(hex("e"))).to.equal(true);
    await second.close();
  });
});
