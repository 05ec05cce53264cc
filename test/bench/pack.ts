/**
 * Packs 10,000 files of 10 KB three ways in one run: `node test/bench/pack.ts [files] [bytes] [rounds]`.
 * plain: read each file, SHA-256 it, append it to one file (the least that any packer does). ours: the directory as a CAR, written
 * by this project. ipfs-car: the same by the `pack` command of ipfs-car. All three sync to the disk at the end.
 * The best of the rounds counts, since other work on the machine can only slow a round down; the three take turns.
 */
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, open, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { nativeSha256 } from "../../offchain/adapters/blocks-hash.ts";
import { createCarFile } from "../../offchain/adapters/car-file.ts";
import {
  CAR_HEADER_BYTES,
  decodeCarHeader,
} from "../../offchain/publishing/car-format.ts";
import { buildDirectory } from "../../offchain/publishing/unixfs-directory.ts";
import { buildFile } from "../../offchain/publishing/unixfs-file.ts";
import type { NamedEntry } from "../../offchain/publishing/unixfs-node.ts";

const [count = 10_000, bytes = 10_240, rounds = 5] = process.argv
  .slice(2)
  .map(Number);
const names = Array.from({ length: count }, (_, i) => `${1_000_000 + i}.png`);

/** Gathers appends as our own writer does, so that the comparison is not about the number of writes. */
const BUFFER_BYTES = 4_194_304;

async function plain(folder: string, output: string): Promise<string> {
  const file = await open(output, "w");
  const buffer = Buffer.alloc(BUFFER_BYTES);
  let filled = 0;
  for (const name of names) {
    const content = readFileSync(join(folder, name));
    nativeSha256(content);
    if (filled + content.length > BUFFER_BYTES) {
      await file.write(buffer, 0, filled);
      filled = 0;
    }
    filled += content.copy(buffer, filled);
  }
  await file.write(buffer, 0, filled);
  await file.sync();
  await file.close();
  return "";
}

async function ours(folder: string, output: string): Promise<string> {
  const sink = await createCarFile(output);
  const target = { sink, hash: nativeSha256 };
  const entries: NamedEntry[] = [];
  for (const name of names) {
    const content = readFileSync(join(folder, name));
    entries.push({ name, ...(await buildFile(target, content)) });
  }
  const { cid } = await buildDirectory(target, entries);
  await sink.finish(cid);
  return cid.toString();
}

/** The action behind `ipfs-car pack <folder> --output <file>`, which prints the root; in process, so no start-up is counted. */
async function ipfsCar(folder: string, output: string): Promise<string> {
  const program: string = import.meta.resolve("ipfs-car/cmd/pack.js");
  const { default: pack } = (await import(program)) as {
    default: (path: string, options: object) => Promise<void>;
  };
  await pack(folder, { output, wrap: true });
  const file = await open(output, "r+");
  await file.sync();
  const header = new Uint8Array(CAR_HEADER_BYTES);
  await file.read(header, 0, header.length, 0);
  await file.close();
  return decodeCarHeader(header).toString();
}

const packers = { plain, ours, "ipfs-car": ipfsCar } as const;
type Packer = keyof typeof packers;

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "loop-pack-"));
  try {
    const input = join(folder, "in");
    await mkdir(input);
    for (const name of names)
      await writeFile(join(input, name), randomBytes(bytes));
    const seconds: Record<Packer, number[]> = {
      plain: [],
      ours: [],
      "ipfs-car": [],
    };
    const roots = new Map<string, string>();
    for (let round = 0; round < rounds; round++) {
      for (const [name, pack] of Object.entries(packers)) {
        const output = join(folder, `${name}.out`);
        const begin = performance.now();
        const root = await pack(input, output);
        seconds[name as Packer].push((performance.now() - begin) / 1000);
        roots.set(name, root);
        if (round === 0)
          console.log(
            `${name.padEnd(9)} ${(await stat(output)).size} bytes ${root}`,
          );
        await rm(output);
      }
    }
    const best = (name: Packer): number => Math.min(...seconds[name]);
    for (const name of Object.keys(packers) as Packer[])
      console.log(
        `${name.padEnd(9)} ${best(name).toFixed(3)} s (best of ${seconds[name].map((s) => s.toFixed(3)).join(" ")})`,
      );
    console.log(
      `ours / plain      ${(best("ours") / best("plain")).toFixed(2)} (at most 2)`,
    );
    console.log(
      `ipfs-car / ours   ${(best("ipfs-car") / best("ours")).toFixed(2)} (at least 4)`,
    );
    console.log(
      `same root as ipfs-car: ${roots.get("ours") === roots.get("ipfs-car")}`,
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// Test runners load every file below test/; only a direct call measures.
if (import.meta.main) await main();
