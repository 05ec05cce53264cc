import { createHash } from "node:crypto";
import { constants } from "node:fs";
import { open, readdir, type FileHandle } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";

import { MOST_LICENCES_BYTES } from "../dataset/licences-file.ts";
import { MOST_PICTURES } from "../dataset/manifest.ts";
import { toHex } from "../kernel/bytes.ts";
import { FatalError, type ErrorCode } from "../kernel/errors.ts";
import type { PictureFolder } from "../loop/ports-dataset.ts";
import { toFilesError } from "./files-errors.ts";
import { looksLike } from "./picture-format.ts";

/** Largest file of one picture, and of a licence's text. */
export const MOST_PICTURE_BYTES = 64 * 1024 * 1024;
const MOST_TEXT_BYTES = 1024 * 1024;

/** Most entries of a folder: pictures and what lies beside them. */
const MOST_ENTRIES = 2 * MOST_PICTURES;

/** A folder of pictures in the local file system. Nothing but a plain file is opened, and no link is followed. */
export function createPictureFolder(
  folder: string,
  licences: string,
): PictureFolder {
  return {
    async list() {
      const entries = await readdir(folder, { withFileTypes: true }).catch(
        (error: unknown) => {
          throw toFilesError(folder, error, "read");
        },
      );
      if (entries.length > MOST_ENTRIES) {
        throw new FatalError(
          "dataset/too-many-pictures",
          `\`${folder}\` holds ${entries.length} files; a dataset has at most ${MOST_PICTURES} pictures, so split it.`,
        );
      }
      return entries
        .map((entry) => ({
          name: entry.name,
          kind: entry.isFile()
            ? ("file" as const)
            : entry.isSymbolicLink()
              ? ("link" as const)
              : entry.isDirectory()
                ? ("folder" as const)
                : ("other" as const),
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    },
    look: (name) => withFile(join(folder, name), name, look),
    async licenceText(path) {
      const bad = (problem: string, sentence: string): FatalError =>
        new FatalError(
          `licence/${problem}` as ErrorCode,
          `The licence text \`${path}\` ${sentence}`,
        );
      const parts = path.split("/");
      if (path.includes("\\") || parts.some((part) => /^\.*$/.test(part)))
        throw bad(
          "bad-path",
          "leads out of the licences file's folder; give a plain path below it.",
        );
      const missing = bad(
        "no-text",
        "is not there; put the file beside the licences file.",
      );
      try {
        // Each folder on the way must be one: a link would lead out.
        let place = dirname(resolve(licences));
        for (const part of parts.slice(0, -1)) {
          const entry = (await readdir(place, { withFileTypes: true })).find(
            ({ name }) => name === part,
          );
          if (entry?.isDirectory() !== true) throw missing;
          place = join(place, part);
        }
        return await withFile(join(place, parts.at(-1) ?? ""), path, (file) =>
          readUpTo(file, MOST_TEXT_BYTES, () =>
            bad(
              "no-text",
              `has more than ${MOST_TEXT_BYTES} bytes; give the text alone.`,
            ),
          ),
        );
      } catch (error) {
        if (error instanceof FatalError && error.code.startsWith("licence/"))
          throw error;
        throw missing;
      }
    },
    async licences() {
      // The caller chose this path: it may lead anywhere, and may be a link.
      const file = await open(licences, "r").catch((error: unknown) => {
        throw toFilesError(licences, error, "read");
      });
      try {
        const bytes = await readUpTo(
          file,
          MOST_LICENCES_BYTES,
          () =>
            new FatalError(
              "licence/bad-file",
              `\`${licences}\` is no file of at most ${MOST_LICENCES_BYTES} bytes; give --licences the licences file.`,
            ),
        );
        const within = relative(resolve(folder), resolve(licences));
        const inFolder = /[/\\]|^\.\.$/.test(within) ? undefined : within;
        return { name: licences, bytes, inFolder };
      } finally {
        await file.close();
      }
    },
  };
}

async function withFile<T>(
  path: string,
  name: string,
  work: (file: FileHandle, name: string) => Promise<T>,
): Promise<T> {
  let file: FileHandle;
  try {
    file = await open(
      path,
      // A FIFO would be waited for without end.
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ELOOP") throw noFile(name);
    throw toFilesError(path, error, "read");
  }
  try {
    if (!(await file.stat()).isFile()) throw noFile(name);
    return await work(file, name);
  } finally {
    await file.close();
  }
}

const noFile = (name: string): FatalError =>
  new FatalError(
    "picture/not-a-file",
    `\`${name}\` is no plain file; put the picture itself into the folder.`,
  );

async function readUpTo(
  file: FileHandle,
  most: number,
  tooLarge: () => FatalError,
): Promise<Uint8Array> {
  const stat = await file.stat();
  if (!stat.isFile() || stat.size > most) throw tooLarge();
  return new Uint8Array(await file.readFile());
}

async function look(
  file: FileHandle,
  name: string,
): ReturnType<PictureFolder["look"]> {
  const { size } = await file.stat();
  if (size === 0) {
    throw new FatalError(
      "picture/empty",
      `\`${name}\` holds nothing; export the picture again.`,
    );
  }
  if (size > MOST_PICTURE_BYTES) {
    throw new FatalError(
      "picture/too-heavy",
      `\`${name}\` has ${size} bytes; give at most ${MOST_PICTURE_BYTES}.`,
    );
  }
  const hash = createHash("sha256");
  let bytes = 0;
  let head: Uint8Array | undefined;
  for await (const chunk of file.createReadStream({ autoClose: false })) {
    const part = chunk as Uint8Array;
    head ??= part.slice(0, 4096);
    bytes += part.length;
    hash.update(part);
  }
  return {
    sha256: toHex(hash.digest()),
    bytes,
    looks: looksLike(head ?? new Uint8Array()),
  };
}
