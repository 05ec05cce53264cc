/**
 * One project folder, the working directory: builds what stands in it and runs its Solidity tests each time that the runner asks.
 * A process of its own, because a hung mutant can only be killed; it stays, because starting Hardhat and its compiler anew takes
 * longer than a mutant. Each mutant is built on what the contracts as they are left behind, and on nothing of another mutant.
 */
import { cpSync, existsSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

import { SETTINGS, warmCompiler } from "./compiler.ts";
import { createOrder } from "./stages.ts";
import { failing, runSuites } from "./suites.ts";

/** What the runner asks for: build and test. */
export interface Request {
  /** Tests that fail without any mutant too, and so tell nothing. */
  readonly broken: readonly string[];
  /** Whether to run the later stages even if an earlier one failed. */
  readonly everything: boolean;
  /** The changed contract. The first request has none: what it builds is kept for all others. */
  readonly mutated?: string;
}

/** What the worker answers: why it does not compile, or which tests fail. Any other error ends the process: it tells nothing. */
export type Answer =
  | { readonly reason: string }
  | { readonly failing: readonly string[]; readonly tests: number };

/** A mutant without end meets this instead. Every test as it is must pass below it: what opens a bench tells those that do not. */
const GAS = 20_000_000_000n;
/** What one mutant may fill with its logs and traces. */
const MEMORY = 4 * 2 ** 30; // bytes

const BUILT = ["artifacts", "cache"] as const;
const KEPT = "kept";

const runs = (name: string, otherwise: number): number =>
  Number(process.env[name] ?? otherwise);
const hre = await createHardhatRuntimeEnvironment(
  {
    plugins: [warmCompiler],
    solidity: {
      npmFilesToBuild: [],
      profiles: { default: { compilers: [SETTINGS] } },
    },
    paths: { tests: { solidity: "./test/contracts" } },
    test: {
      solidity: {
        gasLimit: GAS,
        fuzz: { runs: runs("LOOP_FUZZ_RUNS", 16), seed: "0x6c6f6f70" },
        invariant: {
          runs: runs("LOOP_INVARIANT_RUNS", 4),
          depth: 32,
          failOnRevert: true,
        },
      },
    },
  },
  {},
  process.cwd(),
);
const order = createOrder();

let before = Infinity;
process.on("message", (request: Request) => {
  before = process.memoryUsage.rss();
  void answer(request).then((message) => process.send?.(message));
});
process.send?.("ready");
process.on("disconnect", () => process.exit());
setInterval(() => {
  if (process.memoryUsage.rss() - before < MEMORY) return;
  const full: Answer = { failing: ["memory limit"], tests: 0 };
  process.send?.(full, () => process.exit(1));
}, 250);

/** Undefined if all went well, the reason if the sources do not compile. */
async function build(mutated: string | undefined): Promise<string | undefined> {
  if (mutated !== undefined && existsSync(KEPT))
    for (const folder of BUILT) {
      rmSync(folder, { recursive: true, force: true });
      cpSync(join(KEPT, folder), folder, { recursive: true });
    }
  try {
    await hre.tasks.getTask("build").run({ quiet: true });
  } catch (error) {
    if (String(error).includes("HHE910")) return String(error);
    throw error;
  }
  if (mutated === undefined)
    for (const folder of BUILT)
      cpSync(folder, join(KEPT, folder), { recursive: true });
  return undefined;
}

async function answer({
  broken,
  everything,
  mutated,
}: Request): Promise<Answer> {
  const reason = await build(mutated);
  if (reason !== undefined) return { reason };
  const files = (await readdir("test/contracts", { recursive: true }))
    .map((path) => join("test/contracts", path))
    .filter((path) => path.endsWith(".t.sol"))
    .sort();
  const failed: string[] = [];
  let tests = 0;
  for (const stage of order.stages(files, mutated ?? "")) {
    const suites = await runSuites(hre, stage, true);
    tests += suites.flatMap(({ testResults }) => testResults).length;
    failed.push(...failing(suites).filter((name) => !broken.includes(name)));
    if (failed.length > 0 && !everything) break;
  }
  const by = failed[0]?.split(":")[0];
  if (mutated !== undefined && by !== undefined)
    order.remember(mutated, join("test/contracts", `${by}.t.sol`));
  return { failing: failed, tests };
}
