import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { HDNodeWallet, Mnemonic } from "ethers";

import { spawnGroup, until, type Running } from "./process.ts";
import { freePort } from "../kit/free-port.ts";

const ARCHITECTURES: Readonly<Record<string, string>> = {
  x64: "amd64",
  arm64: "arm64",
};

/** Anvil's program, if npm has brought one for this machine. */
export function anvilProgram(): string | undefined {
  const place = `${process.platform}-${ARCHITECTURES[process.arch] ?? process.arch}`;
  const path = fileURLToPath(
    new URL(
      `../../node_modules/@foundry-rs/anvil-${place}/bin/anvil`,
      import.meta.url,
    ),
  );
  return existsSync(path) ? path : undefined;
}

/** A chain that is nobody's development chain: Sepolia's id, a block each second, keys that nobody knows. */
export interface ForeignChain {
  readonly url: string;
  /** Keys and addresses of its accounts, new for each rehearsal. */
  readonly accounts: readonly {
    readonly key: string;
    readonly address: string;
  }[];
  send(method: string, ...params: unknown[]): Promise<unknown>;
  height(): Promise<number>;
  /** Replaces so many of the newest blocks by empty ones; their transactions are in no block and no pool then. */
  reorganise(depth: number): Promise<void>;
  /** The base fee from now on, gwei; it goes on moving around it. */
  setBaseFee(gwei: number): void;
  close(): Promise<void>;
}

/** The base fee wanders like this, in tenths of what it is set to: never more than doubled before a transaction is mined. */
const WAVE = [10, 11, 12, 14, 15, 13, 11, 10, 9, 8, 8, 9];

/** Starts it; blocks come by themselves from then on. */
export async function startForeignChain(
  program: string,
): Promise<ForeignChain> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const mnemonic = Mnemonic.entropyToPhrase(randomBytes(16));
  const node: Running = spawnGroup(
    [
      program,
      ...`--host 127.0.0.1 --port ${port} --silent`.split(" "),
      ...`--chain-id 11155111 --hardfork osaka --block-time 1`.split(" "),
      ...`--slots-in-an-epoch 1 --base-fee 1000000000`.split(" "),
      "--mnemonic",
      mnemonic,
    ],
    { cwd: process.cwd(), env: {} },
  );
  const send = async (
    method: string,
    ...params: unknown[]
  ): Promise<unknown> => {
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    const { result, error } = (await answer.json()) as {
      result?: unknown;
      error?: { message: string };
    };
    if (error !== undefined) throw new Error(`${method}: ${error.message}`);
    return result;
  };
  await until("anvil to answer", 20, () =>
    send("eth_chainId").then(
      () => true,
      () => false,
    ),
  );
  const height = async (): Promise<number> =>
    Number(await send("eth_blockNumber"));

  let [gwei, at] = [1, 0];
  const wander = setInterval(() => {
    const tenths = WAVE[at++ % WAVE.length] ?? 10;
    const wei = Math.round(gwei * tenths * 1e8);
    void send("anvil_setNextBlockBaseFeePerGas", `0x${wei.toString(16)}`).catch(
      () => {
        // The next one will do.
      },
    );
  }, 500);

  return {
    url,
    accounts: Array.from({ length: 10 }, (_, i) => {
      const path = `m/44'/60'/0'/0/${i}`;
      const wallet = HDNodeWallet.fromPhrase(mnemonic, undefined, path);
      return { key: wallet.privateKey, address: wallet.address };
    }),
    send,
    height,
    async reorganise(depth) {
      await send("anvil_reorg", depth, []);
    },
    setBaseFee(next) {
      gwei = next;
    },
    async close() {
      clearInterval(wander);
      node.signal("SIGKILL");
      await node.ended;
    },
  };
}
