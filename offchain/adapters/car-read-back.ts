import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { FatalError } from "../kernel/errors.ts";
import {
  checkCar,
  checkCarPart,
  type CarIndex,
} from "../publishing/car-reader.ts";
import { nativeSha256 } from "./blocks-hash.ts";
import { openCarSource } from "./car-source.ts";

/**
 * Reads an archive with ipfs-car, another implementation of archives, shards and files than ours (the block codecs are the same
 * packages): every block hashed, and every file listed with its CID. Our own strict reader must find the same blocks.
 * ipfs-car runs in a process of its own, since it prints, and ends the process it is in when something is wrong.
 * @returns the CID of each file below the root, by path.
 * @throws FatalError `archive/unreadable` if ipfs-car refuses the archive or finds other blocks; `publishing/*` as `checkCar`.
 */
export async function readBackCar(
  path: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<ReadonlyMap<string, string>> {
  const source = await openCarSource(path);
  try {
    const { blocks } = await checkCar(source, { hash: nativeSha256 });
    await sameBlocks(path, blocks.keys(), signal);
  } finally {
    await source.close();
  }
  const files = new Map<string, string>();
  for await (const line of ipfsCar(["ls", path, "--verbose"], signal)) {
    const [cid = "", size, name = ""] = line.split("\t");
    // A directory has no size; its name begins at the root, ".".
    if (size !== "-") files.set(name.replace(/^\.\//, ""), cid);
  }
  return files;
}

/**
 * The same for an archive whose other blocks lie in other archives: ipfs-car can list its blocks, but not walk its tree.
 * @returns its blocks, in the order of the file.
 */
export async function readBackCarPart(
  path: string,
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<CarIndex> {
  const source = await openCarSource(path);
  try {
    const index = await checkCarPart(source, nativeSha256);
    await sameBlocks(path, index.blocks.keys(), signal);
    return index;
  } finally {
    await source.close();
  }
}

async function sameBlocks(
  path: string,
  expected: Iterator<string>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const cid of ipfsCar(["blocks", path], signal)) {
    if (cid !== expected.next().value)
      throw unreadable(path, "finds other blocks");
  }
  if (expected.next().done !== true) throw unreadable(path, "misses blocks");
}

/** The lines that an ipfs-car command prints, as it prints them. */
async function* ipfsCar(
  args: readonly [command: string, path: string, ...flags: string[]],
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const program = fileURLToPath(import.meta.resolve("ipfs-car/bin.js"));
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    // Nothing of a test runner's or debugger's set-up belongs into this process.
    env: { ...process.env, NODE_OPTIONS: "" },
    ...(signal === undefined ? {} : { signal }),
  });
  const ended = once(child, "close") as Promise<[number | null]>;
  // Awaited below, after the lines: until then a failure to start must not count as unhandled.
  ended.catch(() => undefined);
  let complaint = "";
  child.stderr.on("data", (text: Buffer) => {
    complaint = (complaint + text.toString()).slice(-2_000);
  });
  try {
    yield* createInterface({ input: child.stdout });
    const [code] = await ended;
    if (code !== 0)
      throw unreadable(args[1], "refuses it", new Error(complaint));
  } finally {
    child.kill();
  }
}

function unreadable(path: string, why: string, cause?: Error): FatalError {
  return new FatalError(
    "archive/unreadable",
    `ipfs-car ${why} in \`${path}\`; nothing may be sealed with it, pack it again.`,
    { cause },
  );
}
