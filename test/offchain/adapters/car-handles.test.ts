import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { createCarHandles } from "../../../offchain/adapters/car-handles.ts";
import { expectCode } from "../../kit/rejection.ts";

describe("adapters/car-handles", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-handles-"));
    for (let i = 0; i < 30; i++)
      await writeFile(join(folder, `${i}.car`), `file ${i}`);
  });
  after(() => rm(folder, { recursive: true }));

  /** Files of this process that are open below the folder; undefined where the system does not tell. */
  async function opened(): Promise<number | undefined> {
    const { readlink } = await import("node:fs/promises");
    const names = await readdir("/proc/self/fd").catch(() => undefined);
    if (names === undefined) return undefined;
    const links = await Promise.all(
      names.map((name) => readlink(`/proc/self/fd/${name}`).catch(() => "")),
    );
    return links.filter((link) => link.startsWith(folder)).length;
  }

  it("keeps few files open, closes none under a reader, and all in the end", async () => {
    const handles = createCarHandles();
    const read = (i: number) =>
      handles.use(join(folder, `${i % 30}.car`), async (source) =>
        new TextDecoder().decode(await source.read(0, source.size)),
      );
    const all = await Promise.all(
      Array.from({ length: 300 }, (_, i) => read(i)),
    );
    expect(all).to.deep.equal(
      Array.from({ length: 300 }, (_, i) => `file ${i % 30}`),
    );
    expect((await opened()) ?? 0).to.be.at.most(8);
    await handles.close();
    expect((await opened()) ?? 0).to.equal(0);
  });

  it("opens a file anew after a failure", async () => {
    const handles = createCarHandles();
    const path = join(folder, "late.car");
    const size = () => handles.use(path, async (source) => source.size);
    await expectCode(size(), "publishing/car-unreadable");
    await writeFile(path, "four");
    expect(await size()).to.equal(4);
    await rm(path);
    await writeFile(path, "longer");
    await expectCode(
      handles.use(path, (source) => source.read(0, 6)),
      "publishing/car-unreadable",
    );
    expect(await size()).to.equal(6);
    await handles.close();
  });
});
