import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { createFolderTarget } from "../../../offchain/adapters/pins-folder.ts";
import { FatalError } from "../../../offchain/kernel/errors.ts";
import { expectCode } from "../../kit/rejection.ts";
import { drain, readBack, sendable } from "../../kit/sendable.ts";
import { patterned } from "../../kit/unixfs-trees.ts";

describe("adapters/pins-folder", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "loop-pins-folder-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("keeps archives by root, whole or not at all", async () => {
    const archive = await sendable(folder, { a: patterned(2_200_000, 1) });
    const place = join(folder, "deep", "place");
    const target = createFolderTarget({ name: "folder:x", folder: place });
    expect(await target.holds(archive.root)).to.equal(false);
    await expectCode(drain(target.read(archive.root)), "pins/not-held");
    const cut = {
      ...archive,
      async *stream() {
        yield new Uint8Array(9);
        throw new FatalError("test/cut", "The file is gone, says the test.");
      },
    };
    await expectCode(target.put(cut), "test/cut");
    expect(await readdir(place)).to.deep.equal([]);
    const sent: number[] = [];
    await target.put(archive, { onBytes: (bytes) => sent.push(bytes) });
    expect(sent.at(-1)).to.equal(archive.size);
    expect(await target.holds(archive.root)).to.equal(true);
    expect(await readdir(place)).to.deep.equal([`${archive.root}.car`]);
    expect(await readBack(target, archive)).to.include({ bytes: archive.size });
  });

  it("tells that it cannot be written, and stops when told to", async () => {
    const archive = await sendable(folder, { a: patterned(20, 1) });
    const file = join(folder, "file");
    await writeFile(file, "");
    const target = createFolderTarget({ name: "folder:x", folder: file });
    await expectCode(target.put(archive), "files/unwritable");
    const good = createFolderTarget({ name: "folder:y", folder });
    const thrown = await good
      .put(archive, { signal: AbortSignal.abort() })
      .catch((error: unknown) => error);
    expect((thrown as Error).name).to.equal("AbortError");
  });
});
