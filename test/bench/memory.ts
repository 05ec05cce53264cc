/**
 * Prints the memory of `mint-batch --count 1000 --size 256` while it runs: the peak, and whether it grows from token 100 to 1,000.
 * Memory is the resident size of the whole process group, read from /proc. `--count N` makes it shorter.
 */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";

import { startCommand } from "../kit/cli.ts";

const { values } = parseArgs({
  options: { count: { type: "string", default: "1000" } },
});
const count = Number(values.count);
const folder = await mkdtemp(join(tmpdir(), "loop-memory-"));
const child = startCommand([
  "mint-batch",
  "--count",
  `${count}`,
  "--size",
  "256",
  "--out",
  folder,
  "--json",
]);
let ended = false;
child.on("close", () => (ended = true));
child.stdout?.resume();
child.stderr?.resume();

const samples: { readonly painted: number; readonly bytes: number }[] = [];
while (!ended) {
  const images = await readdir(join(folder, "batch-1/images")).catch(() => []);
  samples.push({
    painted: images.length,
    bytes: await resident(child.pid ?? 0),
  });
  await sleep(500);
}
await rm(folder, { recursive: true });
if (child.exitCode !== 0)
  throw new Error(`mint-batch ended with ${child.exitCode}`);

const mb = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
const peak = (low: number, high: number): number =>
  Math.max(
    ...samples
      .filter(({ painted }) => painted >= low && painted <= high)
      .map(({ bytes }) => bytes),
    0,
  );
const tenth = Math.floor(count / 10);
console.log(
  `mint-batch --count ${count} --size 256, resident memory of all its processes, ${samples.length} samples`,
);
for (let step = 1; step <= 10; step++) {
  console.log(
    `  while painting up to ${String(step * tenth).padStart(6)}  ${mb(peak((step - 1) * tenth + 1, step * tenth))}`,
  );
}
console.log(`  peak of the whole run  ${mb(peak(0, count))}`);

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
