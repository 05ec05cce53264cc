/**
 * `npm run nightly`: what is too long for `npm test`. Runs everything, prints it, and leaves the outcome with date and commit in
 * test/nightly.json. Ends with a non-zero code if any part failed.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Name, command line, extra environment. */
const PARTS: readonly (readonly [
  string,
  string,
  Readonly<Record<string, string>>?,
])[] = [
  [
    "Solidity: fuzz 10,000 runs, invariants deep",
    "npx hardhat test solidity",
    { LOOP_FUZZ_RUNS: "10000", LOOP_INVARIANT_RUNS: "256" },
  ],
  ["golden vectors on Node 22", ".github/scripts/golden-on-node.sh 22.23.3"],
  [
    "kill at every boundary and 50 random instants",
    "node test/bench/kill.ts --random 50",
  ],
  ["a thousand works: memory", "node test/bench/memory.ts"],
  ["kernels", "node test/bench/kernels.ts"],
  ["packing", "node test/bench/pack.ts"],
  ["gas", "npx hardhat run test/bench/gas.ts"],
  ["a second mint", "node test/bench/mint.ts"],
];

/** How much of a part's output the result keeps: the figures are at the end. */
const KEPT_LINES = 60;

const parts = [];
for (const [name, command, environment] of PARTS) {
  process.stdout.write(`\n== ${name}: ${command}\n`);
  const start = performance.now();
  const child = spawn("bash", ["-c", command], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    process.stdout.write(chunk);
    output += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  const lines = output.trimEnd().split("\n");
  parts.push({
    name,
    command,
    ok: code === 0,
    seconds: Math.round((performance.now() - start) / 1000),
    output: lines.slice(-KEPT_LINES),
  });
}

const result = {
  date: new Date().toISOString(),
  commit: execFileSync("git", ["rev-parse", "HEAD"], {
    cwd: ROOT,
    encoding: "utf8",
  }).trim(),
  node: process.version,
  threads: availableParallelism(),
  ok: parts.every(({ ok }) => ok),
  parts,
};
writeFileSync(
  new URL("nightly.json", import.meta.url),
  `${JSON.stringify(result, null, 2)}\n`,
);
process.stdout.write(
  `\n${result.ok ? "All parts passed." : "A part FAILED."} Written to test/nightly.json\n`,
);
process.exitCode = result.ok ? 0 : 1;
