/**
 * Prints what `seal-dataset` makes of hostile pictures: how many of each kind were refused and taken, whether any was treated otherwise
 * than it must be, and the time and peak memory of the command with its decoder. Then the same for 10,000 sound pictures.
 * `node test/bench/hostile-images.ts`; `--pictures N` for fewer of those, 0 for none; `--no-zoo` for those alone.
 * Memory is the resident size of the whole process group, read from /proc every 20 ms.
 */
import {
  mkdtemp,
  mkdir,
  readdir,
  readFile,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

import { startCommand } from "../kit/cli.ts";
import { FIXTURE_LICENCES } from "../kit/dataset-fixture.ts";
import { sketch } from "./hostile/shapes.ts";
import { buildZoo } from "./hostile/zoo.ts";

/** What the issue allows. */
const ALLOWED = 512 * 1024 * 1024;

const { values } = parseArgs({
  options: {
    pictures: { type: "string", default: "10000" },
    zoo: { type: "boolean", default: true },
  },
  allowNegative: true,
});
const home = await mkdtemp(join(tmpdir(), "hostile-images-"));
const licences = join(home, "licences.json");
await writeFile(licences, JSON.stringify(FIXTURE_LICENCES));
let faults = 0;
try {
  if (values.zoo) await theZoo(join(home, "zoo"));
  const pictures = Number(values.pictures);
  if (pictures > 0) await theMany(join(home, "many"), pictures);
} finally {
  await rm(home, { recursive: true, force: true });
}
console.log(faults === 0 ? "Every file met its fate." : `${faults} faults.`);
process.exitCode = faults === 0 ? 0 : 1;

async function theZoo(folder: string): Promise<void> {
  const zoo = await buildZoo(folder);
  const { document, ...spent } = await seal(folder, ["--keep-look-alikes"]);
  const codes = new Map<string, string>();
  for (const { file, code } of document.refused) codes.set(file, code);
  // A twin was decoded, and then left out for being one.
  const taken = new Set([
    ...document.images.map(({ file }) => file),
    ...document.refused.flatMap(({ file, code }) =>
      code === "dataset/duplicate" ? [file] : [],
    ),
  ]);
  const kinds = new Map<string, { refused: number; taken: number }>();
  for (const [file, { kind, fate }] of zoo) {
    const count = kinds.get(kind) ?? { refused: 0, taken: 0 };
    kinds.set(kind, count);
    const met = taken.has(file) ? "taken" : "refused";
    count[met] += 1;
    const known =
      met === "taken" || codes.has(file) || document.passedOver.includes(file);
    if (known && (fate === "either" || fate === met)) continue;
    faults += 1;
    console.log(
      `  FAULT: ${JSON.stringify(file)} must be ${fate} and was ${met} (${codes.get(file) ?? "without a word"})`,
    );
  }
  console.log(`${zoo.size} hostile and odd files`);
  for (const [kind, { refused, taken }] of kinds)
    console.log(
      `  ${kind.padEnd(20)} ${String(refused).padStart(4)} refused ${String(taken).padStart(4)} taken`,
    );
  const tally = new Map<string, number>();
  for (const code of codes.values())
    tally.set(code, (tally.get(code) ?? 0) + 1);
  for (const [code, count] of [...tally].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`  ${code.padEnd(28)} ${String(count).padStart(4)}`);
  tell(spent);
}

async function theMany(folder: string, count: number): Promise<void> {
  await mkdir(folder);
  for (let i = 0; i < count; i++) {
    const png = sketch(1_000 + i, 96).png({ compressionLevel: 1 });
    await png.toFile(join(folder, `${String(i).padStart(5, "0")}.png`));
  }
  const { document, ...spent } = await seal(folder, []);
  console.log(
    `${count} sound pictures: ${document.count} sealed, ${document.refused.length} left out`,
  );
  if (document.count + document.refused.length !== count) faults += 1;
  tell(spent);
}

function tell({ seconds, peak }: { seconds: number; peak: number }): void {
  console.log(
    `  ${seconds.toFixed(1)} s, peak memory ${(peak / 1024 / 1024).toFixed(0)} MiB of ${ALLOWED / 1024 / 1024} (command and decoder together)`,
  );
  if (peak > ALLOWED) faults += 1;
}

interface Document {
  readonly count: number;
  readonly images: readonly { readonly file: string }[];
  readonly refused: readonly { readonly file: string; readonly code: string }[];
  readonly passedOver: readonly string[];
}

async function seal(
  folder: string,
  more: readonly string[],
): Promise<{ document: Document; seconds: number; peak: number }> {
  const out = `${folder}-sealed`;
  const began = performance.now();
  const child = startCommand([
    "seal-dataset",
    "--images",
    folder,
    "--licences",
    licences,
    "--out",
    out,
    "--leave-out",
    "--json",
    ...more,
  ]);
  const parts: Buffer[] = [];
  let ended = false;
  child.on("close", () => (ended = true));
  child.stdout?.on("data", (part: Buffer) => parts.push(part));
  child.stderr?.resume();
  let peak = 0;
  while (!ended) {
    peak = Math.max(peak, await resident(child.pid ?? 0));
    await sleep(20);
  }
  const seconds = (performance.now() - began) / 1000;
  if (child.exitCode !== 0)
    throw new Error(`seal-dataset ended with ${child.exitCode}`);
  await rm(out, { recursive: true });
  return {
    document: JSON.parse(Buffer.concat(parts).toString()) as Document,
    seconds,
    peak,
  };
}

/** Bytes resident in the processes of a group. */
async function resident(group: number): Promise<number> {
  let bytes = 0;
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const stat = await readFile(`/proc/${name}/stat`, "utf8").catch(() => "");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (Number(fields[2]) === group) bytes += Number(fields[21]) * 4096;
  }
  return bytes;
}
