import { constants } from "node:fs";
import {
  lstat,
  mkdir,
  open,
  rename,
  rm,
  rmdir,
  writeFile,
} from "node:fs/promises";
import { dirname, join } from "node:path";

import {
  DATASET_MANIFEST,
  NORMAL_SIDE,
  parseDatasetManifest,
} from "../dataset/manifest.ts";
import { toHex } from "../kernel/bytes.ts";
import { sha256 } from "../kernel/digest.ts";
import { FatalError } from "../kernel/errors.ts";
import type {
  Datasets,
  DatasetStage,
  SealedDataset,
} from "../loop/ports-dataset.ts";
import { toFilesError } from "./files-errors.ts";
import { readOwnPng } from "./png-read.ts";

/** No file of a dataset is larger: the manifest of 20,000 pictures with long words. */
const MOST_BYTES = 128 * 1024 * 1024;

/** A path inside a dataset: at most one folder deep, nothing hidden, nothing that leads out. */
const INSIDE = /^(?:[a-z0-9-]+\/)?[a-z0-9][a-z0-9-]*\.[a-z]+$/;

/** Datasets in the local file system. `now` names what is moved aside. */
export function createDatasets(now: () => Date): Datasets {
  return {
    open: openDataset,
    read: readInside,
    stage: (directory) => stage(directory, now),
    async replace(directory, path, bytes) {
      const target = inside(directory, path);
      try {
        await writeFile(`${target}.partial`, bytes, { flush: true });
        await rename(`${target}.partial`, target);
      } catch (error) {
        throw toFilesError(target, error);
      }
    },
  };
}

/**
 * Opens a sealed dataset: its manifest is checked at once, each picture when it is asked for.
 * @throws FatalError `files/*`, `dataset/bad-manifest`, `dataset/root-differs`, `dataset/damaged`
 */
export async function openDataset(directory: string): Promise<SealedDataset> {
  const bytes = await readInside(directory, DATASET_MANIFEST);
  const manifest = parseDatasetManifest(bytes);
  return {
    manifest,
    bytes,
    async picture(place) {
      const image = manifest.images[place];
      if (image === undefined) throw new RangeError(`no picture ${place}`);
      const { path, sha256: expected } = image.normalised;
      const file = await readInside(directory, path);
      if (toHex(sha256(file)) !== expected) {
        throw new FatalError(
          "dataset/damaged",
          `\`${path}\` is not the picture that was sealed as ${image.name}; restore the file, or seal the pictures again.`,
        );
      }
      return readOwnPng(file, { side: NORMAL_SIDE, path });
    },
  };
}

/**
 * A sealed dataset with all its pictures, 256 x 256 x 3 bytes of sRGB each (200 kB), in the order of its manifest.
 * @throws FatalError as {@link openDataset}
 */
export async function readDataset(
  directory: string,
): Promise<SealedDataset & { readonly pictures: readonly Uint8Array[] }> {
  const dataset = await openDataset(directory);
  const pictures: Uint8Array[] = [];
  for (let place = 0; place < dataset.manifest.count; place++)
    pictures.push(await dataset.picture(place));
  return { ...dataset, pictures };
}

async function readInside(
  directory: string,
  path: string,
): Promise<Uint8Array> {
  const target = inside(directory, path);
  try {
    // The last part of a path is not followed below; the folder before it must be one too.
    const folder = await lstat(dirname(target));
    if (dirname(path) !== "." && !folder.isDirectory())
      throw Object.assign(new Error("a link"), { code: "ELOOP" });
    const file = await open(
      target,
      // A FIFO would be waited for without end.
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    try {
      const stat = await file.stat();
      if (stat.isFile() && stat.size <= MOST_BYTES)
        return new Uint8Array(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ELOOP")
      throw toFilesError(target, error, "read");
  }
  throw new FatalError(
    "dataset/damaged",
    `\`${target}\` is a link, too large, or no file; a dataset holds plain files only, so restore it.`,
  );
}

function inside(directory: string, path: string): string {
  if (INSIDE.test(path)) return join(directory, path);
  throw new FatalError(
    "dataset/damaged",
    `\`${path.slice(0, 80)}\` leads out of the dataset; its files lie in it by plain names.`,
  );
}

async function stage(
  directory: string,
  now: () => Date,
): Promise<DatasetStage> {
  const partial = `${directory}.partial`;
  const guarded = async <T>(path: string, work: () => Promise<T>): Promise<T> =>
    work().catch((error: unknown) => {
      throw toFilesError(path, error);
    });
  const made = await guarded(partial, async () => {
    // What an interrupted try left there.
    await rm(partial, { recursive: true, force: true });
    return mkdir(partial, { recursive: true });
  });
  return {
    write: (path, bytes) =>
      guarded(join(directory, path), async () => {
        const target = inside(partial, path);
        await mkdir(dirname(target), { recursive: true });
        await writeFile(target, bytes, { flush: true });
      }),
    read: (path) => readInside(partial, path),
    picture: async (path) =>
      readOwnPng(await readInside(partial, path), { side: NORMAL_SIDE, path }),
    finish: () =>
      guarded(directory, async () => {
        const aside = await moveAside(directory, now());
        await rename(partial, directory);
        return aside;
      }),
    async abort() {
      await rm(partial, { recursive: true, force: true });
      // The folder above goes too where it was made for this, unless something else lies in it by now.
      if (made !== partial)
        await rmdir(dirname(partial)).catch(() => undefined);
    },
  };
}

async function moveAside(
  path: string,
  time: Date,
): Promise<string | undefined> {
  const exists = (place: string): Promise<boolean> =>
    lstat(place).then(
      () => true,
      () => false,
    );
  if (!(await exists(path))) return undefined;
  const stamp = time.toISOString().replace(/[-:]|\.\d+/g, "");
  let target = `${path}.${stamp}`;
  for (let i = 2; await exists(target); i++) target = `${path}.${stamp}-${i}`;
  await rename(path, target);
  return target;
}
