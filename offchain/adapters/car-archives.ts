import { copyFile, link, mkdir, open, rename, rm } from "node:fs/promises";

import type { Hex } from "../kernel/bytes.ts";
import { isLoopError } from "../kernel/errors.ts";
import { noPoint, type Point } from "../loop/journal.ts";
import type { Archives, OpenArchive } from "../loop/ports-archive.ts";
import { carBlocks, indexCar } from "../publishing/car-reader.ts";
import { cidToDigest } from "../publishing/cid.ts";
import { createDag } from "../publishing/dag.ts";
import { nativeSha256 } from "./blocks-hash.ts";
import { createCarFile } from "./car-file.ts";
import { openLayers, placeIn, readBackPart } from "./car-layers.ts";
import { readBackCar } from "./car-read-back.ts";
import { archiveFile } from "./car-sending.ts";
import { openCarSource } from "./car-source.ts";
import { toFilesError } from "./files-errors.ts";

/** Archives as files; `store` is the folder that keeps one of each root, under the root's CID. */
export function createCarArchives({
  store,
  point = noPoint,
}: {
  readonly store: string;
  readonly point?: Point;
}): Archives {
  const placeOf = (root: Hex): string => placeIn(store, root);
  return {
    create: (path) => createCarFile(path, { point }),
    open: openArchive,
    file: archiveFile,
    readBack: (path) => readBackCar(path),
    readBackPart: (path, roots) => readBackPart(path, { store, roots }),
    layers: (choice) => openLayers(store, choice),
    async keep(root, path) {
      const place = placeOf(root);
      const partial = `${place}.partial`;
      try {
        await mkdir(store, { recursive: true });
        await rm(partial, { force: true });
        // A second name costs nothing; on another file system the bytes are copied.
        await link(path, partial).catch(() => copyFile(path, partial));
        await sync(partial);
        await rename(partial, place);
        await sync(store);
      } catch (error) {
        throw toFilesError(place, error);
      }
    },
    async find(root) {
      try {
        const archive = await openArchive(placeOf(root));
        if (archive.root === root) return archive;
        await archive.close();
        return undefined;
      } catch (error) {
        // A store is a cache: what is not there, or damaged, is derived again.
        if (isLoopError(error)) return undefined;
        throw error;
      }
    },
  };
}

async function openArchive(path: string): Promise<OpenArchive> {
  const source = await openCarSource(path);
  try {
    const index = await indexCar(source);
    const dag = createDag(carBlocks(source, index), nativeSha256);
    return {
      root: cidToDigest(index.root),
      read: (file) => dag.file(index.root, file),
      cidOf: async (file) => (await dag.resolve(index.root, file)).toString(),
      close: () => source.close(),
    };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
