import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A kubo node of its own, offline, on free ports. */
export interface RealKubo {
  /** `0.43.0` */
  readonly version: string;
  readonly url: string;
  /** The CID that kubo gives a directory on disk, in the unixfs-v1-2025 profile. */
  hashOf(path: string): Promise<string>;
  close(): Promise<void>;
}

/** The kubo program that `LOOP_KUBO` names, if there is one: where it can run, nothing stands for it. */
export const KUBO = process.env["LOOP_KUBO"];

/**
 * Starts a node.
 * @param token without it the node answers 403.
 */
export async function startRealKubo(
  program: string,
  { token }: { readonly token?: string } = {},
): Promise<RealKubo> {
  const repo = await mkdtemp(join(tmpdir(), "loop-kubo-"));
  const env = { ...process.env, IPFS_PATH: repo };
  const ipfs = async (...args: string[]): Promise<string> =>
    (await run(program, args, { env })).stdout.trim();
  const auth = token === undefined ? [] : [`--api-auth=bearer:${token}`];
  await ipfs("init", "--profile=test,server", "--empty-repo");
  await ipfs("config", "profile", "apply", "unixfs-v1-2025");
  if (token !== undefined) {
    const allowed = {
      AuthSecret: `bearer:${token}`,
      AllowedPaths: ["/api/v0"],
    };
    const users = JSON.stringify({ test: allowed });
    await ipfs("config", "--json", "API.Authorizations", users);
  }
  const daemon = spawn(program, ["daemon", "--offline"], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  // A run of tests that dies leaves no node behind.
  const kill = (): void => void daemon.kill();
  process.once("exit", kill);
  const close = async (): Promise<void> => {
    const ended = once(daemon, "exit");
    kill();
    await ended;
    process.off("exit", kill);
    await rm(repo, { recursive: true, force: true });
  };
  let said = "";
  for await (const piece of daemon.stdout as AsyncIterable<Buffer>) {
    said += piece.toString();
    if (said.includes("Daemon is ready")) break;
  }
  if (!said.includes("Daemon is ready")) {
    await close();
    throw new Error(`kubo does not start: ${said.slice(-500)}`);
  }
  const api = await readFile(join(repo, "api"), "utf8");
  const [, , host, , port] = api.split("/");
  return {
    version: await ipfs(...auth, "version", "--number"),
    url: `http://${host}:${port}`,
    hashOf: (path) =>
      ipfs(...auth, "add", "-rQ", "--only-hash", "--cid-version=1", path),
    close,
  };
}
