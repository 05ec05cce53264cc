/**
 * One project folder, the working directory: builds what stands in it and runs its Solidity tests each time that the runner asks.
 * A process of its own, because a hung mutant can only be killed; it stays, because starting Hardhat anew costs a second.
 */
import { readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";

import { createHardhatRuntimeEnvironment } from "hardhat/hre";

import { failing, runSuites } from "./suites.ts";

/** What the runner asks for: build and test. */
export interface Request {
  /** Tests that fail without any mutant too, and so tell nothing. */
  readonly broken: readonly string[];
  /** Whether to run the later stages even if an earlier one failed. */
  readonly everything: boolean;
}

/** What the worker answers: why it does not compile, or which tests fail. */
export type Answer =
  | { readonly reason: string }
  | { readonly failing: readonly string[]; readonly tests: number };

const isAttack = (path: string): boolean => path.includes("/attacks/");
const isSlow = (path: string): boolean =>
  /\/(invariant|reference)\/|Differential/.test(path);

/** Unit tests first: what they kill needs no others. */
const STAGES: readonly ((path: string) => boolean)[] = [
  (path) => !isSlow(path) && !isAttack(path),
  isAttack,
  isSlow,
];

// Neither optimizer nor intermediate language: a fifth of the time, and the same meaning.
const compiler = {
  version: "0.8.37",
  path: createRequire(import.meta.url).resolve("solc/soljson.js"),
  settings: { optimizer: { enabled: false }, evmVersion: "osaka" },
};
const runs = (name: string, otherwise: number): number =>
  Number(process.env[name] ?? otherwise);
const hre = await createHardhatRuntimeEnvironment(
  {
    solidity: {
      npmFilesToBuild: [],
      profiles: { default: { compilers: [compiler] } },
    },
    paths: { tests: { solidity: "./test/contracts" } },
    test: {
      solidity: {
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

process.on("message", (request: Request) => {
  void answer(request).then((message) => process.send?.(message));
});
process.send?.("ready");

async function answer({ broken, everything }: Request): Promise<Answer> {
  try {
    await hre.tasks.getTask("build").run({ quiet: true });
  } catch (error) {
    return { reason: String(error) };
  }
  const files = (await readdir("test/contracts", { recursive: true }))
    .map((path) => join("test/contracts", path))
    .filter((path) => path.endsWith(".t.sol"))
    .sort();
  const failed: string[] = [];
  let tests = 0;
  for (const stage of STAGES) {
    const suites = await runSuites(hre, files.filter(stage), true);
    tests += suites.flatMap(({ testResults }) => testResults).length;
    failed.push(...failing(suites).filter((name) => !broken.includes(name)));
    if (failed.length > 0 && !everything) break;
  }
  return { failing: failed, tests };
}
