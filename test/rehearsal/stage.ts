import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
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
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import JSON5 from "json5";

import type { ForeignChain } from "./anvil.ts";
import { spawnGroup, type Ending, type Running } from "./process.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Compiled already, so that no copy compiles again. */
const BUILT = ["artifacts", "cache", "types"];

/** The jobs of the contracts, each with a key of its own, in the order of the chain's accounts. */
export const JOBS = [
  "operator",
  "admin",
  "registrar",
  "guardian",
  "parameterAuthority",
  "publisher",
  "voucherSigner",
] as const;
type Job = (typeof JOBS)[number];

/** A copy of the repository in a folder of its own: a deployment, a journal and a store that concern nobody else. */
export interface Copy {
  readonly folder: string;
  /** Starts a Hardhat command on the network; the keys of these jobs are in its environment, as somebody who has them would do. */
  start(
    args: readonly string[],
    options?: {
      readonly keys?: readonly Job[];
      readonly env?: NodeJS.ProcessEnv;
    },
  ): Running;
  /** Runs one that must succeed. */
  hardhat(
    args: readonly string[],
    options?: {
      readonly keys?: readonly Job[];
      readonly env?: NodeJS.ProcessEnv;
    },
  ): Promise<Ending>;
  /** The JSON document of one that must succeed. */
  json(
    args: readonly string[],
    options?: { readonly keys?: readonly Job[] },
  ): Promise<Record<string, unknown>>;
  /** A folder or file of the copy. */
  path(...parts: readonly string[]): string;
}

/** Makes a copy of what git tracks, as it lies here, with the compiled contracts beside it. */
export async function copyRepository(
  chain: ForeignChain,
  into: string,
): Promise<Copy> {
  const folder = join(into, randomUUID().slice(0, 8));
  const tracked = execFileSync(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    { cwd: ROOT, encoding: "utf8", maxBuffer: 1 << 26 },
  )
    .split("\0")
    .filter((path) => path !== "" && existsSync(join(ROOT, path)));
  for (const path of tracked) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await cp(join(ROOT, path), join(folder, path));
  }
  for (const path of BUILT)
    if (existsSync(join(ROOT, path)))
      await cp(join(ROOT, path), join(folder, path), { recursive: true });
  await moveCache(folder);
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));

  const keyOf = (job: Job): string => `REHEARSAL_${job.toUpperCase()}_KEY`;
  const start: Copy["start"] = (args, { keys = [], env = {} } = {}) =>
    spawnGroup(
      [
        process.execPath,
        join(ROOT, "node_modules/hardhat/dist/src/cli.js"),
        ...args,
        "--network",
        "sepolia",
      ],
      {
        cwd: folder,
        env: {
          NO_COLOR: "1",
          HARDHAT_IGNITION_CONFIRM_DEPLOYMENT: "true",
          SEPOLIA_RPC_URL: chain.url,
          LOOP_KEYS: keys.map(keyOf).join(","),
          ...Object.fromEntries(
            keys.map((job) => [
              keyOf(job),
              chain.accounts[JOBS.indexOf(job)]?.key,
            ]),
          ),
          ...env,
        },
      },
    );
  const hardhat: Copy["hardhat"] = async (args, options) => {
    const ending = await start(args, options).ended;
    if (ending.code === 0) return ending;
    throw new Error(
      `npx hardhat ${args.join(" ")} ended with ${ending.code}:\n${ending.stderr}\n${ending.stdout}`,
    );
  };
  return {
    folder,
    start,
    hardhat,
    json: async (args, options) =>
      JSON.parse(
        (await hardhat([...args, "--json"], options)).stdout,
      ) as Record<string, unknown>,
    path: (...parts) => join(folder, ...parts),
  };
}

/** The compiler's cache names files by their whole paths. */
async function moveCache(folder: string): Promise<void> {
  const path = join(folder, "cache/compile-cache.json");
  if (!existsSync(path)) return;
  const text = await readFile(path, "utf8");
  const parts = text.split(`"${ROOT}`).map((part, i) => {
    if (i === 0) return part;
    return `"${part.startsWith("node_modules/") ? ROOT : `${folder}/`}${part}`;
  });
  await writeFile(path, parts.join(""));
}

/** Fills in the network's parameter file as its comments ask: whom the jobs belong to, when a block counts, who keeps archives. */
export async function fillIn(
  copy: Copy,
  chain: ForeignChain,
  network: {
    readonly settle: number | "finalized";
    readonly pins: readonly string[];
  },
): Promise<void> {
  const path = copy.path("ignition/parameters/sepolia.json5");
  const file = JSON5.parse(await readFile(path, "utf8")) as {
    Loop: Record<string, unknown>;
  };
  for (const [i, job] of JOBS.entries())
    file.Loop[job] = chain.accounts[i]?.address;
  file.Loop["royaltyReceiver"] = chain.accounts[1]?.address;
  await writeFile(
    path,
    JSON5.stringify({ ...file, Network: network }, null, 2),
  );
}

/** A folder for everything; removed in the end. */
export async function temporaryFolder(): Promise<{
  readonly folder: string;
  remove(): Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), "loop-rehearsal-"));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
