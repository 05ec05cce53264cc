import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

/** One test contract after its run, as Hardhat tells it. */
export interface Suite {
  readonly id: { readonly name: string; readonly source: string };
  readonly testResults: readonly {
    readonly name: string;
    readonly status: "Success" | "Failure" | "Skipped";
  }[];
}

/** Runs Solidity test files, built before if `noCompile` is set. What Hardhat prints about them goes to stdout. */
export async function runSuites(
  hre: HardhatRuntimeEnvironment,
  testFiles: readonly string[],
  noCompile: boolean,
): Promise<readonly Suite[]> {
  const task = hre.tasks.getTask(["test", "solidity"]);
  const result = (await task.run({ testFiles: [...testFiles], noCompile })) as
    | { success: true; value: { suiteResults: readonly Suite[] } }
    | { success: false; error: { suiteResults: readonly Suite[] } };
  return result.success ? result.value.suiteResults : result.error.suiteResults;
}

/** The failing tests, "file:test", in the order of the alphabet. */
export function failing(suites: readonly Suite[]): string[] {
  return suites
    .flatMap(({ id, testResults }) =>
      testResults
        .filter(({ status }) => status === "Failure")
        .map(({ name }) => `${fileOf(id.source)}:${name}`),
    )
    .sort();
}

/** Where a test contract stands below test/contracts, without its ending. */
export function fileOf(source: string): string {
  return source
    .replace(/^(project\/)?test\/contracts\//, "")
    .replace(/\.t\.sol$/, "");
}
