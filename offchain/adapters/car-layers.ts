import { join } from "node:path";

import type { Hex } from "../kernel/bytes.ts";
import type { LayerChoice, Layers } from "../loop/ports-archive.ts";
import {
  carBlocks,
  indexCar,
  missingBlock,
  strayBlock,
} from "../publishing/car-reader.ts";
import { digestToCid, isLeaf } from "../publishing/cid.ts";
import { createDag, type Dag, type GetBlock } from "../publishing/dag.ts";
import type { Link } from "../publishing/unixfs-file.ts";
import { nativeSha256 } from "./blocks-hash.ts";
import { openBlockIndex } from "./car-blocks-sqlite.ts";
import { readBackCarPart } from "./car-read-back.ts";
import { openCarSource, type CarSource } from "./car-source.ts";

/** Archives that are open at once; the one used longest ago is closed for another. */
const OPEN = 16;

/** Where the store keeps the archive with a root. */
export function placeIn(store: string, root: Hex): string {
  return join(store, `${digestToCid(root).toString()}.car`);
}

/** Archives of a store, and others, as one. */
export async function openLayers(
  store: string,
  choice: LayerChoice,
): Promise<Layers> {
  const { dag, holds, close } = await open(store, choice);
  return {
    holds,
    read: (root, path) => dag.file(digestToCid(root), path),
    cidOf: async (root, path) =>
      (await dag.resolve(digestToCid(root), path)).toString(),
    async list(root, path) {
      const found = new Map<string, Link>();
      const directory = await dag.resolve(digestToCid(root), path);
      for await (const { name, cid, size } of dag.entries(directory))
        found.set(name, { cid: cid.toString(), size });
      return found;
    },
    close,
  };
}

/** Reads a part back: its own blocks by themselves, and the whole tree through everything that holds some of it. */
export async function readBackPart(
  path: string,
  { store, roots }: { readonly store: string; readonly roots: readonly Hex[] },
): Promise<number> {
  const { root, blocks } = await readBackCarPart(path);
  const { dag, holds, close } = await open(store, { roots, paths: [path] });
  const own = new Set(blocks.keys());
  try {
    let count = 0;
    // Nodes are read and checked on the way; a leaf of an earlier archive was, when that one was read back.
    for await (const cid of dag.blocks(root)) {
      const name = cid.toString();
      if (!own.delete(name) && isLeaf(cid) && !holds(name))
        throw missingBlock(name);
      count += 1;
    }
    for (const name of own) throw strayBlock(name);
    return count;
  } finally {
    await close();
  }
}

async function open(
  store: string,
  { roots, paths = [] }: LayerChoice,
): Promise<{ dag: Dag; holds: Layers["holds"]; close: Layers["close"] }> {
  const index = await openBlockIndex(
    join(store, "blocks.sqlite"),
    roots.map((root) => ({ root, path: placeIn(store, root) })),
  );
  const sources = createSources();
  const extra: { blocks: ReadonlyMap<string, unknown>; get: GetBlock }[] = [];
  const given: CarSource[] = [];
  const close = async (): Promise<void> => {
    index.close();
    await sources.close();
    await Promise.all(given.map((source) => source.close()));
  };
  try {
    for (const path of paths) {
      const source = await openCarSource(path);
      given.push(source);
      const car = await indexCar(source);
      extra.push({ blocks: car.blocks, get: carBlocks(source, car) });
    }
  } catch (error) {
    await close();
    throw error;
  }
  const getBlock: GetBlock = async (cid) => {
    const name = cid.toString();
    const layer = extra.find(({ blocks }) => blocks.has(name));
    if (layer !== undefined) return layer.get(cid);
    const place = index.find(cid);
    if (place === undefined) throw missingBlock(name);
    return sources.read(place);
  };
  return {
    dag: createDag(getBlock, nativeSha256),
    holds: (cid) =>
      extra.some(({ blocks }) => blocks.has(cid)) || index.holds(cid),
    close,
  };
}

interface Sources {
  read(place: {
    readonly path: string;
    readonly offset: number;
    readonly length: number;
  }): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Archives that were read from last. */
function createSources(): Sources {
  const opened = new Map<string, Promise<CarSource>>();
  const shut = async (source: Promise<CarSource>): Promise<void> =>
    source.then(
      (file) => file.close(),
      () => undefined,
    );
  return {
    async read({ path, offset, length }) {
      const source = opened.get(path) ?? openCarSource(path);
      // A map lists its keys by age: to use one again is to insert it anew.
      opened.delete(path);
      opened.set(path, source);
      const bytes = await (await source).read(offset, length);
      for (const [oldest, unused] of opened) {
        if (opened.size <= OPEN) break;
        opened.delete(oldest);
        await shut(unused);
      }
      return bytes;
    },
    close: async () => void (await Promise.all([...opened.values()].map(shut))),
  };
}
