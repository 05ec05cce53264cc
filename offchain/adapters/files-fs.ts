import * as nodeFs from "node:fs/promises";
import { basename, dirname, join } from "node:path";

import { isLoopError } from "../kernel/errors.ts";
import { noPoint, type Point } from "../loop/journal.ts";
import type { Artefacts } from "../loop/artefacts.ts";
import { toFilesError } from "./files-errors.ts";

/** The part of node:fs/promises in use, so that a test can put a full disk in its place. */
export type FileSystem = Pick<
  typeof nodeFs,
  | "access"
  | "mkdir"
  | "open"
  | "readdir"
  | "readFile"
  | "rename"
  | "rm"
  | "stat"
>;

/** A temporary file of ours: hidden, with the process that writes it. */
const TEMPORARY = /^\..+\.(\d+)-\d+\.part$/;

type Content = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** Artefacts in the local file system. */
export function createFiles({
  fs = nodeFs,
  point = noPoint,
}: { readonly fs?: FileSystem; readonly point?: Point } = {}): Artefacts {
  const writing = new Set<string>();
  let count = 0;

  const exists = async (path: string): Promise<boolean> => {
    try {
      await fs.access(path);
      return true;
    } catch (error) {
      if (["ENOENT", "ENOTDIR"].includes(codeOf(error))) return false;
      throw toFilesError(path, error);
    }
  };

  const writeWhole = async (
    path: string,
    content: Content,
  ): Promise<number> => {
    const folder = dirname(path);
    const name = basename(path);
    const temporary = join(folder, `.${name}.${process.pid}-${++count}.part`);
    writing.add(temporary);
    try {
      await makeFolder(fs, folder);
      const size = await writeSynced(fs, temporary, content);
      point(`file/${name}/synced`);
      await fs.rename(temporary, path);
      point(`file/${name}/renamed`);
      await syncFolder(fs, folder);
      return size;
    } catch (error) {
      await fs.rm(temporary, { force: true }).catch(() => {
        // The first failure is the one to tell; a later sweep removes the file.
      });
      // A stream's own failure is not the file system's.
      throw codeOf(error) === "" ? error : toFilesError(path, error);
    } finally {
      writing.delete(temporary);
    }
  };

  const sweep = async (folder: string, recursive: boolean): Promise<number> => {
    if (!(await exists(folder))) return 0;
    let removed = 0;
    const entries = await fs.readdir(folder, {
      recursive,
      withFileTypes: true,
    });
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      const pid = TEMPORARY.exec(entry.name)?.[1];
      if (!entry.isFile() || pid === undefined) continue;
      if (writing.has(path) || isWorking(Number(pid))) continue;
      await fs.rm(path, { force: true });
      removed += 1;
    }
    return removed;
  };

  return {
    exists,
    async prepare(folder) {
      const probe = join(folder, ".writable");
      try {
        await writeWhole(probe, [new Uint8Array(1)]);
        await fs.rm(probe, { force: true });
      } catch (error) {
        // Nobody asked for the probe: it is the folder that cannot be written.
        throw toFilesError(folder, isLoopError(error) ? error.cause : error);
      }
      // Batches below are swept when they are painted.
      await sweep(folder, false);
    },
    async write(path, content) {
      await writeWhole(path, [
        typeof content === "string"
          ? new TextEncoder().encode(content)
          : content,
      ]);
    },
    writeStream: writeWhole,
    async read(path) {
      try {
        return new Uint8Array(await fs.readFile(path));
      } catch (error) {
        throw toFilesError(path, error, "read");
      }
    },
    async remove(path) {
      try {
        await fs.rm(path, { force: true });
      } catch (error) {
        throw toFilesError(path, error);
      }
    },
    sweep: (folder) => sweep(folder, true),
    async moveAside(path, time) {
      if (!(await exists(path))) return undefined;
      const stamp = time.toISOString().replace(/[-:]|\.\d+/g, "");
      let target = `${path}.${stamp}`;
      for (let i = 2; await exists(target); i++)
        target = `${path}.${stamp}-${i}`;
      try {
        await fs.rename(path, target);
        await syncFolder(fs, dirname(path));
      } catch (error) {
        throw toFilesError(path, error);
      }
      point(`file/${basename(path)}/aside`);
      return target;
    },
  };
}

/** Not Node's own `recursive`: that one never returns where a file system answers ENOENT below a folder that exists, as /proc does. */
async function makeFolder(
  fs: FileSystem,
  folder: string,
  again = true,
): Promise<void> {
  try {
    await fs.mkdir(folder);
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST" && (await fs.stat(folder)).isDirectory()) return;
    const parent = dirname(folder);
    if (code !== "ENOENT" || !again || parent === folder) throw error;
    await makeFolder(fs, parent);
    await makeFolder(fs, folder, false);
  }
}

async function writeSynced(
  fs: FileSystem,
  path: string,
  content: Content,
): Promise<number> {
  const file = await fs.open(path, "w");
  try {
    let size = 0;
    for await (const chunk of content) {
      // A write may be short, and FileHandle.write says so only in its result.
      for (let done = 0; done < chunk.length;)
        done += (await file.write(chunk, done)).bytesWritten;
      size += chunk.length;
    }
    await file.sync();
    return size;
  } finally {
    await file.close();
  }
}

/** A rename is durable once its folder is synced. Windows cannot open folders and needs it not. */
async function syncFolder(fs: FileSystem, folder: string): Promise<void> {
  if (process.platform === "win32") return;
  const handle = await fs.open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether another living process has this id; our own leftovers are known without asking. */
function isWorking(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === "EPERM";
  }
}

function codeOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return typeof code === "string" ? code : "";
}
