import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { writeSolcCommand } from "../solc/solc-command.ts";
import { collectSources, ROOT } from "../solc/sources.ts";
import { readFindings, type Finding } from "./finding.ts";

const run = promisify(execFile);

/** The two that decide what is found; a newer one may find more, so it is raised on purpose. */
const PACKAGES = ["slither-analyzer==0.11.6", "crytic-compile==0.4.2"];
const PYTHON = process.env["PYTHON"] ?? "python3";
const HOME = join(ROOT, "node_modules/.cache", PACKAGES[0] ?? "");

/** The product's own settings; the analyser reads the syntax tree, but asks for the bytecode too. */
const SETTINGS = {
  viaIR: true,
  optimizer: { enabled: true, runs: 200 },
  evmVersion: "osaka",
  outputSelection: {
    "*": {
      "*": ["abi", "devdoc", "userdoc", "evm.bytecode", "evm.deployedBytecode"],
      "": ["ast"],
    },
  },
};

/** What an analysis gave. */
export interface Analysis {
  readonly findings: readonly Finding[];
  /** The analyser's own last line: how much it looked at. */
  readonly summary: string;
}

/** Analyses all sources below some patterns; what is imported from packages is read, but not reported on. */
export async function analyse(...patterns: string[]): Promise<Analysis> {
  const slither = await installed();
  const folder = await mkdtemp(join(tmpdir(), "loop-static-"));
  try {
    const input = join(folder, "input.json");
    const output = join(folder, "output.json");
    await writeFile(
      input,
      JSON.stringify({
        language: "Solidity",
        sources: collectSources(...patterns),
        settings: SETTINGS,
      }),
    );
    const { stderr } = await run(
      slither,
      [
        input,
        "--compile-force-framework=solc-json",
        `--solc=${await writeSolcCommand(folder)}`,
        "--filter-paths=node_modules",
        `--json=${output}`,
        "--fail-none",
      ],
      { cwd: ROOT, maxBuffer: 2 ** 26 },
    );
    return {
      findings: readFindings(await readFile(output, "utf8")),
      summary: /\(\d+ contracts with \d+ detectors\)/.exec(stderr)?.[0] ?? "",
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The path of Slither, installed once into a folder of its own. */
async function installed(): Promise<string> {
  const slither = join(HOME, "bin/slither");
  if (existsSync(slither)) return slither;
  try {
    await run(PYTHON, ["-m", "venv", HOME]);
  } catch (cause) {
    throw new Error(
      `\`${PYTHON} -m venv\` does not run: the analyser is written in Python; install Python 3.10 or newer, or set PYTHON.`,
      { cause },
    );
  }
  try {
    await run(join(HOME, "bin/pip"), ["install", "--quiet", ...PACKAGES]);
  } catch (cause) {
    await rm(HOME, { recursive: true });
    throw new Error(
      `\`pip install ${PACKAGES.join(" ")}\` failed; it takes Python 3.10 or newer and PyPI.`,
      { cause },
    );
  }
  return slither;
}
