import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { expect } from "chai";

import { createPictureDecoder } from "../../../offchain/adapters/picture-decoder.ts";
import { png, zeros } from "../../bench/hostile/bytes.ts";
import { sketch } from "../../bench/hostile/shapes.ts";
import { expectCode } from "../../kit/rejection.ts";

const MB = 1024 * 1024;

describe("adapters/picture-decoder", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), "decoder-"));
    await writeFile(join(folder, "good.png"), await sketch(1).png().toBuffer());
    await writeFile(join(folder, "bad.png"), "<svg/>");
    const deep = { width: 4_000, height: 4_000, depth: 16, colour: 6 };
    await writeFile(
      join(folder, "deep.png"),
      png({ ...deep, interlaced: true }, await zeros(4_000 * 32_001 + 32_000)),
    );
  });
  after(() => rm(folder, { recursive: true }));

  it("goes on after a refusal, after one that took too much, and after its process was killed", async () => {
    const decoder = createPictureDecoder(folder, {
      memory: 150 * MB,
      time: 20_000,
    });
    try {
      const { sha256 } = await decoder.decode("good.png");
      await expectCode(decoder.decode("bad.png"), "picture/wrong-format");
      await expectCode(decoder.decode("none.png"), "picture/unreadable");
      await expectCode(decoder.decode("deep.png"), "picture/too-much-memory");
      expect((await decoder.decode("good.png")).sha256).to.equal(sha256);
    } finally {
      await decoder.close();
    }
  });

  it("ends a picture that takes too long", async () => {
    const decoder = createPictureDecoder(folder, {
      memory: 500 * MB,
      time: 60,
    });
    try {
      await expectCode(decoder.decode("deep.png"), "picture/too-slow");
    } finally {
      await decoder.close();
    }
  });

  it("says that too much was needed, where the process ends itself before it can answer", async () => {
    const decoder = createPictureDecoder(folder, {
      memory: 1 * MB,
      time: 20_000,
    });
    try {
      await expectCode(decoder.decode("good.png"), "picture/too-much-memory");
    } finally {
      await decoder.close();
    }
  });

  it("goes on after its process died in the middle of a picture", async function () {
    if (process.platform !== "linux") this.skip();
    const decoder = createPictureDecoder(folder, {
      memory: 900 * MB,
      time: 20_000,
    });
    try {
      await decoder.decode("good.png");
      const decoding = decoder.decode("deep.png");
      for (const pid of childrenOf(process.pid)) process.kill(pid, "SIGKILL");
      await expectCode(decoding, "picture/decoder-died");
      expect((await decoder.decode("good.png")).format).to.equal("png");
    } finally {
      await decoder.close();
    }
  });
});

/** The decoders that this process began, from /proc. */
function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
        const [, ppid] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
        const command = readFileSync(`/proc/${pid}/cmdline`, "latin1");
        return (
          Number(ppid) === parent && command.includes("picture-decoder-child")
        );
      } catch {
        // It ended meanwhile.
        return false;
      }
    });
}
