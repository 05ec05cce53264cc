/** Prints how long a second `mint-batch` of 12 works at 512 pixels takes on this machine, the verification apart. */
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";

import { runCommand } from "../kit/cli.ts";

const out = await mkdtemp(join(tmpdir(), "loop-mint-"));
const args = [
  "mint-batch",
  "--count",
  "12",
  "--size",
  "512",
  "--out",
  out,
  "--json",
];
for (const run of ["first", "second"]) {
  const start = performance.now();
  const { code, stdout, stderr } = await runCommand(args);
  const wall = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(stderr);
  const { seconds } = JSON.parse(stdout) as { seconds: Record<string, number> };
  const { verify = 0, total: _, ...stages } = seconds;
  const parts = Object.entries(stages).map(
    ([name, value]) => `${name} ${value.toFixed(1)}`,
  );
  console.log(
    `${run}: ${(wall - verify).toFixed(1)} s, and ${verify.toFixed(1)} s to verify (${parts.join(", ")}; ${availableParallelism()} threads)`,
  );
}
await rm(out, { recursive: true });
