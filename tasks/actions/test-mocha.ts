import { globSync } from "node:fs";
import { join } from "node:path";

import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";
import type { TaskArguments } from "hardhat/types/tasks";

/** `npx hardhat test mocha` without files: only `*.test.ts`, so that kits, benches and vectors may lie in test/ as well. */
export default async function (
  args: TaskArguments,
  hre: HardhatRuntimeEnvironment,
  runSuper: (args: TaskArguments) => Promise<unknown>,
): Promise<unknown> {
  const { testFiles } = args;
  if (Array.isArray(testFiles) && testFiles.length > 0) return runSuper(args);
  const folder = join(hre.config.paths.root, "test");
  const names = globSync("**/*.test.ts", { cwd: folder }).sort();
  return runSuper({
    ...args,
    testFiles: names.map((name) => join(folder, name)),
  });
}
