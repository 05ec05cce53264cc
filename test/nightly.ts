/**
 * `npm run nightly`: what is too long for `npm test`. Runs every part, or those whose name contains one of the given words, and
 * leaves each part's last outcome, with date and commit, in test/nightly.json. Ends with a non-zero code if a part failed.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const RESULT = new URL("nightly.json", import.meta.url);

interface Part {
  readonly command: string;
  readonly env?: Readonly<Record<string, string>>;
}

const PARTS: Readonly<Record<string, Part>> = {
  fuzz: {
    command: "npx hardhat test solidity",
    env: { LOOP_FUZZ_RUNS: "10000", LOOP_INVARIANT_RUNS: "4" },
  },
  "golden vectors on Node 22": {
    command: ".github/scripts/golden-on-node.sh 22.23.3",
  },
  attacks: { command: "node test/bench/attacks.ts" },
  invariants: {
    command: "node test/bench/invariants.ts",
    env: { LOOP_INVARIANT_RUNS: "3340" },
  },
  proofs: { command: "node test/bench/proofs.ts" },
  "planted bugs": { command: "node test/bench/bugs.ts" },
  mutation: { command: "node test/bench/mutation.ts" },
  coverage: { command: "node test/bench/coverage.ts" },
  "static analysis": { command: "node test/bench/static.ts" },
  kill: { command: "node test/bench/kill.ts --random 50" },
  memory: { command: "node test/bench/memory.ts" },
  kernels: { command: "node test/bench/kernels.ts" },
  pack: { command: "node test/bench/pack.ts" },
  gas: { command: "npm run -s bench:gas" },
  mint: { command: "node test/bench/mint.ts" },
  "evolution rebuilt": { command: "node test/bench/evolve-rebuild.ts" },
  "evolution repacked": { command: "node test/bench/repack.ts" },
  "markets replayed": { command: "node test/bench/replay.ts" },
  "sources mutated": { command: "node test/bench/sources.ts" },
  "venues wrong by 100": { command: "node test/bench/venues.ts" },
  "wash trades": { command: "node test/bench/wash.ts" },
  functions: { command: "npm run -s bench:functions" },
  deployment: { command: "node test/bench/deployment.ts" },
  builds: { command: "node test/bench/builds.ts" },
  places: { command: "node test/bench/pins.ts" },
  estimate: { command: "npm run -s bench:estimate" },
  "hostile pictures": { command: "node test/bench/hostile-images.ts" },
  gradients: { command: "node test/bench/gradients.ts 6" },
  "tuning's rate": { command: "node test/bench/tuning-rate.ts 6" },
  "latent space": { command: "node test/bench/explore.ts" },
  rehearsal: { command: "node test/rehearsal/rehearsal.ts" },
  "stolen steward's key": { command: "node test/bench/steward-key.ts" },
  "capture of the DAO": {
    command: "node test/bench/dao-capture.ts --really 100,1000,10000",
  },
  backtest: { command: "node test/bench/backtest.ts" },
  votes: { command: "npm run -s bench:votes" },
  "rehearsal of the DAO": { command: "node test/rehearsal/dao.ts" },
  "CRE workflow": { command: "cd offchain/cre && npm ci && npm test" },
};

/** One part's last outcome. */
interface Outcome {
  readonly command: string;
  readonly ok: boolean;
  readonly date: string;
  readonly commit: string;
  readonly node: string;
  readonly threads: number;
  readonly seconds: number;
  /** The end of what it printed: the figures. */
  readonly output: readonly string[];
}

const KEPT_LINES = 80;

async function run({ command, env }: Part): Promise<Outcome> {
  const start = performance.now();
  const child = spawn("bash", ["-c", command], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    process.stdout.write(chunk);
    output += chunk.toString();
  });
  const [code] = (await once(child, "close")) as [number | null];
  return {
    command,
    ok: code === 0,
    date: new Date().toISOString(),
    commit: execFileSync("git", ["rev-parse", "HEAD"], {
      cwd: ROOT,
      encoding: "utf8",
    }).trim(),
    node: process.version,
    threads: availableParallelism(),
    seconds: Math.round((performance.now() - start) / 1000),
    output: output.trimEnd().split("\n").slice(-KEPT_LINES),
  };
}

function earlier(): Record<string, Outcome> {
  try {
    return JSON.parse(readFileSync(RESULT, "utf8")) as Record<string, Outcome>;
  } catch {
    return {};
  }
}

if (import.meta.main) {
  const words = process.argv.slice(2);
  const wanted = Object.entries(PARTS).filter(
    ([name]) => words.length === 0 || words.some((word) => name.includes(word)),
  );
  for (const [name, part] of wanted) {
    process.stdout.write(`\n== ${name}: ${part.command}\n`);
    const outcome = await run(part);
    writeFileSync(
      RESULT,
      `${JSON.stringify({ ...earlier(), [name]: outcome }, null, 2)}\n`,
    );
    if (!outcome.ok) process.exitCode = 1;
    process.stdout.write(
      `${name} ${outcome.ok ? "passed" : "FAILED"} after ${outcome.seconds} s\n`,
    );
  }
}
