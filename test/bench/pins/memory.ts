import { fork } from "node:child_process";
import { createCipheriv } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { nativeSha256 } from "../../../offchain/adapters/blocks-hash.ts";
import { createCarFile } from "../../../offchain/adapters/car-file.ts";
import { utf8 } from "../../../offchain/kernel/bytes.ts";
import { createBatchPacker } from "../../../offchain/publishing/batch.ts";
import { buildRecipe } from "../../../offchain/publishing/recipe.ts";
import { recipeFixture } from "../../kit/recipe-fixture.ts";
import { table } from "../evolution/figures.ts";
import { PLACES, startPlace } from "./places.ts";
import type { Sent } from "./uploader.ts";

const MOST = 200e6;
const IMAGE = 1_000_000;

/** Prints the memory of sending an archive of so many bytes to each place; false if one takes more than 200 MB. */
export async function benchMemory(bytes: number): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), "loop-pins-"));
  try {
    const path = join(folder, "batch.car");
    await writeCar(path, bytes);
    const { size } = await stat(path);
    const idle = await send("nothing", "", path);
    const rows = [
      ["nothing: node and the reader of archives", mb(idle.peak), ""],
    ];
    let most = 0;
    for (const place of PLACES) {
      const running = await startPlace(place);
      try {
        const sent = await send(place, running.url, path);
        most = Math.max(most, sent.peak);
        rows.push([running.what, mb(sent.peak), sent.seconds.toFixed(1)]);
      } finally {
        await running.close();
      }
    }
    console.log(
      table(["archive sent to", "peak memory of the sender", "seconds"], rows),
    );
    console.log(
      `\n${mb(size)} of archive to each place: peak ${mb(most)} (VmHWM), limit ${mb(MOST)}\n`,
    );
    return most < MOST;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Sends in a process of its own; undefined if it was killed on its way. */
export async function sendOrDie(
  place: string,
  url: string,
  path: string,
  dies?: number,
): Promise<Sent | undefined> {
  const rest = dies === undefined ? [] : [`${dies}`];
  const child = fork(new URL("uploader.ts", import.meta.url), [
    place,
    url,
    path,
    ...rest,
  ]);
  let sent: Sent | undefined;
  child.on("message", (message) => (sent = message as Sent));
  const [code, signal] = (await once(child, "exit")) as [number, string];
  if (code !== 0 && signal !== "SIGKILL")
    throw new Error(`the sender to ${place} ended with ${code}`);
  return sent;
}

async function send(place: string, url: string, path: string): Promise<Sent> {
  const sent = await sendOrDie(place, url, path);
  if (sent === undefined) throw new Error(`the sender to ${place} died`);
  return sent;
}

/** A batch as large as wanted, of pictures that are noise: the same bytes each time. */
export async function writeCar(path: string, bytes: number): Promise<void> {
  const noise = createCipheriv(
    "aes-128-ctr",
    Buffer.alloc(16),
    Buffer.alloc(16),
  );
  const packer = createBatchPacker({
    recipe: await buildRecipe(recipeFixture()),
    sink: await createCarFile(path),
    hash: nativeSha256,
  });
  for (let i = 0; i < Math.ceil(bytes / IMAGE); i++) {
    const id = 1_000_000n + BigInt(i);
    await packer.addImage(id, noise.update(Buffer.alloc(IMAGE)));
    await packer.addMetadata(id, utf8(`{"id":${id}}`));
  }
  await packer.finish({ transcript: utf8("{}"), hashes: utf8("[]") });
}

function mb(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
