import { execFileSync } from "node:child_process";
import { join } from "node:path";

import { startKubo } from "../kit/kubo-server.ts";
import { spawnGroup, until } from "./process.ts";
import { freePort } from "../kit/free-port.ts";

/** A place that speaks kubo's RPC. */
export interface KuboPlace {
  readonly url: string;
  /** Which software it is. */
  readonly what: string;
  close(): Promise<void>;
}

/** A real node if LOOP_KUBO names an `ipfs` program, in a folder of its own and offline; else the stand-in of the tests. */
export async function startKuboPlace(folder: string): Promise<KuboPlace> {
  const program = process.env["LOOP_KUBO"];
  if (program === undefined) {
    const server = await startKubo();
    return { ...server, what: "the kit's kubo" };
  }
  const env = { IPFS_PATH: join(folder, "kubo") };
  const ipfs = (...args: readonly string[]): string =>
    execFileSync(program, args, {
      env: { ...process.env, ...env },
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  ipfs("init", "--profile", "test");
  const port = await freePort();
  ipfs("config", "Addresses.API", `/ip4/127.0.0.1/tcp/${port}`);
  ipfs("config", "--json", "Addresses.Gateway", "null");
  const url = `http://127.0.0.1:${port}`;
  const node = spawnGroup([program, "daemon", "--offline"], {
    cwd: folder,
    env,
  });
  await until("kubo to answer", 20, () =>
    fetch(`${url}/api/v0/version`, { method: "POST" }).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return {
    url,
    what: ipfs("version").trim(),
    async close() {
      node.signal("SIGKILL");
      await node.ended;
    },
  };
}
