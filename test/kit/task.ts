import hre from "hardhat";
import { createHardhatRuntimeEnvironment } from "hardhat/hre";
import type { HardhatRuntimeEnvironment } from "hardhat/types/hre";

import config from "../../hardhat.config.ts";
import type { Finished } from "./cli.ts";

/** Hardhat as `--network localhost` gives it, the node being at this address; with these keys only, if they are given. */
export async function hardhatAt(
  url: string,
  accounts?: string[],
): Promise<HardhatRuntimeEnvironment> {
  const keys = accounts === undefined ? {} : { accounts };
  const localhost = { type: "http", chainType: "l1", url, ...keys } as const;
  return createHardhatRuntimeEnvironment(
    { ...config, networks: { ...config.networks, localhost } },
    { network: "localhost" },
    hre.config.paths.root,
  );
}

/**
 * Runs a task inside this process, with what it prints caught: milliseconds instead of the seconds that a process of its own takes.
 * The exit code is what the process would have ended with.
 */
export async function runTask(
  name: string | string[],
  args: Record<string, unknown>,
  hardhat: HardhatRuntimeEnvironment = hre,
): Promise<Finished> {
  const { stdout, stderr } = process;
  const originals = {
    out: stdout.write.bind(stdout),
    error: stderr.write.bind(stderr),
    code: process.exitCode,
  };
  const caught = { out: "", error: "" };
  const catcher =
    (stream: keyof typeof caught) =>
    (chunk: string | Uint8Array): boolean => {
      caught[stream] +=
        typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk);
      return true;
    };
  stdout.write = catcher("out") as typeof stdout.write;
  stderr.write = catcher("error") as typeof stderr.write;
  process.exitCode = 0;
  try {
    await hardhat.tasks.getTask(name).run(args);
    return { code: process.exitCode, stdout: caught.out, stderr: caught.error };
  } finally {
    stdout.write = originals.out;
    stderr.write = originals.error;
    process.exitCode = originals.code;
  }
}
