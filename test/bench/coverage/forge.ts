import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import {
  cp,
  mkdir,
  mkdtemp,
  readFile,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { writeSolcCommand } from "../solc/solc-command.ts";
import { ROOT } from "../solc/sources.ts";
import { parseLcov, type FileCoverage } from "./lcov.ts";

const run = promisify(execFile);
const FORGE = "@foundry-rs/forge@1.7.1";

/** What a run of the tests left. */
export interface Coverage {
  readonly files: readonly FileCoverage[];
  readonly passed: number;
  /** The lines that forge prints of failing tests. */
  readonly failures: readonly string[];
}

/**
 * Runs the Solidity tests by forge, the one tool that counts branches, in a copy of the sources: it would leave its folders in
 * ours. Invariants stay out: what a random walk reaches by luck is no test of that line.
 */
export async function measure(): Promise<Coverage> {
  const folder = await mkdtemp(join(tmpdir(), "loop-coverage-"));
  try {
    await mkdir(join(folder, "test"));
    for (const part of ["contracts", "test/contracts"])
      await cp(join(ROOT, part), join(folder, part), {
        recursive: true,
        filter: (path) => !/\/(comparison|invariant)$/.test(path),
      });
    await nameConditions(join(folder, "contracts"));
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
    await writeFile(
      join(folder, "foundry.toml"),
      settings(await writeSolcCommand(folder)),
    );
    // A failing test ends it with code 1 after the tracefile is written.
    const { stdout, stderr } = await run(
      "npx",
      ["-y", FORGE, "coverage", "--report=lcov", "--exclude-tests"],
      { cwd: folder, maxBuffer: 2 ** 26 },
    ).catch((error: { stdout: string; stderr: string }) => error);
    const trace = await readFile(join(folder, "lcov.info"), "utf8").catch(
      (cause: unknown) => {
        throw new Error(`forge left no tracefile:\n${stdout}\n${stderr}`, {
          cause,
        });
      },
    );
    return {
      files: parseLcov(trace).filter(({ file }) =>
        file.startsWith("contracts/"),
      ),
      passed: Number(/: (\d+) tests passed/.exec(stdout)?.[1] ?? 0),
      failures: [...new Set(stdout.match(/^\[FAIL.*$/gm))],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Makes an expression of each condition that is a bare name: forge does not count how often it looks at a name. */
async function nameConditions(folder: string): Promise<void> {
  for (const file of globSync("**/*.sol", { cwd: folder })) {
    const path = join(folder, file);
    const source = await readFile(path, "utf8");
    await writeFile(path, source.replace(/\bif \((\w+)\)/g, "if ($1 == true)"));
  }
}

/** Without optimizer, so that each line keeps its own instructions; that makes the code larger than a chain allows. */
function settings(solc: string): string {
  return `[profile.default]
src = "contracts"
test = "test/contracts"
libs = ["node_modules"]
remappings = ["@openzeppelin/=node_modules/@openzeppelin/"]
auto_detect_remappings = false
solc = "${solc}"
offline = true
evm_version = "osaka"
code_size_limit = 100000
# A test lets the history contract use up its gas four times; each leaves a sixty-fourth.
gas_limit = 9223372036854775807
[fuzz]
runs = ${process.env["LOOP_FUZZ_RUNS"] ?? "64"}
seed = "0x6c6f6f70"
`;
}
