import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { freePort } from "./free-port.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const HARDHAT = fileURLToPath(
  new URL("../../node_modules/hardhat/dist/src/cli.js", import.meta.url),
);

/** What a command left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `hardhat` with these arguments as a person would, in a process group of its own. */
export function startCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(process.execPath, [HARDHAT, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
}

/** Runs a command to its end. */
export async function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Finished> {
  const child = startCommand(args, env);
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  const [code] = (await once(child, "close")) as [number | null];
  return { code, stdout, stderr };
}

/** The stable code in a failed command's one sentence. */
export function errorCode({ stderr }: Finished): string | undefined {
  return /^Error ([a-z-]+\/[a-z-]+): /m.exec(stderr)?.[1];
}

/** A `hardhat node` on a free port; the JSON-RPC address, and how to end it. */
export async function startNode(
  port?: number,
): Promise<{ url: string; port: number; stop: () => Promise<void> }> {
  const chosen = port ?? (await freePort());
  const child = startCommand([
    "node",
    "--hostname",
    "127.0.0.1",
    "--port",
    `${chosen}`,
  ]);
  const url = `http://127.0.0.1:${chosen}`;
  for (let tries = 0; ; tries++) {
    const up = await fetch(url, {
      method: "POST",
      body: '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}',
    }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) break;
    if (tries === 300 || child.exitCode !== null)
      throw new Error(`no node on ${url}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    url,
    port: chosen,
    async stop() {
      const ended = once(child, "close");
      // The command starts a child of its own: end the whole group.
      if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
      await ended;
    },
  };
}
