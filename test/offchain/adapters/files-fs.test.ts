import { spawn } from "node:child_process";
import { once } from "node:events";
import * as nodeFs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import {
  createFiles,
  type FileSystem,
} from "../../../offchain/adapters/files-fs.ts";
import { expectCode } from "../../kit/rejection.ts";

const CHILD = new URL("./files-child.ts", import.meta.url).pathname;
const TIME = new Date(Date.UTC(2026, 10, 22, 16, 5, 9, 123));

describe("artefacts in the file system", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await nodeFs.mkdtemp(join(tmpdir(), "loop-files-"));
  });
  afterEach(() => nodeFs.rm(folder, { recursive: true }));
  const at = (...parts: string[]): string => join(folder, ...parts);

  it("writes whole files, makes their folders and leaves nothing else", async () => {
    const files = createFiles();
    await files.write(at("a", "b", "text"), "grün");
    await files.write(at("a", "bytes"), Uint8Array.of(1, 2));
    await files.write(at("a", "bytes"), Uint8Array.of(3));
    expect(
      await files.writeStream(at("a", "stream"), pieces(3, 100_000)),
    ).to.equal(300_000);
    expect((await nodeFs.readdir(at("a"))).sort()).to.deep.equal([
      "b",
      "bytes",
      "stream",
    ]);
    expect(await files.read(at("a", "bytes"))).to.deep.equal(Uint8Array.of(3));
    expect(await nodeFs.readFile(at("a", "b", "text"), "utf8")).to.equal(
      "grün",
    );
    const stream = await files.read(at("a", "stream"));
    expect([stream[99_999], stream[100_000], stream[299_999]]).to.deep.equal([
      0, 1, 2,
    ]);
  });

  it("tells a missing file from a broken path", async () => {
    const files = createFiles();
    await files.write(at("file"), "");
    expect(await files.exists(at("file"))).to.equal(true);
    expect(await files.exists(at("none"))).to.equal(false);
    expect(await files.exists(at("file", "below"))).to.equal(false);
    await expectCode(files.read(at("none")), "files/missing");
    await expectCode(files.read(folder), "files/unreadable");
  });

  it("keeps the old file and tidies up when a stream fails half-way", async () => {
    const files = createFiles();
    await files.write(at("car"), "old");
    const failure = new Error("the source failed");
    let thrown: unknown;
    await files
      .writeStream(
        at("car"),
        (async function* () {
          yield Uint8Array.of(1);
          throw failure;
        })(),
      )
      .catch((error: unknown) => (thrown = error));
    expect(thrown).to.equal(failure);
    expect(await nodeFs.readFile(at("car"), "utf8")).to.equal("old");
    expect(await nodeFs.readdir(folder)).to.deep.equal(["car"]);
  });

  for (const [errno, code] of [
    ["ENOSPC", "files/disk-full"],
    ["EDQUOT", "files/disk-full"],
    ["EACCES", "files/unwritable"],
    ["EROFS", "files/unwritable"],
    ["EIO", "files/broken"],
  ] as const) {
    it(`says ${code} on ${errno} at any operation, and never loses the old file`, async () => {
      await createFiles().write(at("x", "metadata"), "old");
      let operations = 0;
      for (; ; operations++) {
        const fs = failingAt(operations, errno);
        const files = createFiles({ fs });
        const outcome = await files.write(at("x", "metadata"), "new").then(
          () => "written",
          (error: unknown) => error,
        );
        if (outcome === "written") break;
        await expectCode(Promise.reject(outcome as Error), code);
        const content = await nodeFs.readFile(at("x", "metadata"), "utf8");
        expect(content).to.be.oneOf(["old", "new"]);
        expect(await nodeFs.readdir(at("x"))).to.deep.equal(["metadata"]);
      }
      // mkdir, open, write, sync, close, rename, open and sync of the folder, close.
      expect(operations).to.equal(9);
    });
  }

  it("proves a folder writable before any work begins", async () => {
    await createFiles().prepare(at("new", "out"));
    expect(await nodeFs.readdir(at("new", "out"))).to.deep.equal([]);
    await nodeFs.writeFile(at("file"), "");
    const error = await expectCode(
      createFiles().prepare(at("file", "out")),
      "files/unwritable",
    );
    expect(error.message).to.include(`\`${at("file", "out")}\``);
    // Node's recursive mkdir never returns here.
    if (process.platform === "linux")
      await expectCode(
        createFiles().prepare("/proc/loop/out"),
        "files/unwritable",
      );
    const fs = failingAt(3, "ENOSPC");
    await expectCode(
      createFiles({ fs }).prepare(at("full")),
      "files/disk-full",
    );
  });

  it("refuses a folder without permission", async () => {
    await nodeFs.chmod(folder, 0o500);
    // Root may write anywhere, so it is somebody else for a moment.
    const root = process.getuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    try {
      await expectCode(createFiles().prepare(at("out")), "files/unwritable");
    } finally {
      if (root) process.seteuid?.(0);
      await nodeFs.chmod(folder, 0o700);
    }
  });

  it("moves aside, dated, and never over anything", async () => {
    const files = createFiles();
    expect(await files.moveAside(at("batch-1"), TIME)).to.equal(undefined);
    const moved: (string | undefined)[] = [];
    for (const text of ["one", "two", "three"]) {
      await files.write(at("batch-1", "1000000.json"), text);
      moved.push(await files.moveAside(at("batch-1"), TIME));
    }
    const stamp = at("batch-1.20261122T160509Z");
    expect(moved).to.deep.equal([stamp, `${stamp}-2`, `${stamp}-3`]);
    for (const [i, text] of ["one", "two", "three"].entries())
      expect(
        await nodeFs.readFile(join(moved[i] ?? "", "1000000.json"), "utf8"),
      ).to.equal(text);
    expect(await files.exists(at("batch-1"))).to.equal(false);
  });

  for (const [label, content, leftovers] of [
    ["file/target/synced", "old", 1],
    ["file/target/renamed", "new", 0],
  ] as const) {
    it(`holds a whole file when killed at ${label}; the leftover is swept away`, async () => {
      await createFiles().write(at("target"), "old");
      await createFiles().write(at("deep", ".other.part"), "not ours");
      const child = spawn(process.execPath, [CHILD, at("target")], {
        env: { ...process.env, LOOP_KILL_AT: label },
      });
      const [, signal] = (await once(child, "close")) as [
        number,
        string | null,
      ];
      expect(signal).to.equal("SIGKILL");
      expect(await nodeFs.readFile(at("target"), "utf8")).to.equal(content);
      expect((await nodeFs.readdir(folder)).length).to.equal(2 + leftovers);
      if (leftovers === 0)
        expect(await createFiles().sweep(folder)).to.equal(0);
      else await createFiles().prepare(folder);
      expect((await nodeFs.readdir(folder)).sort()).to.deep.equal([
        "deep",
        "target",
      ]);
      expect(await nodeFs.readdir(at("deep"))).to.deep.equal([".other.part"]);
    });
  }

  it("sweeps nothing that is being written, and no folder that is not there", async () => {
    const files = createFiles();
    expect(await files.sweep(at("none"))).to.equal(0);
    let swept = -1;
    await files.writeStream(
      at("car"),
      (async function* () {
        yield Uint8Array.of(1);
        swept = await files.sweep(folder);
        yield Uint8Array.of(2);
      })(),
    );
    expect(swept).to.equal(0);
    expect(await files.read(at("car"))).to.deep.equal(Uint8Array.of(1, 2));
  });
});

async function* pieces(
  count: number,
  size: number,
): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) yield new Uint8Array(size).fill(i);
}

/** The real file system, whose operation number `at` (from 0) fails. */
function failingAt(at: number, errno: string): FileSystem {
  let count = 0;
  const check = (): void => {
    if (count++ === at) throw Object.assign(new Error(errno), { code: errno });
  };
  return {
    ...nodeFs,
    async mkdir(...args: Parameters<typeof nodeFs.mkdir>) {
      check();
      return nodeFs.mkdir(...args);
    },
    async rename(...args: Parameters<typeof nodeFs.rename>) {
      check();
      return nodeFs.rename(...args);
    },
    async open(...args: Parameters<typeof nodeFs.open>) {
      check();
      const handle = await nodeFs.open(...args);
      return new Proxy(handle, {
        get(target, name) {
          const value: unknown = Reflect.get(target, name, target);
          if (typeof value !== "function") return value;
          return (...inner: unknown[]): unknown => {
            if (name !== "close") check();
            const result: unknown = Reflect.apply(value, target, inner);
            if (name !== "close") return result;
            // The descriptor is given back even where closing reports a failure.
            return (result as Promise<void>).then(check);
          };
        },
      });
    },
  } as FileSystem;
}
