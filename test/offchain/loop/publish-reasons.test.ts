import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { createCarArchives } from "../../../offchain/adapters/car-archives.ts";
import { createFolderTarget } from "../../../offchain/adapters/pins-folder.ts";
import { toHex, utf8 } from "../../../offchain/kernel/bytes.ts";
import { sha256 } from "../../../offchain/kernel/digest.ts";
import {
  publishReasons,
  readReasons,
  reasonsBlock,
} from "../../../offchain/loop/publish-reasons.ts";
import { createLedger, fakeChain } from "../../kit/fake-chain.ts";
import { expectCode } from "../../kit/rejection.ts";

const REASONS = { why: "sales-fell", inputs: { sales: 3 }, model: "rules 1" };
const CANONICAL = '{"inputs":{"sales":3},"model":"rules 1","why":"sales-fell"}';

describe("loop/publish-reasons", () => {
  let folder: string;
  before(async () => void (folder = await mkdtemp(join(tmpdir(), "loop-"))));
  after(() => rm(folder, { recursive: true }));

  const ports = () => ({
    chain: fakeChain(createLedger()),
    archives: createCarArchives({ store: join(folder, "store") }),
    hash: nativeSha256,
    progress: { stage: () => {}, note: () => {} },
    pins: async () => [
      createFolderTarget({ name: "folder", folder: join(folder, "place") }),
    ],
  });

  it("makes one block whose digest is the hash that calls name", () => {
    const { bytes, hash, cid } = reasonsBlock(REASONS);
    expect(new TextDecoder().decode(bytes)).to.equal(CANONICAL);
    expect(hash).to.equal(toHex(sha256(utf8(CANONICAL))));
    expect(cid).to.match(/^bafkrei[a-z2-7]{52}$/);
  });

  it("keeps it under its hash and has every place hold it, twice if it must be", async () => {
    const car = join(folder, "reasons.car");
    for (let i = 0; i < 2; i++) {
      const published = await publishReasons(REASONS, ports(), car);
      expect(published.pins.map(({ blocks }) => blocks)).to.deep.equal([1]);
      const kept = await readReasons(published.hash, ports().archives);
      expect(new TextDecoder().decode(kept)).to.equal(CANONICAL);
      expect((await readFile(car)).includes(CANONICAL)).to.equal(true);
    }
  });

  it("says that reasons are not here", async () => {
    const none = await readReasons(`0x${"11".repeat(32)}`, ports().archives);
    expect(none).to.equal(undefined);
  });

  it("refuses what is no JSON of whole numbers, and what is too long", async () => {
    await expectCode(() => reasonsBlock({ a: 0.5 }), "kernel/bad-json");
    await expectCode(
      () => reasonsBlock({ a: "x".repeat(262_144) }),
      "dao/reasons-too-long",
    );
  });
});
