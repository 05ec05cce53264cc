import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { JsonRpcProvider } from "ethers";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import { startNode } from "../../kit/cli.ts";
import { hardhatAt, runTask } from "../../kit/task.ts";

/** Accounts of the development chain, by what they are here. */
export const ACCOUNTS = {
  /** Minted the works before the founding, and holds most of them. */
  alice: 0,
  /** Buys some, and votes. */
  bob: 8,
  /** Buy and sell. */
  traders: [9, 10, 11, 12, 13, 14, 15, 16, 17],
  steward: 19,
} as const;

/** A local chain, and whoever types commands there. */
export interface Town {
  readonly hardhat: HardhatRuntimeEnvironment;
  readonly provider: JsonRpcProvider;
  readonly accounts: readonly string[];
  /** A file or folder of this rehearsal. */
  path(name: string): string;
  /**
   * Runs a command that must succeed and gives its JSON document.
   * @param line as it is typed, without `npx hardhat`.
   */
  type<Document>(...line: readonly string[]): Promise<Document>;
  /** Time of the newest block, unix seconds. */
  now(): Promise<number>;
  /** Lets so many seconds pass. */
  pass(seconds: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts one; commands run in this process, each as a process of its own would. */
export async function startTown(tell: (line: string) => void): Promise<Town> {
  const folder = await mkdtemp(join(tmpdir(), "loop-town-"));
  const node = await startNode();
  const hardhat = await hardhatAt(node.url);
  const provider = new JsonRpcProvider(node.url, undefined, {
    cacheTimeout: -1,
  });
  const accounts = (await provider.send("eth_accounts", [])) as string[];
  const now = async (): Promise<number> =>
    Number((await provider.getBlock("latest"))?.timestamp);
  return {
    hardhat,
    provider,
    accounts,
    path: (name) => join(folder, name),
    async type<Document>(...line: readonly string[]) {
      const { verb, args, words } = parsed(line);
      if (words !== undefined)
        tell(`  $ npx hardhat ${words.replaceAll(`${folder}/`, "")}`);
      const { code, stdout, stderr } = await runTask(
        verb,
        { ...args, json: true },
        hardhat,
      );
      if (code !== 0)
        throw new Error(
          `npx hardhat ${line.join(" ")} ended with ${code}:\n${stderr}\n${stdout}`,
        );
      return JSON.parse(stdout) as Document;
    },
    now,
    async pass(seconds) {
      await provider.send("evm_increaseTime", [seconds]);
      await provider.send("evm_mine", []);
    },
    async close() {
      provider.destroy();
      await node.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** `["vote", "--id", "1", "--dry-run"]` as Hardhat's parser gives it. A line that begins with `-` is not told. */
function parsed(line: readonly string[]): {
  readonly verb: string;
  readonly args: Record<string, unknown>;
  readonly words: string | undefined;
} {
  const quiet = line[0] === "-";
  const [verb = "", ...rest] = quiet ? line.slice(1) : line;
  const args: Record<string, unknown> = {};
  for (let i = 0; i < rest.length; i++) {
    const name = (rest[i] ?? "").slice(2);
    const key = name.replace(/-(.)/g, (_, letter: string) =>
      letter.toUpperCase(),
    );
    const value = rest[i + 1];
    const flag = value === undefined || value.startsWith("--");
    args[key] = flag ? true : value;
    if (!flag) i++;
  }
  const words = [verb, ...rest].map((word) =>
    /\s/.test(word) ? `"${word}"` : word,
  );
  return { verb, args, words: quiet ? undefined : words.join(" ") };
}
