import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  startGateway,
  type Gateway,
} from "../../offchain/adapters/gateway-server.ts";
import { openStoreBlocks } from "../../offchain/adapters/store-blocks.ts";
import type { Block } from "../../offchain/publishing/cid.ts";
import { createCarWriter } from "../../offchain/publishing/car-writer.ts";
import { memoryOutput } from "./car-bytes.ts";
import { buildTree, type Tree } from "./unixfs-trees.ts";

/** A gateway over a store of its own, at a port of its own. */
export interface TestGateway extends Gateway {
  readonly store: string;
  /** What it said of failures of its own. */
  readonly notes: readonly string[];
  /** Keeps a tree as an archive; without the blocks that `left` names. */
  keep(tree: Tree, left?: (block: Block) => boolean): Promise<Block["cid"]>;
}

/** Starts one; close it after use. */
export async function startTestGateway(): Promise<TestGateway> {
  const store = await mkdtemp(join(tmpdir(), "loop-gateway-"));
  const blocks = openStoreBlocks(store);
  const notes: string[] = [];
  const gateway = await startGateway({
    store: blocks,
    host: "127.0.0.1",
    port: 0,
    note: (sentence) => notes.push(sentence),
  });
  return {
    ...gateway,
    store,
    notes,
    async keep(tree, left = () => false) {
      const { root, blocks: made } = await buildTree(tree);
      const output = memoryOutput();
      const writer = await createCarWriter(output);
      for (const block of made) if (!left(block)) await writer.put(block);
      await writer.finish(root.cid);
      await writeFile(
        join(store, `${root.cid.toString()}.car`),
        output.bytes(),
      );
      return root.cid;
    },
    async close() {
      await gateway.close();
      await blocks.close();
      await rm(store, { recursive: true });
    },
  };
}

/** An answer as it came over the wire; `whole` is false where the connection was cut. */
export interface Received {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  readonly whole: boolean;
}

/** Asks with a path exactly as it is written: `fetch` would tidy it first. */
export async function ask(
  origin: string,
  path: string,
  {
    method = "GET",
    headers = {},
  }: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<Received> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const asking = request({
      hostname,
      port,
      path,
      method,
      headers,
      agent: false,
    });
    asking.on("error", reject);
    asking.on("response", (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      // A connection that is cut ends with an error before it closes.
      response.on("error", () => undefined);
      response.on("close", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers as Record<string, string | undefined>,
          body: Buffer.concat(pieces),
          whole: response.complete,
        }),
      );
    });
    asking.end();
  });
}
