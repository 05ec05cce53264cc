import { spawn, type ChildProcess } from "node:child_process";
import { access } from "node:fs/promises";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

import { network } from "hardhat";
import type { NetworkConnection } from "hardhat/types/network";

import { hardhatAt } from "../../kit/task.ts";
import { freePort } from "../../kit/free-port.ts";

const ANVIL = fileURLToPath(
  new URL(
    "../../../node_modules/@foundry-rs/anvil-linux-amd64/bin/anvil",
    import.meta.url,
  ),
);

/** No chain that anybody knows. */
const FOREIGN_CHAIN = 43_117;

/** A chain to estimate and then to spend on. */
export interface Place {
  readonly name: string;
  readonly connection: NetworkConnection;
  /** Puts code at an address. */
  readonly setCode: (address: string, code: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The chain inside this process. */
export async function hardhatPlace(): Promise<Place> {
  const connection = await network.create();
  return {
    name: "Hardhat",
    connection,
    setCode: async (address, code) =>
      void (await connection.ethers.provider.send("hardhat_setCode", [
        address,
        code,
      ])),
    close: () => connection.close(),
  };
}

/** Anvil with a chain id of its own; undefined where it cannot run. */
export async function anvilPlace(): Promise<Place | undefined> {
  try {
    await access(ANVIL);
  } catch {
    return undefined;
  }
  const port = await freePort();
  const child = spawn(
    ANVIL,
    ["--port", `${port}`, "--chain-id", `${FOREIGN_CHAIN}`, "--silent"],
    { stdio: "ignore" },
  );
  const url = `http://127.0.0.1:${port}`;
  try {
    await answers(url, child);
    const connection = await (await hardhatAt(url)).network.create();
    return {
      name: `Anvil, chain ${FOREIGN_CHAIN}`,
      connection,
      setCode: async (address, code) =>
        void (await connection.ethers.provider.send("anvil_setCode", [
          address,
          code,
        ])),
      async close() {
        await connection.close();
        await end(child);
      },
    };
  } catch (error) {
    await end(child);
    throw error;
  }
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  const body = '{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}';
  const headers = { "content-type": "application/json" };
  for (let tries = 0; tries < 200; tries++) {
    const up = await fetch(url, { method: "POST", body, headers }).then(
      (answer) => answer.ok,
      () => false,
    );
    if (up) return;
    if (child.exitCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no Anvil on ${url}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = once(child, "close");
  child.kill();
  await ended;
}
