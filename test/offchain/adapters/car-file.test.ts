import * as nodeFs from "node:fs/promises";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import {
  createCarFile,
  type CarFileSystem,
} from "../../../offchain/adapters/car-file.ts";
import { openCarSource } from "../../../offchain/adapters/car-source.ts";
import { equal } from "../../../offchain/kernel/bytes.ts";
import type { CarSink } from "../../../offchain/publishing/block-sink.ts";
import { checkCar } from "../../../offchain/publishing/car-reader.ts";
import { rawCid } from "../../../offchain/publishing/cid.ts";
import { carOf } from "../../kit/car-bytes.ts";
import { expectCode } from "../../kit/rejection.ts";
import { patterned } from "../../kit/unixfs-trees.ts";

describe("adapters/car-file", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-car-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("writes the same bytes as the writer in memory, buffers and all", async () => {
    // Some 9 MB: the buffers turn over several times, at places that do not fit the blocks.
    const { bytes, root, blocks } = await carOf({
      a: patterned(5_300_001, 1),
      b: { c: patterned(3_700_003, 2), d: patterned(17, 3) },
    });
    const path = join(folder, "deep", "x.car");
    const sink = await createCarFile(path);
    for (const block of blocks) await sink.put(block);
    await sink.finish(root);
    expect(equal(await readFile(path), bytes)).to.equal(true);
    const source = await openCarSource(path);
    expect((await checkCar(source, { root })).blocks.size).to.equal(
      blocks.length,
    );
    await source.close();
  });

  it("writes a block that is longer than its buffer", async () => {
    const bytes = patterned(2_097_152, 1);
    const path = join(folder, "x.car");
    const sink = await createCarFile(path);
    for (const block of [bytes, patterned(3, 2), bytes.slice(0, -1)])
      await sink.put({ cid: rawCid(block), bytes: block });
    await sink.finish((await carOf({})).root);
    const written = await readFile(path);
    expect(equal(written.subarray(-2_097_151), bytes.slice(0, -1))).to.equal(
      true,
    );
  });

  it("shows nothing under its name before it is finished, and keeps what was there", async () => {
    const path = join(folder, "x.car");
    await writeFile(path, "earlier");
    const sink = await createCarFile(path);
    await sink.put({ cid: rawCid(patterned(9, 1)), bytes: patterned(9, 1) });
    expect(await readFile(path, "utf8")).to.equal("earlier");
    await sink.abort();
    await sink.abort();
    expect(await readdir(folder)).to.deep.equal(["x.car"]);
    expect(await readFile(path, "utf8")).to.equal("earlier");
  });

  it("begins anew over what a killed run left behind", async () => {
    const path = join(folder, "x.car");
    await writeFile(`${path}.partial`, patterned(10_000, 1));
    const { bytes, root, blocks } = await carOf({ a: patterned(20, 1) });
    const sink = await createCarFile(path);
    for (const block of blocks) await sink.put(block);
    await sink.finish(root);
    expect(await readdir(folder)).to.deep.equal(["x.car"]);
    expect(equal(await readFile(path), bytes)).to.equal(true);
  });

  it("leaves a finished archive alone when it is aborted afterwards", async () => {
    const path = join(folder, "x.car");
    const { root, blocks } = await carOf({ a: patterned(20, 1) });
    const sink = await createCarFile(path);
    for (const block of blocks) await sink.put(block);
    await sink.finish(root);
    await sink.abort();
    expect(await readdir(folder)).to.deep.equal(["x.car"]);
  });
});

describe("adapters/car-file on a failing disk", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-car-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("says so in our words at any operation, and leaves the old archive whole", async () => {
    const { bytes, root, blocks } = await carOf({
      a: patterned(2_000_000, 1),
      b: patterned(1_500_000, 2),
    });
    const path = join(folder, "x.car");
    let operations = 0;
    for (; operations < 50; operations++) {
      await writeFile(path, "earlier");
      let sink: CarSink | undefined;
      const outcome = await (async () => {
        sink = await createCarFile(path, { fs: failingAt(operations) });
        for (const block of blocks) await sink.put(block);
        await sink.finish(root);
        return "finished";
      })().catch((error: unknown) => error);
      await sink?.abort();
      expect(await readdir(folder)).to.deep.equal(["x.car"]);
      const found = await readFile(path);
      if (outcome === "finished") {
        expect(equal(found, bytes)).to.equal(true);
        break;
      }
      await expectCode(Promise.reject(outcome as Error), "files/disk-full");
      // Once it is renamed only the folder's own sync is left to fail.
      if (!equal(found, bytes)) expect(found.toString()).to.equal("earlier");
    }
    // mkdir, open, a full buffer, the rest, the header, sync, rename, and open and sync of the folder.
    expect(operations).to.equal(9);
  });
});

/** A file system whose operation number `at` finds the disk full. */
function failingAt(at: number): CarFileSystem {
  let count = 0;
  const check = (): void => {
    if (count++ === at)
      throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
  };
  const watch = <T extends object>(target: T, free: readonly string[]): T =>
    new Proxy(target, {
      get(object, name) {
        const value: unknown = Reflect.get(object, name, object);
        if (typeof value !== "function") return value;
        return async (...args: unknown[]): Promise<unknown> => {
          // Closing and removing give something back; they work on a full disk.
          if (!free.includes(String(name))) check();
          const result: unknown = await Reflect.apply(value, object, args);
          return name === "open" ? watch(result as object, ["close"]) : result;
        };
      },
    });
  const { mkdir, open, rename, rm: remove } = nodeFs;
  return watch({ mkdir, open, rename, rm: remove }, ["rm"]);
}

describe("adapters/car-source", () => {
  it("says that there is no such archive", async () => {
    const code = "publishing/car-unreadable";
    await expectCode(openCarSource("/nowhere/x.car"), code);
    await expectCode(openCarSource(tmpdir()), code);
  });
});
