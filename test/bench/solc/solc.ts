/**
 * The compiler of npm's `solc` behind the command line of a native one, for tools that start `solc`: answers `--version` and
 * `--standard-json`. Input names all its sources' contents, so nothing is read from disk.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const solc = createRequire(import.meta.url)("solc") as {
  version(): string;
  compile(input: string): string;
};

if (process.argv.includes("--version"))
  console.log(
    `solc, the solidity compiler commandline interface\nVersion: ${solc.version()}`,
  );
else process.stdout.write(solc.compile(readFileSync(0, "utf8")));
