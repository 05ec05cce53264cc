import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const BIN = join(ROOT, "node_modules/.bin");

/** Copied, so that a build meanwhile, here or there, disturbs nobody. */
const COPIED = ["contracts", "artifacts", "cache", "types", "package.json"];
/** Read only. */
const LINKED = [
  "node_modules",
  "ignition/modules",
  "offchain/recipes",
  "offchain/market",
];

/** How a child ended and what it said. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Wall time, seconds. */
  readonly seconds: number;
}

/** A project folder of its own (journal, deployments, archives) with a `hardhat node` of its own. */
export interface Sandbox {
  readonly folder: string;
  readonly url: string;
  /** Replaces the node by a new one, and with it the chain; everything else stays. */
  restart(): Promise<void>;
  /** Starts a Hardhat command against the node, in a process group of its own. */
  start(args: readonly string[], env?: Record<string, string>): Running;
  close(): Promise<void>;
}

/** A started child. */
export interface Running {
  readonly ended: Promise<Ending>;
  /** Kills the whole group by SIGKILL. */
  kill(): void;
}

/** Brings the compiled contracts up to date, for all sandboxes to copy. */
export async function build(): Promise<void> {
  await finished(run([join(BIN, "hardhat"), "build", "--quiet"], ROOT));
}

/** Makes the folder and starts the node. */
export async function createSandbox(): Promise<Sandbox> {
  const folder = await mkdtemp(join(tmpdir(), "loop-kill-"));
  for (const path of COPIED)
    await cp(join(ROOT, path), join(folder, path), { recursive: true });
  for (const path of LINKED) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await symlink(join(ROOT, path), join(folder, path));
  }
  await writeFile(
    join(folder, "hardhat.config.ts"),
    `export { default } from ${JSON.stringify(join(ROOT, "hardhat.config.ts"))};\n`,
  );
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const hardhat = (
    args: readonly string[],
    env: Record<string, string> = {},
  ): Running =>
    run([join(BIN, "hardhat"), ...args], folder, {
      ...env,
      LOOP_LOCALHOST: url,
    });
  const startNode = async (): Promise<Running> => {
    const node = hardhat(`node --hostname 127.0.0.1 --port ${port}`.split(" "));
    await reachable(url, node);
    return node;
  };
  let node = await startNode();
  const stop = async (): Promise<void> => {
    node.kill();
    await node.ended;
  };
  return {
    folder,
    url,
    start: hardhat,
    async restart() {
      await stop();
      node = await startNode();
    },
    async close() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs a program with the project's own Node. */
export function run(
  [program, ...args]: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Running {
  const begun = performance.now();
  const child: ChildProcess = spawn(String(program), args, {
    cwd,
    detached: true,
    env: { ...process.env, ...env, PATH: `${BIN}:${process.env["PATH"]}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name]?.on(
      "data",
      (chunk: Buffer) => (said[name] += chunk.toString()),
    );
  const kill = (): void => {
    try {
      process.kill(-Number(child.pid), "SIGKILL");
    } catch {
      // It has ended by itself.
    }
  };
  const ended = once(child, "close").then(([code, signal]): Ending => {
    // A child that killed only itself may have left others of its group.
    kill();
    const seconds = (performance.now() - begun) / 1000;
    return { code: code as number, signal: signal as never, ...said, seconds };
  });
  return { ended, kill };
}

/** The ending of a program that must succeed. */
export async function finished({ ended }: Running): Promise<Ending> {
  const ending = await ended;
  if (ending.code === 0) return ending;
  throw new Error(`A command failed:\n${ending.stderr}\n${ending.stdout}`);
}

async function reachable(url: string, node: Running): Promise<void> {
  let over = false;
  void node.ended.then(() => (over = true));
  const body = JSON.stringify({
    jsonrpc: "2.0",
    id: 1,
    method: "eth_chainId",
    params: [],
  });
  while (!over) {
    try {
      const headers = { "content-type": "application/json" };
      await fetch(url, { method: "POST", headers, body });
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`The node ended:\n${(await node.ended).stderr}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
